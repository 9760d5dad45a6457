"""The sentences of a paper that gives out duties, as a letter and as a plan."""

from collections.abc import Sequence

from ancam.engines.drafting.assignment_values import AssignedDuty, AssignmentLetter
from ancam.engines.drafting.sentences import numbered, short_title
from ancam.engines.drafting.tables import Column
from ancam.engines.drafting.text import cleaned, counted, unstopped

AGENCIES_NAMED = 10
"""How many agencies `Kính gửi` names; more are addressed by the appendix that names them all. A bound of our own."""

NAMED_IN_CELL = 6
"""How many agencies a cell of the duties' table names; more are counted there and named in the second appendix."""

DUTY_COLUMNS = (
    Column("STT", 13, "center"),
    Column("Nhiệm vụ", 94),
    Column("Chủ trì", 46),
    Column("Phối hợp", 42),
    Column("Thời hạn", 36, "center"),
    Column("Định kỳ", 26, "center"),
)
AGENCY_COLUMNS = (
    Column("STT", 13, "center"),
    Column("Cơ quan, đơn vị", 124),
    Column("Chủ trì nhiệm vụ số", 60),
    Column("Phối hợp nhiệm vụ số", 60),
)

LETTER_KIND, PLAN_KIND = "Công văn", "Kế hoạch"


def subject(letter: AssignmentLetter) -> str:
    """Return what stands after `V/v`."""
    return f"phân công nhiệm vụ thực hiện {short_title(letter.directive_title)}"


def plan_subject(letter: AssignmentLetter) -> str:
    """Return what stands under the title of a plan."""
    return f"Phân công nhiệm vụ thực hiện {unstopped(letter.directive_title)}"


def addressees(letter: AssignmentLetter) -> Sequence[str]:
    """Return the lines of `Kính gửi`: those given, else the agencies, else the appendix that names them."""
    if letter.addressees or len(letter.agencies) <= AGENCIES_NAMED:
        return letter.addressees or letter.agencies
    return ("Các cơ quan, đơn vị có tên tại Phụ lục II kèm theo",)


def sent_to(letter: AssignmentLetter) -> tuple[str, ...]:
    """Return whom a plan, which bears no `Kính gửi`, is sent to."""
    if len(letter.agencies) > 1:
        return ("Các cơ quan, đơn vị có tên tại Phụ lục II",)
    return letter.agencies


def opening(letter: AssignmentLetter) -> str:
    """Return the sentence that names the directive and says what is given to how many."""
    return f"Thực hiện {unstopped(letter.directive_title)}, {given(letter)}"


def given(letter: AssignmentLetter) -> str:
    """Return how many duties are given to how many agencies, and where they stand."""
    duties, agencies = counted(len(letter.duties)), letter.agencies
    if len(agencies) == 1:
        return (
            f"{cleaned(letter.agency)} phân công {duties} nhiệm vụ cho {cleaned(agencies[0])} "
            "(chi tiết tại Phụ lục kèm theo)."
        )
    return (
        f"{cleaned(letter.agency)} phân công {duties} nhiệm vụ cho {counted(len(agencies))} cơ quan, đơn vị "
        "(danh mục nhiệm vụ tại Phụ lục I; nhiệm vụ theo từng cơ quan, đơn vị tại Phụ lục II kèm theo)."
    )


def purposes(letter: AssignmentLetter) -> list[str]:
    """Return the first part of a plan."""
    return [
        f"Xác định rõ nhiệm vụ, cơ quan chủ trì, cơ quan phối hợp và thời hạn để thực hiện đầy đủ, đúng thời hạn "
        f"{short_title(letter.directive_title)}."
    ]


def carrying_out(letter: AssignmentLetter) -> list[str]:
    """Return what is asked of those in the lead and in support, how to report, and whom to ask."""
    points = [
        "Cơ quan, đơn vị chủ trì tổ chức thực hiện nhiệm vụ được phân công đúng nội dung, đúng thời hạn "
        "nêu tại Phụ lục."
    ]
    if any(duty.supports for duty in letter.duties):
        points.append(
            "Cơ quan, đơn vị phối hợp thực hiện phần việc thuộc phạm vi, trách nhiệm của mình theo đề nghị của "
            "cơ quan, đơn vị chủ trì."
        )
    if any(duty.cadence for duty in letter.duties):
        points.append("Nhiệm vụ định kỳ được thực hiện và báo cáo trong từng kỳ.")
    points.append(
        f"Kết quả thực hiện và khó khăn, vướng mắc (nếu có) báo cáo về {unstopped(letter.report_to)} "
        "trong thời hạn của từng nhiệm vụ."
    )
    said = numbered(points)
    return [*said, f"Đầu mối liên hệ: {unstopped(letter.contact)}."] if cleaned(letter.contact) else said


def closing(letter: AssignmentLetter) -> str:
    """Return the closing sentence without its mark."""
    those = cleaned(letter.agencies[0]) if len(letter.agencies) == 1 else "các cơ quan, đơn vị"
    asked = f"{cleaned(letter.agency)} đề nghị {those} tổ chức thực hiện"
    if letter.form == "plan":
        return f"Trên đây là {PLAN_KIND} {subject(letter)}; {asked}"
    return asked


def duty_cells(ordinal: int, duty: AssignedDuty) -> tuple[str, ...]:
    """Return the texts of a duty in the order of `DUTY_COLUMNS`."""
    return (str(ordinal), duty.duty, _named(duty.leads), _named(duty.supports), duty.deadline, duty.cadence)


def _named(agencies: Sequence[str]) -> str:
    if len(agencies) > NAMED_IN_CELL:
        return f"{counted(len(agencies))} cơ quan, đơn vị có tên tại Phụ lục II"
    return "; ".join(unstopped(agency) for agency in agencies)


def agency_rows(letter: AssignmentLetter) -> list[tuple[str, ...]]:
    """Return, agency by agency, the texts in the order of `AGENCY_COLUMNS`."""
    leads: dict[str, list[int]] = {agency: [] for agency in letter.agencies}
    supports: dict[str, list[int]] = {agency: [] for agency in letter.agencies}
    for ordinal, duty in enumerate(letter.duties, start=1):
        for agency in duty.leads:
            leads[agency].append(ordinal)
        for agency in duty.supports:
            supports[agency].append(ordinal)
    return [
        (str(place), agency, ordinals_in_words(leads[agency]), ordinals_in_words(supports[agency]))
        for place, agency in enumerate(letter.agencies, start=1)
    ]


def ordinals_in_words(ordinals: Sequence[int]) -> str:
    """Return rising numbers as `1, 2, 5-9`: three and more in a row as a span."""
    spans: list[list[int]] = []
    for ordinal in ordinals:
        if spans and ordinal == spans[-1][-1] + 1:
            spans[-1].append(ordinal)
        else:
            spans.append([ordinal])
    said = [f"{span[0]}-{span[-1]}" if len(span) > 2 else ", ".join(map(str, span)) for span in spans]
    return ", ".join(said)
