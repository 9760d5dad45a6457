"""Tables as officials send them: read whole, or refused with the reason."""

import io
import time
import tracemalloc
import zipfile
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from ancam.engines.tables import errors
from ancam.engines.tables.limits import Limits
from ancam.engines.tables.model import Column, Table
from ancam.engines.tables.read import read_table

COLUMNS = [
    Column("name", "Tên cơ quan", ("Cơ quan", "Đơn vị"), required=True),
    Column("kind", "Loại cơ quan", ("Loại",), required=True),
    Column("begins_on", "Hoạt động từ ngày"),
    Column("serial", "STT", ("Số thứ tự", "TT")),
]
HEADER = ["Tên cơ quan", "Loại cơ quan"]
ROW = ["Xã An Bình", "Ủy ban nhân dân xã"]


def workbook(
    *sheets: list[list[Any]], merge: str = "", hidden: tuple[int, ...] = (), names: tuple[str, ...] = ()
) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"constant_memory": True, "strings_to_formulas": True})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for at, rows in enumerate(sheets):
        sheet = book.add_worksheet(names[at] if names else None)
        for number, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, day)
                elif cell is not None:
                    sheet.write(number, column, cell)
        if merge:
            sheet.merge_range(merge, "gộp")
        if at in hidden:
            sheet.hide()
    book.close()
    return stream.getvalue()


def packed(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    return packed({**parts_of(data), name: content})


def sheet_xml(rows: str, before: str = "", after: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'{before}<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{after}</worksheet>'.encode()


def read(data: bytes, limits: Limits | None = None) -> Table:
    return read_table(data, "danh-sach.xlsx", COLUMNS, limits or Limits())


def cells(table: Table) -> list[tuple[int, dict[str, str]]]:
    return [(row.number, dict(row.cells)) for row in table.rows]


SHEET = "xl/worksheets/sheet1.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"


def test_columns_come_in_any_order_with_any_spelling_of_their_heading():
    table = read(workbook([["LOAI CO QUAN (*)", "stt", "đơn  vị"], [ROW[1], 1, ROW[0]]]))

    assert cells(table) == [(2, {"kind": ROW[1], "serial": "1", "name": ROW[0]})]
    assert table.columns == {"name", "kind", "serial"}


def test_titles_above_the_header_and_empty_rows_are_passed_over():
    rows = [["SỞ NỘI VỤ"], [], ["Danh sách cơ quan"], HEADER, ROW, [], ["Xã Bàu Sen", "Xã"]]

    assert [number for number, _ in cells(read(workbook(rows)))] == [5, 7]


def test_days_numbers_and_signs_come_as_an_official_would_type_them():
    table = read(workbook([[*HEADER, "Hoạt động từ ngày", "TT"], [2026.0, 1.5, date(2025, 7, 1), True]]))

    assert cells(table)[0][1] == {"name": "2026", "kind": "1.5", "begins_on": "01/07/2025", "serial": "True"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimited_text_is_read_by_its_own_delimiter_and_encoding(delimiter, encoding):
    text = f"Loại cơ quan{delimiter}Tên cơ quan\r\n" + f'"Xã{delimiter} phường"{delimiter}Xã An Bình\r\n'

    assert cells(read(text.encode(encoding))) == [(2, {"kind": f"Xã{delimiter} phường", "name": "Xã An Bình"})]


def test_the_hint_that_a_spreadsheet_writes_before_the_header_is_passed_over():
    assert cells(read("sep=;\nTên cơ quan;Loại\nXã A;Xã\n".encode()))[0][1]["name"] == "Xã A"


def test_a_delimiter_that_breaks_the_quotes_is_not_the_one():
    assert cells(read('Tên cơ quan;Loại\n"Xã; A";"Xã ""B"""\n'.encode()))[0][1] == {"name": "Xã; A", "kind": 'Xã "B"'}
    assert cells(read('"Tên cơ quan"\tLoại\n"Xã A"\tXã\n'.encode()))[0][1] == {"name": "Xã A", "kind": "Xã"}


@pytest.mark.parametrize("data", [b"", b" \r\n ", "Tên cơ quan,Loại\n".encode(), b",,\n,,\n"])
def test_a_table_without_rows_is_refused(data):
    with pytest.raises(errors.EmptyTable):
        read(data)


@pytest.mark.parametrize("rows", [[], [HEADER], [HEADER, [None, None]]])
def test_a_workbook_without_rows_is_refused(rows):
    with pytest.raises(errors.EmptyTable):
        read(workbook(rows))


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1252", "Phùng"), ("utf-16-le", "Phùng"), ("utf-16-le", "Xa"), ("utf-16-be", "Xa")]
)
def test_another_encoding_is_refused_with_how_to_save_again(encoding, name):
    with pytest.raises(errors.UnknownEncoding) as refused:
        read(f"Ten co quan,Loai\n{name},Xa\n".encode(encoding))

    assert "CSV UTF-8" in str(refused.value)


def test_half_a_letter_at_the_end_of_utf16_is_refused():
    with pytest.raises(errors.UnknownEncoding):
        read("Tên cơ quan,Loại\nXã,Xã\n".encode("utf-16")[:-1])


def test_quotes_that_do_not_close_are_refused_with_the_row():
    with pytest.raises(errors.BrokenQuotes) as refused:
        read('Tên cơ quan,Loại\nXã A,Xã\n"Xã B,Xã\n'.encode())

    assert refused.value.row == 3


@pytest.mark.parametrize(
    ("beginning", "kind"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), ".xls"),
        (b"%PDF-1.7", "PDF"),
        (b"\xef\xbb\xbf \n<html><table>", "trang web"),
        (b"\x89PNG\r\n", "ảnh"),
    ],
)
def test_another_type_is_known_by_its_bytes_whatever_its_name(beginning, kind):
    with pytest.raises(errors.NotATable) as refused:
        read(beginning)

    assert kind in str(refused.value)


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("xl/workbook.bin", ".xlsb"),
        ("word/document.xml", "Word"),
        ("content.xml", "OpenDocument"),
        ("a.txt", "tệp nén"),
    ],
)
def test_another_archive_is_known_by_its_parts(part, kind):
    with pytest.raises(errors.NotATable) as refused:
        read(packed({part: b"<a/>"}))

    assert kind in str(refused.value)


