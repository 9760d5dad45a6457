"""OpenDocument texts are read as they show: lists with their numbers, tables, boxes, old fonts."""

import io
import zipfile
from collections.abc import Callable

import pytest

from ancam.engines.reading import errors
from ancam.engines.reading.figures import figure
from ancam.engines.reading.legacy import _FROM_TCVN3
from ancam.engines.reading.limits import Limits
from ancam.engines.reading.odt_text import odt_lines
from ancam.engines.reading.read import read_document

NAME = "cong-van-tinh-2024"
_ROOT = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(
    f'xmlns:{short}="{_ROOT}:{name}:1.0"'
    for short, name in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style",
        "fo": "xsl-fo-compatible",
    }.items()
)  # fmt: skip
NUMBERED = """
<text:list-style style:name="L1">
  <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
  <text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>
  <text:list-level-style-number text:level="3" style:num-format="i" style:num-suffix="." text:display-levels="3"
    text:start-value="4"/>
  <text:list-level-style-bullet text:level="4" text:bullet-char="•"/>
  <text:list-level-style-number text:level="5" style:num-format=""/>
</text:list-style>
"""


def odt(body: str, styles: str = "", **parts: str) -> bytes:
    content = (
        f"<office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        for name, part in parts.items():
            archive.writestr(f"{name}.xml", part)
    return stream.getvalue()


def lines_of(body: str, styles: str = "", **parts: str) -> list[str]:
    return [line for line in odt_lines(odt(body, styles, **parts), "a.odt", Limits()).lines if line]


def item(*content: str, **values: str) -> str:
    said = "".join(f' text:{name.replace("_", "-")}="{value}"' for name, value in values.items())
    return f"<text:list-item{said}>{''.join(content)}</text:list-item>"


def listed(*items: str, **values: str) -> str:
    said = "".join(f' text:{name.replace("_", "-")}="{value}"' for name, value in values.items())
    return f'<text:list text:style-name="L1"{said}>{"".join(items)}</text:list>'


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def test_a_letter_is_read_as_from_text(letter: Callable[[str], str]) -> None:
    lines = letter(NAME).splitlines()
    data = odt("".join(p(line.replace("&", "&amp;").replace("<", "&lt;")) for line in lines))

    reading, plain = read_document(data, "thu.odt"), read_document("\n".join(lines).encode(), "thu.txt")

    assert reading.source.media_type == "application/vnd.oasis.opendocument.text"
    assert [(o.id, o.deadline.last_day) for o in reading.obligations] == [
        (o.id, o.deadline.last_day) for o in plain.obligations
    ]


def test_lists_show_their_numbers() -> None:
    deep = listed(item(p("bốn"), listed(item(p("gạch"), listed(item(p("trơn")))))))
    body = listed(
        item(p("một"), p("một nữa"), listed(item(p("hai")), item(p("ba"), deep))),
        f"<text:list-header>{p('đầu mục')}</text:list-header>",
        item(p("năm"), "<text:soft-page-break/>", listed(item(p("sáu")))),
    )

    assert lines_of(body, NUMBERED) == [
        "1. một", "một nữa", "a) hai", "b) ba", "1.b.iv. bốn", "- gạch", "trơn", "đầu mục", "2. năm", "a) sáu",
    ]  # fmt: skip


def test_a_list_goes_on_after_other_paragraphs_or_begins_anew() -> None:
    first = '<text:list text:style-name="L1" xml:id="x">' + item(p("một")) + "</text:list>"
    body = (
        first
        + p("chen")
        + listed(item(p("hai")), continue_list="x")
        + listed(item(p("ba")), continue_numbering="true")
        + listed(item(p("lại một")), item(p("chín"), start_value="9"))
        + '<text:list text:style-name="không có">' + item(p("trơn")) + "</text:list>"
    )  # fmt: skip

    assert lines_of(body, NUMBERED) == ["1. một", "chen", "2. hai", "3. ba", "1. lại một", "9. chín", "trơn"]


def test_nonsense_in_a_list_counts_as_nothing_said() -> None:
    styles = NUMBERED.replace('text:start-value="4"', 'text:start-value="x"').replace(
        'text:level="5"', 'text:level="-"'
    )
    deep = listed(item(p("hai"), listed(item(p("ba")), item(p("bốn"), start_value="9" * 5000))))

    assert lines_of(listed(item(p("một"), deep)), styles) == ["1. một", "a) hai", "1.a.i. ba", "1.a.ii. bốn"]


def test_tables_boxes_spaces_and_breaks_are_read_and_what_was_deleted_is_not() -> None:
    body = (
        f"<text:tracked-changes>{p('đã xóa')}</text:tracked-changes>"
        f"<table:table><table:table-row><table:table-cell>{p('trái')}</table:table-cell>"
        f"<table:table-cell>{p('phải')}</table:table-cell></table:table-row></table:table>"
        + p('một<text:s text:c="2"/>hai<text:tab/>ba<text:line-break/>bốn<text:s text:c="x"/>năm')
        + p(f"<draw:frame><draw:text-box>{p('hộp')}</draw:text-box></draw:frame>sau  hộp\n   nữa")
        + p(f"có<text:note><text:note-body>{p('chú thích')}</text:note-body></text:note> chú")
    )

    assert lines_of(body) == ["trái", "phải", "một  hai\tba", "bốn năm", "hộp", "sau hộp nữa", "có chú"]


def test_a_stamp_in_a_header_a_note_or_what_was_deleted_is_seen() -> None:
    hidden = [
        odt(f"<text:tracked-changes>{p('TỐI MẬT')}</text:tracked-changes>{p('Yêu cầu báo cáo.')}"),
        odt(p("Yêu cầu báo cáo."), **{"styles": f"<x {_SPACES}>{p('TUYỆT MẬT')}</x>"}),
    ]

    for data in hidden:
        with pytest.raises(errors.StateSecret):
            read_document(data, "thu.odt")


def test_old_fonts_are_read_by_the_styles() -> None:
    old = {ord(made): chr(code) for code, made in _FROM_TCVN3.items()}
    styles = (
        '<style:default-style style:family="paragraph"><style:text-properties style:font-name=".VnTime"/>'
        "</style:default-style>"
        '<style:style style:name="P1"><style:text-properties fo:font-family="\'Times New Roman\'"/></style:style>'
        '<style:style style:name="P2" style:parent-style-name="P1"/>'
        '<style:style style:name="A" style:parent-style-name="B"/><style:style style:name="B"'
        ' style:parent-style-name="A"/><style:default-style style:family="table"/>'
    )
    body = p("cộng hòa".translate(old)) + p("Độc lập", "P2") + p(f"{'tự do'.translate(old)}", "A")

    found = odt_lines(odt(body, styles), "a.odt", Limits())

    assert [line for line in found.lines if line] == ["cộng hòa", "Độc lập", "tự do"]
    assert (found.encoding, found.guessed) == ("tcvn3", False)


@pytest.mark.parametrize(
    "body",
    ["<text:section>" * 300 + "</text:section>" * 300, "<text:span>".join(["<text:p>", *[""] * 300])
     + "</text:span>" * 300 + "</text:p>", "<text:list><text:list-item>" * 300 + "</text:list-item></text:list>" * 300],
)  # fmt: skip
def test_a_file_of_endless_depth_is_refused(body: str) -> None:
    with pytest.raises(errors.UnsafeArchive):
        lines_of(body)


def test_a_file_without_a_text_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")

    with pytest.raises(errors.DamagedFile):
        read_document(stream.getvalue(), "thu.odt")


def test_numbers_have_the_shapes_of_lists() -> None:
    assert [figure(n, "i") for n in (1, 4, 9, 14, 40, 1999)] == ["i", "iv", "ix", "xiv", "xl", "mcmxcix"]
    assert [figure(n, "A") for n in (1, 26, 27)] == ["A", "Z", "A"]
    assert (figure(3, "I"), figure(5000, "I"), figure(7, "1")) == ("III", "MMMCMXCIX", "7")


def test_a_table_keeps_its_cells_with_merged_and_repeated_ones() -> None:
    body = (
        "<text:p>Trước bảng</text:p><table:table><table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-columns-spanned="2"><text:p>Đầu</text:p></table:table-cell>'
        "<table:covered-table-cell/><table:table-cell><text:p>Hạn</text:p></table:table-cell></table:table-row>"
        '</table:table-header-rows><table:table-row><table:table-cell table:number-columns-repeated="2"/>'
        "<table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )

    found = odt_lines(odt(body), "a.odt", Limits())

    (table,) = found.tables
    assert [(c.row, c.column, c.columns, found.lines[slice(*c.span)]) for c in table.cells] == [
        (0, 0, 2, ("Đầu",)),
        (0, 2, 1, ("Hạn",)),
        (1, 0, 2, ()),
        (1, 2, 1, ("a", "b")),
    ]
