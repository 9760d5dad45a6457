"""Letters saved or published as web pages are read as they show."""

from collections.abc import Callable
from html import escape

import pytest

from ancam.engines.reading import errors
from ancam.engines.reading.html_text import html_lines
from ancam.engines.reading.legacy import _FROM_TCVN3
from ancam.engines.reading.read import read_document

NAME = "cong-van-tinh-2024"


def lines_of(body: str) -> list[str]:
    return [line for line in html_lines(f"<!DOCTYPE html>{body}".encode(), "a.html").lines if line]


def test_a_letter_is_read_as_from_text(letter: Callable[[str], str]) -> None:
    lines = letter(NAME).splitlines()
    page = f"<html><head><title>Cổng</title></head><body>{''.join(f'<p>{escape(line)}</p>' for line in lines)}</body>"

    reading, plain = read_document(page.encode(), "thu.html"), read_document("\n".join(lines).encode(), "thu.txt")

    assert reading.source.media_type == "text/html"
    assert [(o.id, o.deadline.last_day) for o in reading.obligations] == [
        (o.id, o.deadline.last_day) for o in plain.obligations
    ]


def test_lists_show_their_numbers() -> None:
    inner = "<ol type='a'><li>hai<li value='4'>ba</ol>"

    found = lines_of(
        f"<ol start='2'><li>một {inner}<li>bốn</ol><ul><li> <p>năm</p></li></ul><ol type=I><li>sáu</ol><li>bảy"
    )

    assert found == ["2. một", "a. hai", "d. ba", "3. bốn", "- năm", "I. sáu", "- bảy"]


def test_words_of_a_line_stay_together_and_what_is_no_text_is_left_out() -> None:
    body = (
        "<p>Yêu\n  cầu <b>các</b> <a href='x'>đơn&nbsp;vị</a><br>rà soát</p><script>bỏ()</script><style>bỏ</style>"
        "<table><tr><td>trái<td>phải</table><!-- bỏ --><div hidden>bỏ</div><span style='display: none'>bỏ</span>cuối"
    )

    assert lines_of(body) == ["Yêu cầu các đơn\xa0vị", "rà soát", "trái", "phải", "cuối"]


def test_old_fonts_are_read_by_their_names() -> None:
    old = {ord(made): chr(code) for code, made in _FROM_TCVN3.items()}
    body = (
        f"<p style='font-family:.VnTime'>{'cộng hòa'.translate(old)} <font face='Arial'>Độc lập</font></p>"
        f"<font face='.VnTimeH, serif'>{'tự do'.translate(old)}</font>"
    )

    found = html_lines(body.encode(), "a.html")

    assert [line for line in found.lines if line] == ["cộng hòa Độc lập", "TỰ DO"]
    assert (found.encoding, found.guessed) == ("tcvn3", False)


def test_a_stamp_is_seen_also_where_it_is_hidden() -> None:
    for page in ("<p>TỐI MẬT</p><p>Yêu cầu báo cáo</p>", "<p>Yêu cầu báo cáo</p><p style='display:none'>TỐI MẬT</p>"):
        with pytest.raises(errors.StateSecret):
            read_document(f"<html>{page}".encode(), "thu.html")


def test_a_page_under_another_ending_is_refused() -> None:
    for name in ("thu.txt", "thu.md", "thu.pdf", "thu.docx"):
        with pytest.raises(errors.WrongType, match="trang web"):
            read_document(b"<html><p>x", name)


def test_a_page_without_anything_is_refused() -> None:
    with pytest.raises(errors.DamagedFile):
        read_document(b"<!-- -->", "thu.html")


def test_a_page_of_endless_depth_is_refused_and_a_long_one_read() -> None:
    deep, long = "<div>" * 5_000 + "x", f"<ol>{'<li>x' * 20_000}</ol>"

    with pytest.raises(errors.NestedTooDeep, match="quá nhiều tầng"):
        read_document(deep.encode(), "sau.html")
    assert lines_of(long)[-1] == "20000. x"