def test_macros_are_refused_whatever_the_name_of_the_file():
    with pytest.raises(errors.NotATable) as refused:
        read(with_part(workbook([HEADER, ROW]), "xl/vbaProject.bin", b"\0"))

    assert ".xlsm" in str(refused.value)


def test_merged_cells_are_refused_with_their_place():
    with pytest.raises(errors.MergedCells) as refused:
        read(workbook([HEADER, ROW, ROW], merge="A5:B6"))

    assert refused.value.cells == "A5:B6"


def test_a_formula_is_refused_with_its_cell():
    with pytest.raises(errors.FormulaFound) as refused:
        read(workbook([HEADER, ROW, ["Xã", "=A2"]]))

    assert refused.value.cell == "B3"


def test_formulas_of_a_sheet_that_is_not_the_table_do_not_matter():
    table = read(workbook([["Tổng số", "=1+1"]], [HEADER, ROW]))

    assert len(table.rows) == 1


@pytest.mark.parametrize(
    "target", ["/xl/worksheets/sheet1.xml", "worksheets/SHEET1.xml", "../xl/worksheets/sheet1.xml"]
)
def test_a_sheet_is_found_however_the_workbook_points_at_its_part(target):
    data = parts_of(workbook([HEADER, ROW], [["Tổng", "=1+1"]]))
    relations = data[RELATIONS].replace(b"worksheets/sheet1.xml", target.encode())

    assert len(read(packed({**data, RELATIONS: relations})).rows) == 1


