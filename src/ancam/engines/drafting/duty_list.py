"""The duties of letters as a list to read and print: one table a letter, each beginning a page."""

from collections.abc import Iterator, Sequence
from datetime import date
from xml.etree.ElementTree import Element

from ancam.engines.drafting.duty_list_values import ListedDuty, ListedLetter
from ancam.engines.drafting.errors import NothingToList
from ancam.engines.drafting.frame import require_bound
from ancam.engines.drafting.layout import body_text, gap, kind_title, landscape_width_mm
from ancam.engines.drafting.package import Properties, Section, word_file
from ancam.engines.drafting.tables import Column, Entry, task_table
from ancam.engines.drafting.text import cleaned, counted, share

__all__ = ["TEMPLATE", "ListedDuty", "ListedLetter", "properties_of", "write_duty_list"]

TEMPLATE = "duty-list/1"
"""The version of layout and wording."""

_TITLE = "DANH MỤC NHIỆM VỤ"
_NO_DAY = date(1980, 1, 1)  # the earliest a zip can say: equal letters give equal bytes whatever the hour
_COLUMNS = (
    Column("Điểm", 15, "center"),
    Column("Nội dung nhiệm vụ", 74),
    Column("Loại", 26),
    Column("Chủ trì", 37),
    Column("Phối hợp", 28),
    Column("Thời hạn", 39),
    Column("Cần xem lại", 38),
)


def write_duty_list(letters: Sequence[ListedLetter]) -> bytes:
    """Return the lists as the bytes of a .docx on landscape pages; the same letters give the same bytes.

    Raises `NothingToList` without a letter, `TooManyRows` for a letter with more duties than a table may hold. Costs
    about a second per 1,000 duties. Source of the measures: Nghị định 30/2020/NĐ-CP, Phụ lục I.
    """
    for letter in letters:
        require_bound(len(letter.duties))
    sections = [Section(tuple(_content(letter)), landscape=True) for letter in letters]
    return word_file(sections, properties_of(letters, TEMPLATE))


def properties_of(letters: Sequence[ListedLetter], template: str) -> Properties:
    """Return what a file of these letters says of itself; it is dated as the newest of them.

    Raises `NothingToList` without a letter.
    """
    if not letters:
        raise NothingToList(label="văn bản")
    dated = max((letter.dated_on for letter in letters if letter.dated_on), default=_NO_DAY)
    of = letters[0].title if len(letters) == 1 else f"{counted(len(letters))} văn bản"
    return Properties(title=cleaned(f"Danh mục nhiệm vụ của {of}"), author="AnCam", dated=dated, template=template)


def _content(letter: ListedLetter) -> Iterator[Element]:
    yield from kind_title(_TITLE, letter.title, *filter(None, (letter.subject,)), width_mm=landscape_width_mm())
    yield from (body_text(line) for line in _particulars(letter))
    if letter.duties:
        yield task_table(_COLUMNS, [_entry(duty) for duty in letter.duties])
        yield gap()
    else:
        yield body_text("Không đọc được nhiệm vụ nào trong văn bản này.")
    yield body_text(f"Đọc tự động từ tệp {letter.file_name}; đề nghị đối chiếu với văn bản trước khi giao.")


def _particulars(letter: ListedLetter) -> Iterator[str]:
    issued = ", ".join(filter(None, (letter.issuer or "không rõ cơ quan", letter.dated or "không rõ ngày")))
    yield f"Ban hành: {issued}."
    if letter.implements:
        yield f"Thực hiện: {', '.join(letter.implements)}."
    yield from (f"Cần lưu ý: {sentence}" for sentence in letter.to_check)


def _entry(duty: ListedDuty) -> Entry:
    return Entry(
        (
            duty.clause,
            duty.action,
            duty.kind,
            "; ".join(duty.leads),
            "; ".join(duty.supports),
            "; ".join(_when(duty)),
            " ".join((*duty.to_check, f"Độ tin cậy {share(round(duty.confidence * 100), 100)}.")),
        )
    )


def _when(duty: ListedDuty) -> Iterator[str]:
    if duty.deadline:
        yield duty.deadline
    if duty.last_day:
        yield f"đến hết ngày {duty.last_day:%d/%m/%Y}"
    if duty.cadence:
        yield duty.cadence
    if duty.report_to:
        yield f"báo cáo {', '.join(duty.report_to)}"
