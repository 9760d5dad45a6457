import pytest

from ancam.kit.file_names import LONGEST, RunnableName, ending_of, plain_name, require_plain_ending


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Báo cáo số 12.pdf", "Báo cáo số 12.pdf"),
        ("C:\\Users\\an\\bao-cao.docx", "bao-cao.docx"),
        ("../../etc/passwd", "passwd"),
        ("bao-cao\u202excod.pdf", "bao-caoxcod.pdf"),
        ("a\x00b\nc\u200b.txt", "ab c.txt"),
        ("bao-cao.pdf. ", "bao-cao.pdf"),
        ("Ba\u0301o ca\u0301o.pdf", "Báo cáo.pdf"),
    ],
)
def test_a_name_is_kept_as_it_reads(sent, kept):
    assert plain_name(sent) == kept


def test_of_a_name_too_long_the_end_is_kept_with_its_ending():
    assert len(plain_name("a" * 400 + ".pdf")) == LONGEST
    assert ending_of("a" * 400 + ".pdf") == "pdf"


@pytest.mark.parametrize(
    ("name", "ending"), [("A.PDF", "pdf"), ("a.tar.gz", "gz"), ("khong-duoi", ""), ("a.pdf ", "pdf")]
)
def test_the_ending_is_what_follows_the_last_dot(name, ending):
    assert ending_of(name) == ending


@pytest.mark.parametrize(
    "name", ["x.pdf.exe", "x.exe.pdf", "X.HTML", "hinh.svg", "mau.docm", "x.pdf.exe ", "x\u202efdp.exe", "x.exe .pdf"]
)
def test_a_name_that_hides_a_program_is_refused_with_its_ending(name):
    with pytest.raises(RunnableName) as refusal:
        require_plain_ending(name)

    assert refusal.value.ending in name.lower()
    assert "Đề nghị" in str(refusal.value)


@pytest.mark.parametrize("name", ["12.VB.docx", "KH 23.CT-TTg.pdf", "bang.xlsx", "khong-duoi", "a.tar.pdf"])
def test_names_of_letters_pass(name):
    require_plain_ending(name)