@pytest.mark.parametrize("target", ["worksheets/sheet9.xml", "../../etc/passwd", "", "http://example.com/sheet1.xml"])
def test_a_sheet_that_is_not_in_the_file_is_damage(target):
    data = parts_of(workbook([HEADER, ROW]))
    relations = data[RELATIONS].replace(b"worksheets/sheet1.xml", target.encode())

    with pytest.raises(errors.DamagedTable):
        read(packed({**data, RELATIONS: relations}))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_workbook_that_names_no_sheet_of_cells_is_damage(part):
    with pytest.raises(errors.DamagedTable):
        read(with_part(workbook([HEADER, ROW]), part, b"<a/>"))


@pytest.mark.parametrize("before", ["\ufeff", " " * 12, "\n" * 300_000, "<!-- chú thích -->"])
def test_what_stands_before_a_part_hides_nothing_in_it(before):
    whole = workbook([HEADER, ROW])
    formula = sheet_xml("<row><c t='str'><f>1+1</f><v>2</v></c></row>", before=before)
    merged = sheet_xml("<row><c><v>1</v></c></row>", before, "<mergeCells><mergeCell ref='A2:A3'/></mergeCells>")
    stray = sheet_xml("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>", before=before)

    for sheet, refusal in (
        (formula, errors.FormulaFound),
        (merged, errors.MergedCells),
        (stray, errors.TooManyRows),
    ):
        with pytest.raises(refusal):
            read(with_part(whole, SHEET, sheet))


def test_space_before_the_workbook_itself_is_no_matter():
    data = parts_of(workbook([HEADER, ROW]))
    front = b" " * 12 + data["xl/workbook.xml"].partition(b"?>")[2]

    assert len(read(packed({**data, "xl/workbook.xml": front})).rows) == 1


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "utf-8-sig"])
def test_a_formula_is_seen_in_every_encoding_of_a_part(encoding):
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    sheet = sheet_xml("<row><c t='str'><f>1+1</f><v>2</v></c></row>", before=declared).decode().encode(encoding)

    with pytest.raises(errors.FormulaFound):
        read(with_part(workbook([HEADER, ROW]), SHEET, sheet))


@pytest.mark.parametrize("encoding", ["khong-co", "hex", "utf-7", "shift_jis"])
def test_an_encoding_that_is_not_known_is_damage(encoding):
    sheet = sheet_xml("<row><c><v>1</v></c></row>", before=f'<?xml version="1.0" encoding="{encoding}"?>')

    with pytest.raises(errors.DamagedTable):
        read(with_part(workbook([HEADER, ROW]), SHEET, sheet))


@pytest.mark.parametrize(
    "row",
    [
        "<row r='1048576'><a:b:row xmlns:a='x' r='1'/><c><v>1</v></c></row>",
        "<row r='1'><x:c xmlns:x='x' r='XFD1048576'><x:v>1</x:v></x:c></row>",
        "<row r='1'><c r='A1'><c r='A1048576'><v>1</v></c></c></row>",
        "<row r='1'><c r='A1'><t>1</t></c></row><v>1</v>",
    ],
)
def test_cells_in_odd_places_never_widen_the_table(row):
    data = with_part(workbook([HEADER, ROW]), SHEET, sheet_xml(row))

    with pytest.raises(errors.TableRefused):
        read(data)


def test_a_formula_that_belongs_to_no_cell_is_no_matter():
    choices = b"</sheetData><extLst><ext><xm:f xmlns:xm='x'>Lists!$A$1:$A$3</xm:f></ext></extLst>"
    data = parts_of(workbook([HEADER, ROW]))

    assert len(read(packed({**data, SHEET: data[SHEET].replace(b"</sheetData>", choices)})).rows) == 1


def test_what_is_no_part_of_the_table_stays_packed_however_large_it_is():
    assert read(with_part(workbook([HEADER, ROW]), "xl/media/image1.png", b"\n" * 70_000_000)).rows


STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"


