import zipfile
from datetime import date
from io import BytesIO

import docx
import pytest
from python_calamine import CalamineWorkbook

from ancam.engines.drafting.duty_list import ListedDuty, ListedLetter, write_duty_list
from ancam.engines.drafting.duty_workbook import write_duty_workbook
from ancam.engines.drafting.errors import NothingToList, TooManyRows
from ancam.engines.drafting.frame import MAX_ROWS

DUTY = ListedDuty(
    clause="1.b",
    place="nội dung",
    kind="Xác định cấp độ",
    action="Xác định cấp độ an toàn hệ thống camera",
    leads=("Các sở", "UBND các xã"),
    supports=("Công an tỉnh",),
    deadline="trước ngày 01/12/2026",
    last_day=date(2026, 11, 30),
    cadence="hằng năm",
    report_to=("UBND tỉnh",),
    confidence=0.75,
    to_check=("30/11/2026 là ngày nghỉ.",),
)
PLAIN = ListedDuty(clause="2", place="phụ lục", kind="Việc khác", action="Thực hiện nghiêm")


def letter(*duties: ListedDuty, **values: object) -> ListedLetter:
    given = {"file_name": "cong-van.txt", "file_digest": "ab" * 32, "title": "Công văn 12/UBND-NC", **values}
    return ListedLetter(duties=duties, **given)  # type: ignore[arg-type]


FULL = letter(
    DUTY,
    PLAIN,
    issuer="UBND tỉnh Đông Sơn",
    dated="09/11/2026",
    dated_on=date(2026, 11, 9),
    place="Đông Sơn",
    subject="V/v camera giám sát",
    addressees=("Các sở", "UBND các xã"),
    signer="Nguyễn An, Chủ tịch",
    implements=("23/CT-TTg",),
    is_recognised=True,
    to_check=("Số văn bản để trống.",),
)


def paper(*letters: ListedLetter) -> docx.document.Document:
    return docx.Document(BytesIO(write_duty_list(letters)))


def plain(text: str) -> str:
    """Return words without the signs that hold them on one line."""
    return text.replace("\xa0", " ").replace("\u2011", "-")


def rows_of(name: str, *letters: ListedLetter) -> list[list]:
    book = CalamineWorkbook.from_filelike(BytesIO(write_duty_workbook(letters)))
    rows = book.get_sheet_by_name(name).to_python()
    return rows[next(at for at, row in enumerate(rows) if row[0] == "Văn bản") + 1 :]


def test_a_duty_stands_in_one_row_with_its_deadline_and_doubts():
    cells = [plain(cell.text) for cell in paper(FULL).tables[0].rows[1].cells]

    assert cells == [
        "1.b",
        "Xác định cấp độ an toàn hệ thống camera",
        "Xác định cấp độ",
        "Các sở; UBND các xã",
        "Công an tỉnh",
        "trước ngày 01/12/2026; đến hết ngày 30/11/2026; hằng năm; báo cáo UBND tỉnh",
        "30/11/2026 là ngày nghỉ. Độ tin cậy 75%.",
    ]


def test_a_duty_without_a_deadline_leaves_its_cell_empty():
    assert paper(FULL).tables[0].rows[2].cells[5].text == ""


def test_the_paper_says_what_the_letter_is_and_that_a_program_read_it():
    lines = [plain(one.text) for one in paper(FULL).paragraphs if one.text]

    assert lines[:6] == [
        "DANH MỤC NHIỆM VỤ",
        "Công văn 12/UBND-NC",
        "V/v camera giám sát",
        "Ban hành: UBND tỉnh Đông Sơn, 09/11/2026.",
        "Thực hiện: 23/CT-TTg.",
        "Cần lưu ý: Số văn bản để trống.",
    ]
    assert lines[-1].startswith("Đọc tự động từ tệp cong-van.txt")


def test_a_letter_of_which_little_is_known_says_so():
    lines = [one.text for one in paper(letter()).paragraphs]

    assert "Ban hành: không rõ cơ quan, không rõ ngày." in lines
    assert "Không đọc được nhiệm vụ nào trong văn bản này." in lines
    assert not paper(letter()).tables


def test_each_letter_begins_a_page_lying_down():
    made = paper(FULL, letter(PLAIN))

    assert len(made.tables) == 2
    assert [section.page_width > section.page_height for section in made.sections] == [True, True]


def test_the_workbook_has_a_row_for_each_duty_and_each_letter():
    duties, letters = rows_of("Nhiệm vụ", FULL, letter(PLAIN)), rows_of("Văn bản", FULL, letter(PLAIN))

    assert duties[0] == [
        "Công văn 12/UBND-NC",
        "1.b",
        "nội dung",
        "Xác định cấp độ",
        "Các sở; UBND các xã",
        "Công an tỉnh",
        "Xác định cấp độ an toàn hệ thống camera",
        "trước ngày 01/12/2026",
        date(2026, 11, 30),
        "hằng năm",
        "UBND tỉnh",
        0.75,
        "30/11/2026 là ngày nghỉ.",
    ]
    assert len(duties) == 3
    assert letters[0][8:12] == [2, "Số văn bản để trống.", "cong-van.txt", "có"]
    assert letters[1][8:12] == [1, "", "cong-van.txt", ""]


def test_what_a_letter_says_is_never_computed():
    hostile = ListedDuty(clause="1", place="nội dung", kind="Việc khác", action='=HYPERLINK("http://x")')

    content = write_duty_workbook((letter(hostile),))

    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert "<f>" not in archive.read("xl/worksheets/sheet1.xml").decode()
        assert 'quotePrefix="1"' in archive.read("xl/styles.xml").decode()


def test_the_workbook_prints_lying_down_under_headings_that_stay_and_can_be_filtered():
    with zipfile.ZipFile(BytesIO(write_duty_workbook((FULL,)))) as archive:
        sheet, book = (archive.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "workbook"))

    assert 'paperSize="9"' in sheet and 'orientation="landscape"' in sheet
    assert 'state="frozen"' in sheet and "<autoFilter" in sheet
    assert "Print_Titles" in book


@pytest.mark.parametrize("write", [write_duty_list, write_duty_workbook])
def test_equal_letters_give_equal_bytes(write):
    assert write((FULL, letter(PLAIN))) == write((FULL, letter(PLAIN)))


@pytest.mark.parametrize("write", [write_duty_list, write_duty_workbook])
def test_a_list_of_nothing_is_refused(write):
    with pytest.raises(NothingToList):
        write(())


def test_a_letter_of_too_many_duties_is_refused():
    with pytest.raises(TooManyRows):
        write_duty_list((letter(*[PLAIN] * (MAX_ROWS + 1)),))
