"""The letter or plan that gives the duties of a directive to agencies: what it refuses, and the .docx it becomes."""

from xml.etree.ElementTree import Element

from ancam.engines.drafting import assignment_wording as wording
from ancam.engines.drafting.assignment_values import AssignedDuty, AssignmentLetter
from ancam.engines.drafting.errors import FieldEmpty, NamedTwice, NothingToList
from ancam.engines.drafting.frame import (
    AS_ABOVE,
    MAX_ROWS,
    appendix,
    file_of,
    first_section,
    letter_content,
    letterhead_of,
    require,
    require_bound,
    require_texts,
    titled_content,
)
from ancam.engines.drafting.layout import Letterhead, body_text
from ancam.engines.drafting.package import Section
from ancam.engines.drafting.tables import Entry, GroupHeading, task_table
from ancam.engines.drafting.text import cleaned

__all__ = ["MAX_ROWS", "TEMPLATE", "AssignedDuty", "AssignmentLetter", "write_assignment_letter"]

TEMPLATE = "assignment-letter/1"
"""The version of layout and wording, for a frozen paper to record."""

_REQUIRED = {"report_to": "nơi nhận báo cáo"}


def write_assignment_letter(letter: AssignmentLetter) -> bytes:
    """Return the letter or plan as the bytes of a .docx; the same values give the same bytes.

    One appendix lists the duties; when several agencies are given something, a second lists them with the numbers of
    their duties. Raises `PaperRefused` when the values cannot make a paper. Costs about a second per 1,000 rows.
    Source: Nghị định 30/2020/NĐ-CP, Phụ lục I and Phụ lục III mẫu 1.4, 1.5, 2.1.
    """
    _check(letter)
    is_plan = letter.form == "plan"
    letterhead = letterhead_of(letter, None if is_plan else wording.subject(letter))
    content = _plan(letter) if is_plan else _official_letter(letter)
    sent_to = wording.sent_to(letter) if is_plan else AS_ABOVE
    sections = [first_section(letter, letterhead, content, sent_to=sent_to)]
    kind = wording.PLAN_KIND if is_plan else wording.LETTER_KIND
    sections += _appendices(letter, letterhead, kind)
    return file_of(letter, sections, title=f"{kind} {wording.subject(letter)}", template=TEMPLATE, dated=letter.as_of)


def _check(letter: AssignmentLetter) -> None:
    require_texts(letter, _REQUIRED)
    if not letter.duties:
        raise NothingToList(label="nhiệm vụ để phân công")
    require_bound(len(letter.duties))
    require_bound(len(letter.agencies))
    for place, duty in enumerate(letter.duties, start=1):
        _check_duty(place, duty)


def _check_duty(place: int, duty: AssignedDuty) -> None:
    field = f"duties[{place - 1}]"
    require(duty.duty, f"{field}.duty", f"nội dung nhiệm vụ ở dòng {place}")
    if not duty.leads:
        raise FieldEmpty(field=f"{field}.leads", label=f"cơ quan chủ trì ở dòng {place}")
    seen: set[str] = set()
    for agency in (*duty.leads, *duty.supports):
        require(agency, f"{field}.agency", f"tên cơ quan ở dòng {place}")
        if cleaned(agency) in seen:
            raise NamedTwice(field=field, row=place, agency=agency)
        seen.add(cleaned(agency))


def _official_letter(letter: AssignmentLetter) -> list[Element]:
    paragraphs = [wording.opening(letter), *wording.carrying_out(letter)]
    return letter_content(wording.addressees(letter), map(body_text, paragraphs), wording.closing(letter))


def _plan(letter: AssignmentLetter) -> list[Element]:
    chapters = (
        ("I. MỤC ĐÍCH, YÊU CẦU", wording.purposes(letter)),
        ("II. PHÂN CÔNG NHIỆM VỤ", [wording.given(letter)]),
        ("III. TỔ CHỨC THỰC HIỆN", wording.carrying_out(letter)),
    )
    subject = wording.plan_subject(letter)
    return titled_content("KẾ HOẠCH", (subject,), letter.addressees, "", chapters, wording.closing(letter))


def _appendices(letter: AssignmentLetter, letterhead: Letterhead, kind: str) -> list[Section]:
    several = len(letter.agencies) > 1
    duties = task_table(wording.DUTY_COLUMNS, _entries(letter.duties))
    title, ordinal = "Danh mục nhiệm vụ được phân công", "I" if several else ""
    found = [appendix(letter, letterhead, kind, title, duties, ordinal=ordinal)]
    if several:
        agencies = task_table(wording.AGENCY_COLUMNS, (Entry(cells) for cells in wording.agency_rows(letter)))
        found.append(appendix(letter, letterhead, kind, "Nhiệm vụ theo từng cơ quan, đơn vị", agencies, ordinal="II"))
    return found


def _entries(duties: tuple[AssignedDuty, ...]) -> list[Entry | GroupHeading]:
    entries: list[Entry | GroupHeading] = []
    above: str | None = None
    for ordinal, duty in enumerate(duties, start=1):
        if duty.group and duty.group != above:
            entries.append(GroupHeading(duty.group))
        above = duty.group
        entries.append(Entry(wording.duty_cells(ordinal, duty)))
    return entries
