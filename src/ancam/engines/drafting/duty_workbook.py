"""The duties of letters as a workbook: every duty on a row of its own, then what each letter says of itself."""

from collections.abc import Iterator, Sequence

from ancam.engines.drafting.duty_list import properties_of
from ancam.engines.drafting.duty_list_values import ListedDuty, ListedLetter
from ancam.engines.drafting.sheets import Cell, Sheet, SheetColumn, workbook_file
from ancam.engines.drafting.text import counted

__all__ = ["TEMPLATE", "write_duty_workbook"]

TEMPLATE = "duty-workbook/1"
"""The version of layout and wording."""

_READ_BY_PROGRAM = "Đọc tự động; đề nghị đối chiếu với văn bản trước khi giao."
_DUTIES = (
    SheetColumn("Văn bản", 22),
    SheetColumn("Điểm", 9),
    SheetColumn("Vị trí", 11),
    SheetColumn("Loại nhiệm vụ", 20),
    SheetColumn("Chủ trì", 26),
    SheetColumn("Phối hợp", 20),
    SheetColumn("Nội dung", 56),
    SheetColumn("Thời hạn theo văn bản", 22),
    SheetColumn("Ngày cuối", 11, "day"),
    SheetColumn("Lặp lại", 12),
    SheetColumn("Báo cáo", 18),
    SheetColumn("Tin cậy", 8, "share"),
    SheetColumn("Cần xem lại", 34),
)
_LETTERS = (
    SheetColumn("Văn bản", 22),
    SheetColumn("Cơ quan ban hành", 28),
    SheetColumn("Ngày", 12),
    SheetColumn("Địa danh", 14),
    SheetColumn("Trích yếu", 44),
    SheetColumn("Kính gửi", 34),
    SheetColumn("Người ký", 24),
    SheetColumn("Thực hiện văn bản", 20),
    SheetColumn("Số nhiệm vụ", 9, "count"),
    SheetColumn("Cần lưu ý", 40),
    SheetColumn("Tệp", 24),
    SheetColumn("Nhận dạng từ bản quét", 12),
    SheetColumn("Mã kiểm SHA-256", 34),
)


def write_duty_workbook(letters: Sequence[ListedLetter]) -> bytes:
    """Return the lists as the bytes of a .xlsx; the same letters give the same bytes.

    Nothing in it is computed by the spreadsheet. Raises `NothingToList` without a letter. Costs about a second per
    5,000 duties.
    """
    return workbook_file((_duties(letters), _letters(letters)), properties_of(letters, TEMPLATE))


def _duties(letters: Sequence[ListedLetter]) -> Sheet:
    rows = [_duty_row(letter, duty) for letter in letters for duty in letter.duties]
    title = f"Danh mục {counted(len(rows))} nhiệm vụ của {counted(len(letters))} văn bản"
    return Sheet(name="Nhiệm vụ", title=title, notes=(_READ_BY_PROGRAM,), columns=_DUTIES, rows=rows)


def _duty_row(letter: ListedLetter, duty: ListedDuty) -> tuple[Cell, ...]:
    return (
        letter.title,
        duty.clause,
        duty.place,
        duty.kind,
        "; ".join(duty.leads),
        "; ".join(duty.supports),
        duty.action,
        duty.deadline,
        duty.last_day,
        duty.cadence,
        "; ".join(duty.report_to),
        duty.confidence,
        " ".join(duty.to_check),
    )


def _letters(letters: Sequence[ListedLetter]) -> Sheet:
    rows = [tuple(_letter_row(letter)) for letter in letters]
    return Sheet(name="Văn bản", title="Các văn bản đã đọc", columns=_LETTERS, rows=rows)


def _letter_row(letter: ListedLetter) -> Iterator[Cell]:
    yield from (letter.title, letter.issuer, letter.dated, letter.place, letter.subject)
    yield from ("; ".join(letter.addressees), letter.signer, ", ".join(letter.implements), len(letter.duties))
    yield from (" ".join(letter.to_check), letter.file_name, "có" if letter.is_recognised else "", letter.file_digest)