def with_cells(cells: str, strings: str = "", styles: str = "", front: str = "") -> bytes:
    """A workbook whose second row holds these cells under headings that they share."""
    heads = "".join(f"<c t='inlineStr'><is><t>{text}</t></is></c>" for text in HEADER)
    parts = parts_of(workbook([HEADER, ROW]))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    relation = f'<Relationship Id="s" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'.encode()
    parts[RELATIONS] = parts[RELATIONS].replace(b"</Relationships>", relation)
    parts[STRINGS] = f"<sst>{strings}</sst>".encode()
    parts[STYLES] = f"<styleSheet>{styles}</styleSheet>".encode()
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b"<sheets>", f"{front}<sheets>".encode())
    parts[SHEET] = sheet_xml(f"<row r='1'>{heads}</row><row r='2'>{cells}</row>")
    return packed(parts)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<c><v>1250</v></c>", "1250"),
        ("<c t='n'><v> 1.5E2 </v></c>", "150"),
        ("<c><v>1_0</v></c>", "1_0"),
        ("<c><v>nan</v></c>", "nan"),
        ("<c t='b'><v>1</v></c>", "True"),
        ("<c t='e'><v>#REF!</v></c>", "#REF!"),
        ("<c t='d'><v>2025-07-01T00:00:00Z</v></c>", "01/07/2025"),
        ("<c t='str'><v>a_x000A_b_x005F_x_x0000_</v></c>", "a\nb_x_x0000_"),
        ("<c t='inlineStr'><is><r><t>Xã </t></r><r><t>An</t></r><rPh><t>đọc</t></rPh></is></c>", "Xã An"),
        ("<c t='s'><v>1</v></c>", "Xã Bàu Sen"),
        ("<c s='1'><v>45839</v></c>", "01/07/2025"),
        ("<c s='2'><v>45839.75</v></c>", "01/07/2025"),
        ("<c s='3'><v>45839</v></c>", "45839"),
        ("<c s='1'><v>0.5</v></c>", "12:00:00"),
        ("<c s='9'><v>45839</v></c>", "45839"),
        ("<c s='1'><v>45839</v></c>", "01/07/2025"),
    ],
)
def test_a_cell_is_what_its_type_and_style_say(cell, text):
    strings = "<si><t>a</t></si><si><r><t>Xã</t></r><r><t> Bàu Sen</t></r><rPh sb='0' eb='1'><t>đọc</t></rPh></si>"
    styles = (
        "<numFmts><numFmt numFmtId='170' formatCode='[$-42A]dd/mm/yyyy'/>"
        "<numFmt numFmtId='171' formatCode='#,##0 &quot;đồng mới&quot;\\d[$₫-42A]_d'/></numFmts>"
        "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
        "<cellXfs><xf/><xf numFmtId='14'/><xf numFmtId='170'/><xf numFmtId='171'/></cellXfs>"
        "<dxfs><dxf><numFmt numFmtId='171' formatCode='dd'/></dxf></dxfs>"
    )

    assert cells(read(with_cells(cell, strings, styles)))[0][1]["name"] == text


def test_a_workbook_may_count_its_days_from_1904():
    styles = "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs>"
    data = with_cells("<c s='1'><v>44377</v></c>", styles=styles, front="<workbookPr date1904='1'/>")

    assert cells(read(data))[0][1]["name"] == "01/07/2025"


def test_a_day_beyond_the_calendar_is_damage():
    data = with_cells("<c s='0'><v>9999999999</v></c>", styles="<cellXfs><xf numFmtId='14'/></cellXfs>")

    with pytest.raises(errors.DamagedTable):
        read(data)


def test_a_heading_that_is_not_known_is_refused_by_name():
    with pytest.raises(errors.UnknownHeaders) as refused:
        read(workbook([[*HEADER, "Lương"], [*ROW, 1]]))

    assert "“Lương”" in str(refused.value)


def test_many_unknown_headings_are_told_in_part():
    with pytest.raises(errors.UnknownHeaders) as refused:
        read(workbook([[*HEADER, *(f"Cột {n}" for n in range(9))], ROW]))

    assert "“Cột 4”, …" in str(refused.value)


def test_values_without_a_heading_are_refused_by_their_column():
    for rows in ([HEADER, [*ROW, "lạc"]], [[*HEADER, "", "STT"], [*ROW, "lạc", 1]]):
        with pytest.raises(errors.UnknownHeaders) as refused:
            read(workbook(rows))

        assert "(C)" in str(refused.value)


