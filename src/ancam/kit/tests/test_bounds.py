import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.kit.bounds import TooLarge, limited, size_in_words


@given(st.lists(st.binary(max_size=20)))
def test_chunks_within_the_limit_come_through_unchanged(chunks):
    size = sum(map(len, chunks))

    assert list(limited(chunks, size)) == chunks


def test_the_first_chunk_past_the_limit_is_refused_and_nothing_after_it_is_read():
    read = []

    def chunks():
        for chunk in (b"abc", b"de", b"f"):
            read.append(chunk)
            yield chunk

    passed = []
    with pytest.raises(TooLarge) as refusal:
        passed.extend(limited(chunks(), 4))

    assert refusal.value.limit_bytes == 4
    assert read == [b"abc", b"de"]


def test_the_refusal_names_the_limit_in_words():
    assert str(TooLarge(limit_bytes=30_000_000)) == (
        "Tệp vượt quá giới hạn 30 MB. Đề nghị tách hoặc nén ảnh trong tệp rồi gửi lại."
    )


@pytest.mark.parametrize(
    ("size_bytes", "words"),
    [
        (0, "0 KB"),
        (1, "1 KB"),
        (820_000, "820 KB"),
        (999_499, "999 KB"),
        (999_500, "1 MB"),
        (1_500_000, "1,5 MB"),
        (30_000_000, "30 MB"),
        (999_900_000, "999,9 MB"),
        (999_960_000, "1 GB"),
        (2_500_000_000, "2,5 GB"),
    ],
)
def test_a_size_is_told_as_an_official_reads_it(size_bytes, words):
    assert size_in_words(size_bytes) == words


@given(st.integers(0, 999_000_000_000))
def test_a_size_never_has_four_figures_before_the_comma(size_bytes):
    assert float(size_in_words(size_bytes).split()[0].replace(",", ".")) < 1000