def test_an_empty_column_without_a_heading_is_no_matter():
    assert len(read(workbook([[*HEADER, "", "STT"], [*ROW, None, 1]])).rows) == 1


def test_two_headings_for_one_column_are_refused():
    with pytest.raises(errors.DoubleHeaders) as refused:
        read(workbook([[*HEADER, "ĐƠN VỊ"], [*ROW, "Xã"]]))

    assert "“Tên cơ quan”, “ĐƠN VỊ”" in str(refused.value)


def test_a_missing_heading_is_told():
    with pytest.raises(errors.MissingHeaders) as refused:
        read(workbook([["Tên cơ quan"], ["Xã"]]))

    assert "“Loại cơ quan”" in str(refused.value)


def test_of_several_sheets_the_one_that_is_the_table_is_taken():
    table = read(workbook([["Cách điền"], ["Tên cơ quan", "tên đầy đủ"]], [HEADER, ROW], [HEADER, ROW], hidden=(2,)))

    assert len(table.rows) == 1


def test_two_sheets_that_could_be_the_table_are_refused():
    with pytest.raises(errors.SeveralSheets) as refused:
        read(workbook([HEADER, ROW], [HEADER, ROW], names=("Xã", "Sở")))

    assert "“Xã”, “Sở”" in str(refused.value)


def test_a_cell_longer_than_any_name_is_refused_with_its_place():
    for data in (workbook([HEADER, ["x" * 1_001, "y"]]), b"Ten co quan,Loai\n" + b"x" * 1_001 + b",y\n"):
        with pytest.raises(errors.LongCell) as refused:
            read(data)

        assert refused.value.cell == "A2"


@pytest.mark.parametrize(
    "data", [workbook([HEADER, *[ROW] * 40]), ("Tên cơ quan,Loại\n" + "Xã,Xã\n" * 40).encode()], ids=["xlsx", "csv"]
)
def test_more_rows_than_the_bound_are_refused(data):
    with pytest.raises(errors.TooManyRows) as refused:
        read(data, Limits(max_rows=10))

    assert refused.value.limit == 10


@pytest.mark.parametrize(
    "data",
    [workbook([[*HEADER, *range(9)], ROW]), ("Tên cơ quan,Loại" + ",x" * 9 + "\nXã,Xã\n").encode()],
    ids=["xlsx", "csv"],
)
def test_more_columns_than_the_bound_are_refused(data):
    with pytest.raises(errors.TooManyColumns):
        read(data, Limits(max_columns=5))


@pytest.mark.parametrize(
    "data", [workbook([HEADER, *[ROW] * 40]), ("Tên cơ quan,Loại\n" + "Xã,Xã\n" * 40).encode()], ids=["xlsx", "csv"]
)
def test_more_text_than_the_bound_is_refused(data):
    with pytest.raises(errors.TooMuchText):
        read(data, Limits(max_characters=100))


def peak_of(act) -> tuple[float, int]:
    tracemalloc.start()
    began = time.perf_counter()
    with pytest.raises(errors.TooManyRows):
        act()
    took, (_, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return took, peak


def test_two_million_rows_of_text_are_refused_without_holding_them():
    data = "Tên cơ quan,Loại\n".encode() + "Xã An Bình,Xã\n".encode() * 2_000_000

    _took, peak = peak_of(lambda: read(data))

    assert peak < 20_000_000


def test_a_million_rows_of_a_workbook_are_refused_without_holding_them():
    row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>Xã</t></is></c></row>'
    rows = "".join(row.format(number) for number in range(1, 120_000))
    data = with_part(workbook([HEADER, ROW]), SHEET, sheet_xml(rows))

    _took, peak = peak_of(lambda: read(data))

    assert peak < 20_000_000


def test_a_stray_cell_at_the_far_corner_is_refused_before_the_sheet_is_loaded():
    stray = '<row><c t="inlineStr"><is><t>a</t></is></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

    _took, peak = peak_of(lambda: read(with_part(workbook([HEADER, ROW]), SHEET, sheet_xml(stray))))

    assert peak < 5_000_000


def test_a_long_string_that_many_cells_point_at_is_counted_each_time():
    cell = "<c t='s'><v>0</v></c>"
    data = with_cells(f"</row><row>{cell * 50}" * 500, f"<si><t>{'x' * 900}</t></si>")

    with pytest.raises(errors.TooMuchText):
        read(data)


def test_a_string_that_is_not_there_is_damage():
    data = with_part(workbook([HEADER, ROW]), SHEET, sheet_xml('<row><c t="s"><v>9999</v></c></row>'))

    with pytest.raises(errors.DamagedTable):
        read(data)


@pytest.mark.parametrize("name", [SHEET, STYLES, RELATIONS])
def test_an_archive_that_unpacks_to_too_much_is_refused(name):
    with pytest.raises(errors.UnsafeTable):
        read(with_part(workbook([HEADER, ROW]), name, b"\n" * 70_000_000))


def test_a_part_with_too_many_elements_is_refused():
    data = with_part(workbook([HEADER, ROW]), SHEET, sheet_xml("<row/>" * 5_000))

    with pytest.raises(errors.UnsafeTable):
        read(data, Limits(max_elements=4_000))


def test_entities_are_refused():
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>'

    with pytest.raises(errors.UnsafeTable):
        read(with_part(workbook([HEADER, ROW]), SHEET, sheet_xml("<row><c><v>&c;</v></c></row>", before=bomb)))


def test_an_archive_of_too_many_or_doubled_parts_is_refused():
    whole = parts_of(workbook([HEADER, ROW]))
    for parts in (
        {**whole, **{f"xl/{n}.bin": b"" for n in range(1_100)}},
        {**whole, **{f"xl/{'n' * 200}{n}.bin": b"" for n in range(1_100)}},
        {**whole, SHEET.upper(): whole[SHEET]},
    ):
        with pytest.raises(errors.UnsafeTable):
            read(packed(parts))


def test_an_archive_whose_list_points_elsewhere_is_damaged():
    data = workbook([HEADER, ROW])
    offset = int.from_bytes(data[-6:-2], "little")
    for shift in (1, 8, 2**31):
        with pytest.raises(errors.TableRefused):
            read(data[:-6] + (offset + shift).to_bytes(4, "little") + data[-2:])


def test_an_unusual_packing_is_refused():
    with pytest.raises(errors.UnsafeTable):
        read(packed(parts_of(workbook([HEADER, ROW])), zipfile.ZIP_LZMA))


def test_a_locked_archive_is_refused():
    data = bytearray(workbook([HEADER, ROW]))
    data[data.rfind(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(errors.DamagedTable):
        read(bytes(data))


def test_damage_anywhere_is_refused_and_never_breaks_the_reader():
    whole = workbook([[*HEADER, "Hoạt động từ ngày"], *[[*ROW, date(2025, 7, 1)]] * 5])
    assert read(whole).rows

    for at in range(0, len(whole), 17):
        spoilt = bytearray(whole)
        spoilt[at] ^= 0x55
        for data in (bytes(spoilt), whole[:at]):
            try:
                read(data)
            except errors.TableRefused:
                continue


@pytest.mark.parametrize(
    "rows",
    [
        "<row r='x'/>",
        "<row><c r='1'><v>1</v></c></row>",
        "<row><c",
        "<row r='0'><c r='A0'><v>1</v></c></row>",
        "<row><c r='ZZZZZZ1'/></row>",
        "<row><c t='e'><v>#REF!</v></c><c t='b'><v>7</v></c><c t='d'><v>2025</v></c><c s='99'><v>1</v></c></row>",
        "<row><c s='1'><v>99999999999999</v></c><c><v>x</v></c></row>",
    ],
)
def test_senseless_cells_never_break_the_reader(rows):
    with pytest.raises(errors.TableRefused):
        read(with_part(workbook([HEADER, ROW]), SHEET, sheet_xml(rows)))


def test_a_workbook_of_too_many_sheets_is_refused():
    with pytest.raises(errors.UnsafeTable):
        read(workbook([HEADER, ROW], [["x"]], [["y"]]), Limits(max_sheets=2))
