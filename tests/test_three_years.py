"""Five real letters of 2023 followed together for three years: each period, reminder and escalation exists once.

The letters lie beside the repository; their blank numbers and dates are entered here. What should exist is written
down in this file: last days by hand, reminders by walking the days of a calendar that is read here again. What a person
enters of the letter whose scan is spoilt stands in `hai_phong.py`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from ancam.accounts.models import Agency, Person, Role, Tier
from ancam.accounts.tests.factories import make_agency, make_person, make_root
from ancam.directives.due_rules import DueDay
from ancam.directives.models import (
    Assignment,
    Document,
    DuePeriod,
    DutyKind,
    Obligation,
    Operator,
    Part,
)
from ancam.directives.selectors import period_summary_values, periods_of, state_counts
from ancam.directives.services import (
    EventFacts,
    ObligationFacts,
    Particulars,
    ProgressFacts,
    ReceivedFile,
    ScheduleFacts,
    accept_progress,
    ask_extension,
    assign,
    confirm_obligation,
    edit_obligation,
    finish_review,
    grant_extension,
    load_reference,
    receive_document,
    record_event,
    return_progress,
    set_particulars,
    set_schedule,
    submit_progress,
)
from ancam.directives.tests.factories import make_document
from ancam.directives.tests.to_the_end import open_due_periods, remind
from ancam.engines.drafting.paper_values import PaperValues
from ancam.engines.drafting.period_summary import Outcomes
from ancam.notifications.models import Notice
from ancam.web.clock import VIETNAM
from hai_phong import TASKS, check_reading, entered_tasks

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

FIRST, LAST = date(2023, 2, 15), date(2026, 2, 14)
UNITS = ("A", "B")


@dataclass(frozen=True)
class Letter:
    """What the test enters of a letter, how many duties it gives, and when it came."""

    file: str
    issuer: str
    number: str
    symbol: str
    signed_on: date
    duties: int
    came_on: date = FIRST


LETTERS = {
    "000": Letter("000_fed331d7b14f068d.txt", "UBND tỉnh Ninh Thuận", "205", "UBND-KTTH", date(2023, 1, 16), 16),
    "001": Letter("001_2915579710d2bf2a.txt", "UBND tỉnh Thanh Hóa", "1187", "UBND-CNTT", date(2023, 2, 1), 25),
    "002": Letter("002_74dd6489e8a541d7.txt", "UBND huyện Vĩnh Linh", "77", "UBND-VHTT", date(2023, 2, 13), 7),
    "003": Letter(
        "003_ee163df37d4b73d3.txt",
        "UBND thành phố Hải Phòng",
        "944",
        "UBND-KSTTHC",
        date(2023, 4, 24),
        duties=25,
        came_on=date(2023, 4, 26),
    ),
    "004": Letter("004_4a50426e207f4865.txt", "Sở KH&CN Quảng Ngãi", "150", "SKHCN-HCTH", date(2023, 2, 6), 9),
}

# The duties with a day: letter, clause, kind, which of several alike. Both units have these, unit A the rest too; of
# letter 003, whose duties are named by their row in its appendix, both have what every department and district has.
CLASSIFY_000, CONTROLS_000 = "000/1.b/classify", "000/1.b/implement_controls"
CLASSIFY_001, CONTROLS_001 = "001/1.a/classify", "001/1.a/implement_controls"
ASSESS_001, QCVN_001 = "001/1.b/periodic_assessment", "001/1.e/apply_qcvn"
GUIDE_001 = "001/2.c/guide"
REPORT_001, REPORT_001_AGAIN = "001/2.d/supervise_report/2", "001/2.d/supervise_report/3"
CLASSIFY_002, CONTROLS_002, ASSESS_002 = "002/1/classify", "002/1/implement_controls", "002/2/periodic_assessment"
CLASSIFY_003, APPROVE_003, CONTROLS_003 = "003/PL.1.1", "003/PL.1.2", "003/PL.1.3"
MONEY_003, REGULATION_003, REPORT_003 = "003/PL.3", "003/PL.4", "003/2.-2/3"
SUPERVISE_003 = "003/PL.6"
YEARLY_003 = tuple(f"003/PL.{row}" for row in range(6, 15))
MONTHLY_003 = tuple(f"003/PL.{row}" for row in range(15, 21))
FOR_ALL_003 = {task.name for task in TASKS if task.is_for_all}
CLASSIFY_004, CONTROLS_004, ASSESS_004 = "004/2.a/classify", "004/2.a/implement_controls", "004/2.b/periodic_assessment"

LAST_DAYS = {
    CLASSIFY_000: {"1": date(2023, 3, 31)},
    CONTROLS_000: {"1": date(2023, 9, 30)},
    CLASSIFY_001: {"1": date(2023, 3, 19)},
    CONTROLS_001: {"1": date(2023, 9, 9)},
    GUIDE_001: {"1": date(2023, 2, 28)},
    # Every six months, as the holder said on the first day.
    ASSESS_001: {
        "2023-H1": date(2023, 6, 30),
        "2023-H2": date(2023, 12, 31),
        "2024-H1": date(2024, 6, 30),
        "2024-H2": date(2024, 12, 31),
        "2025-H1": date(2025, 6, 30),
        "2025-H2": date(2025, 12, 31),
        "2026-H1": date(2026, 6, 30),
    },
    # Thirty working days from 20/11/2023: New Year's Day is a holiday.
    QCVN_001: {"1": date(2024, 1, 2)},
    REPORT_001: {"1": date(2023, 3, 21)},
    REPORT_001_AGAIN: {"1": date(2023, 9, 19)},
    CLASSIFY_002: {"1": date(2023, 3, 31)},
    CONTROLS_002: {"1": date(2023, 9, 30)},
    # Each year before 1 December.
    ASSESS_002: {str(year): date(year, 11, 30) for year in (2023, 2024, 2025, 2026)},
    # In August 2023; the approval fifteen days from the dossier of 10/8/2023; the rest in September, a Saturday.
    CLASSIFY_003: {"1": date(2023, 8, 31)},
    APPROVE_003: {"1": date(2023, 8, 25)},
    CONTROLS_003: {"1": date(2023, 9, 30)},
    MONEY_003: {"1": date(2023, 8, 31)},
    REGULATION_003: {"1": date(2023, 8, 31)},
    REPORT_003: {"1": date(2023, 9, 30)},
    **{duty: {str(year): date(year, 12, 31) for year in (2023, 2024, 2025, 2026)} for duty in YEARLY_003},
    # Each month from the one in which the letter came.
    **{
        duty: {
            f"{year}-{month:02d}": date(year, month, 29 if (year, month) == (2024, 2) else end)
            for year in (2023, 2024, 2025, 2026)
            for month, end in enumerate((31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), start=1)
            if (2023, 4) <= (year, month) <= (2026, 2)
        }
        for duty in MONTHLY_003
    },
    CLASSIFY_004: {"1": date(2023, 3, 31)},
    CONTROLS_004: {"1": date(2023, 9, 30)},
    # Each quarter, on its last day.
    ASSESS_004: {
        f"{year}-Q{quarter}": date(year, *end)
        for year in (2023, 2024, 2025, 2026)
        for quarter, end in enumerate(((3, 31), (6, 30), (9, 30), (12, 31)), start=1)
        if (year, quarter) <= (2026, 1)
    },
}

# Where a last day was moved: by a later letter, or by more time granted. From when, and to when.
MOVED = {
    (CONTROLS_002, "B", "1"): (date(2024, 3, 4), date(2024, 12, 31)),
    (CONTROLS_000, "A", "1"): (date(2023, 9, 18), date(2023, 10, 31)),
}
"""The first was not reported when a letter of 2024 moved it; the other was asked for and granted."""

KNOWN_FROM = {QCVN_001: date(2023, 11, 20), APPROVE_003: date(2023, 8, 10)}
"""Duties without a day until their event was recorded."""


@dataclass(frozen=True)
class Report:
    """A report of completion: by whom on which period, when, and how the holder answered."""

    duty: str
    unit: str
    code: str
    on: date
    answered_on: date | None = None
    returned: bool = False


REPORTS = [
    Report(GUIDE_001, "A", "1", date(2023, 2, 27), date(2023, 2, 28)),
    Report(CLASSIFY_001, "A", "1", date(2023, 3, 15), date(2023, 3, 17)),
    Report(CLASSIFY_001, "B", "1", date(2023, 3, 28), date(2023, 3, 30)),
    Report(REPORT_001, "A", "1", date(2023, 3, 20)),
    Report(REPORT_001, "B", "1", date(2023, 3, 17), date(2023, 3, 20), returned=True),
    Report(REPORT_001, "B", "1", date(2023, 4, 12), date(2023, 4, 13)),
    Report(CONTROLS_001, "A", "1", date(2023, 9, 8), date(2023, 9, 12)),
    Report(REPORT_001_AGAIN, "A", "1", date(2023, 9, 18), date(2023, 9, 19)),
    Report(CLASSIFY_000, "A", "1", date(2023, 3, 31), date(2023, 4, 3)),
    Report(CLASSIFY_000, "B", "1", date(2023, 3, 1), date(2023, 3, 2)),
    Report(CONTROLS_000, "A", "1", date(2023, 10, 30), date(2023, 11, 1)),
    Report(CLASSIFY_002, "A", "1", date(2023, 3, 20), date(2023, 3, 21)),
    Report(CONTROLS_002, "A", "1", date(2023, 9, 29), date(2023, 10, 2)),
    Report(CONTROLS_002, "B", "1", date(2024, 12, 30), date(2024, 12, 31)),
    Report(ASSESS_001, "A", "2023-H1", date(2023, 6, 20), date(2023, 6, 21)),
    Report(ASSESS_001, "B", "2023-H1", date(2023, 7, 10), date(2023, 7, 11)),
    Report(ASSESS_001, "A", "2023-H2", date(2024, 1, 20), date(2024, 1, 22)),
    Report(QCVN_001, "A", "1", date(2023, 12, 29), date(2024, 1, 3)),
    *(
        Report(ASSESS_004, "A", code, due - timedelta(days=5))
        for code, due in LAST_DAYS[ASSESS_004].items()
        if due < LAST
    ),
    Report(CLASSIFY_003, "A", "1", date(2023, 8, 30), date(2023, 8, 31)),
    Report(CLASSIFY_003, "B", "1", date(2023, 9, 5), date(2023, 9, 6)),
    Report(APPROVE_003, "A", "1", date(2023, 8, 24), date(2023, 8, 25)),
    Report(CONTROLS_003, "A", "1", date(2023, 9, 20), date(2023, 9, 21)),
    Report(CONTROLS_003, "B", "1", date(2023, 10, 2), date(2023, 10, 4)),
    Report(MONEY_003, "A", "1", date(2023, 8, 31), date(2023, 9, 5), returned=True),
    Report(MONEY_003, "A", "1", date(2023, 9, 28), date(2023, 10, 3)),
    Report(REGULATION_003, "A", "1", date(2023, 8, 25), date(2023, 8, 28)),
    Report(REGULATION_003, "B", "1", date(2023, 8, 31), date(2023, 9, 5)),
    Report(REPORT_003, "A", "1", date(2023, 9, 29), date(2023, 10, 2)),
    Report(SUPERVISE_003, "A", "2023", date(2023, 12, 15), date(2023, 12, 18)),
    Report(SUPERVISE_003, "A", "2024", date(2025, 1, 10), date(2025, 1, 13)),
    # Guidance for the press is never reported; of the other yearly ones three are never answered.
    *(
        Report(duty, "A", str(year), date(year, 12, 20), date(year, 12, 23) if duty in YEARLY_003[2:6] else None)
        for duty in YEARLY_003[2:]
        for year in (2023, 2024, 2025)
    ),
    *(
        Report(duty, "A", code, due - timedelta(days=2 if code == "2023-04" else 5))
        for duty in MONTHLY_003
        for code, due in LAST_DAYS[duty].items()
        if due < LAST and (duty, code) not in (("003/PL.17", "2024-02"), ("003/PL.15", "2025-11"))
    ),
    Report("003/PL.17", "A", "2024-02", date(2024, 4, 10), date(2024, 4, 11)),
]


COUNTED = {
    ("001", date(2023, 3, 21)): {
        "accepted": 2,
        "submitted": 1,
        "returned": 1,
        "not_started": 28,
        "overdue": 2,
        "total": 32,
    },
    ("001", date(2023, 9, 19)): {"accepted": 8, "submitted": 1, "not_started": 25, "overdue": 2, "total": 34},
    ("003", date(2023, 9, 30)): {"accepted": 6, "submitted": 38, "not_started": 15, "overdue": 1, "total": 59},
    ("003", date(2024, 12, 31)): {"accepted": 19, "submitted": 131, "not_started": 8, "overdue": 2, "total": 158},
}
"""How duties stood at the end of last days: the 25 of letter 001 at both units, and the 25 of letter 003.

Of letter 003 there were in September 2023 ten periods of what is due once, four without a day, nine of the year and six
for each of six months; accepted were classification and regulation of both units, the approval and controls of A. At
the end of 2024 there were nine more of the year and ninety more of the months; left over were the money of B, the
guidance for the press of two years, the yearly report and the four without a day.
"""

SUMMARIES = {
    ("001", date(2023, 3, 21)): Outcomes(accepted_on_time=2, awaiting=1, returned=1, late=2),
    ("001", date(2023, 9, 19)): Outcomes(accepted_on_time=5, accepted_late=3, awaiting=1, late=2, not_yet_due=1),
    ("003", date(2023, 9, 30)): Outcomes(accepted_on_time=5, accepted_late=1, awaiting=38, late=1, not_yet_due=1),
    ("003", date(2024, 12, 31)): Outcomes(accepted_on_time=15, accepted_late=4, awaiting=131, late=2, not_yet_due=2),
}
"""What the summaries of the letters say on those days of everything due since the first day."""

REPORTS_ON: dict[tuple[str, str, str], list[Report]] = defaultdict(list)
for _report in REPORTS:
    REPORTS_ON[_report.duty, _report.unit, _report.code].append(_report)


@dataclass
class Follow:
    """The instance that is followed: one holder with two units for each letter, and who works there."""

    documents: dict[str, Document] = field(default_factory=dict)
    duties: dict[str, Obligation] = field(default_factory=dict)
    units: dict[tuple[str, str], Agency] = field(default_factory=dict)
    people: dict[tuple[str, str, str], Person] = field(default_factory=dict)
    holders: dict[str, Person] = field(default_factory=dict)
    coming: dict[str, tuple[Agency, Path]] = field(default_factory=dict)
    counted: dict[tuple[str, date], dict[str, int]] = field(default_factory=dict)
    summaries: dict[tuple[str, date], Outcomes] = field(default_factory=dict)

    def period(self, duty: str, unit: str, code: str) -> DuePeriod:
        """Return the period of a duty at a unit."""
        agency = self.units[duty[:3], unit]
        found: DuePeriod = DuePeriod.objects.get(
            assignment__obligation=self.duties[duty], assignment__agency=agency, code=code
        )
        return found


def at(day: date, hour: int) -> datetime:
    """Return an hour of a day in Viet Nam."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=VIETNAM)


def units_of(duty: str) -> tuple[str, ...]:
    """Return the units that have a duty with a day."""
    return UNITS if duty[:3] != "003" or duty in FOR_ALL_003 else UNITS[:1]


def days() -> Iterator[date]:
    """Return every day that is followed."""
    return (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))


@pytest.fixture
def follow(shared: Path) -> Follow:
    """The letters that came on the first day, read, confirmed, given out, and their schedules set."""
    made, country = Follow(), make_root("Thử nghiệm theo dõi")
    load_reference(at=at(FIRST, 6))
    for code, letter in LETTERS.items():
        holder = make_agency(country, letter.issuer, tier=Tier.PROVINCE, kind="ubnd_tinh")
        made.holders[code] = make_person(Role.OFFICER, holder, email=f"giu{code}@dongson.example")
        for unit in UNITS:
            agency = make_agency(holder, f"Đơn vị {unit} của {letter.issuer}")
            made.units[code, unit] = agency
            for role in (Role.LEADER, Role.OFFICER):
                person = make_person(role, agency, email=f"{role}.{code}{unit.lower()}@dongson.example")
                made.people[code, unit, role] = person
        made.coming[code] = (holder, shared / "samples" / letter.file)
    _give_out_what_came(made, FIRST)
    _say_when(made)
    return made


def _give_out_what_came(made: Follow, day: date) -> None:
    for code, letter in LETTERS.items():
        if letter.came_on == day:
            _give_out(made, code, letter)


def _give_out(made: Follow, code: str, letter: Letter) -> None:
    by, when = made.holders[code], at(letter.came_on, 7)
    holder, path = made.coming[code]
    file = ReceivedFile(path.name, path.read_bytes())
    document = receive_document(file=file, agency=holder, by=by, at=when)
    if code == "003":
        check_reading(document)
    facts = Particulars(letter.number, letter.symbol, letter.issuer, document.kind, document.subject, letter.signed_on)
    document = set_particulars(document=document, particulars=facts, by=by, at=when)
    duties = entered_tasks(document, by, when) if code == "003" else _confirmed(document, code, by, when)
    made.documents[code] = finish_review(document=document, by=by, at=when)
    made.duties |= duties
    for name, obligation in duties.items():
        units = units_of(name) if name in LAST_DAYS else ("A",)
        agencies = [made.units[code, unit] for unit in units]
        assign(document=document, obligations=[obligation], agencies=agencies, part=Part.LEAD, by=by, at=when)


def _confirmed(document: Document, code: str, by: Person, when: datetime) -> dict[str, Obligation]:
    """Return the duties of a letter by their names, each confirmed as it was read."""
    duties: dict[str, Obligation] = {}
    seen: Counter[str] = Counter()
    for obligation in document.obligations.order_by("position"):
        if obligation.deadline_raw:
            obligation = _dated(obligation, by, when)
        confirm_obligation(obligation=obligation, by=by, at=when)
        alike = f"{code}/{obligation.clause}/{obligation.kind}"
        seen[alike] += 1
        duties[alike if seen[alike] == 1 else f"{alike}/{seen[alike]}"] = obligation
    return duties


def _dated(obligation: Obligation, by: Person, when: datetime) -> Obligation:
    """Enter the last of February for the day that the letter writes and no calendar has, 30/02/2023."""
    facts = ObligationFacts(
        obligation.action,
        obligation.clause,
        DutyKind(obligation.kind),
        obligation.lead_names,
        deadline_operator=Operator.BY,
        deadline_on=date(2023, 2, 28),
    )
    return edit_obligation(obligation=obligation, facts=facts, version=obligation.version, by=by, at=when)


def _say_when(made: Follow) -> None:
    march, september = DueDay("by", date(2023, 3, 31)), DueDay("by", date(2023, 9, 30))
    schedules = {
        ASSESS_001: ScheduleFacts(6),
        ASSESS_002: ScheduleFacts(12, due_days=(DueDay("before", month=12, day=1),)),
        ASSESS_004: ScheduleFacts(3),
        CLASSIFY_004: ScheduleFacts(due_days=(march,), ground="Công văn 353/UBND-KGVX"),
        CONTROLS_004: ScheduleFacts(due_days=(september,), ground="Công văn 353/UBND-KGVX"),
    }
    for name, facts in schedules.items():
        set_schedule(obligation=made.duties[name], facts=facts, by=made.holders[name[:3]], at=at(FIRST, 7))


def act(made: Follow, day: date) -> None:
    """Do what people did on a day, before the reminders of the day are made."""
    for report in REPORTS:
        holder = made.holders[report.duty[:3]]
        if report.on == day:
            officer = made.people[report.duty[:3], report.unit, Role.OFFICER]
            period = made.period(report.duty, report.unit, report.code)
            submit_progress(period=period, facts=ProgressFacts(100, "Đã xong"), by=officer, at=at(day, 7))
        if report.answered_on == day:
            waiting = made.period(report.duty, report.unit, report.code).reports.latest("pk")
            if report.returned:
                return_progress(report=waiting, reason="Thiếu số liệu", by=holder, at=at(day, 7))
            else:
                accept_progress(report=waiting, by=holder, at=at(day, 7))
    if day != FIRST:
        _give_out_what_came(made, day)
    if day == date(2023, 9, 15):
        period = made.period(CONTROLS_000, "A", "1")
        officer = made.people["000", "A", Role.OFFICER]
        ask_extension(period=period, wanted_to=date(2023, 10, 31), reason="Chờ thiết bị", by=officer, at=at(day, 7))
    if day == MOVED[CONTROLS_000, "A", "1"][0]:
        asked = made.period(CONTROLS_000, "A", "1").extensions.get()
        grant_extension(extension=asked, granted_to=date(2023, 10, 31), by=made.holders["000"], at=at(day, 7))
    if day == KNOWN_FROM[QCVN_001]:
        facts = EventFacts(day, 30, working_days=True, ground="Thông báo ban hành quy chuẩn")
        record_event(obligation=made.duties[QCVN_001], facts=facts, by=made.holders["001"], at=at(day, 7))
    if day == KNOWN_FROM[APPROVE_003]:
        facts = EventFacts(day, 15, working_days=False, ground="Hồ sơ đề xuất cấp độ nhận ngày 10/8/2023")
        record_event(obligation=made.duties[APPROVE_003], facts=facts, by=made.holders["003"], at=at(day, 7))
    if day == MOVED[CONTROLS_002, "B", "1"][0]:
        holder, by = made.documents["002"].holder, made.holders["002"]
        later = make_document(holder, by, number="9", symbol="CT-TTg", signed_on=date(2024, 2, 23))
        facts = ScheduleFacts(due_days=(DueDay("by", date(2024, 12, 31)),), later_document=later)
        set_schedule(obligation=made.duties[CONTROLS_002], facts=facts, by=by, at=at(day, 7))


def live(made: Follow) -> None:
    """Let the days pass: people act, then the hourly jobs run, on Mondays twice."""
    for day in days():
        act(made, day)
        for hour in (8, 9) if day.weekday() == 0 else (8,):
            open_due_periods(at=at(day, hour))
            remind(at=at(day, hour))
        for code, _day in SUMMARIES:
            if day == _day:
                sum_up(made, code, day)


def sum_up(made: Follow, code: str, day: date) -> None:
    """Keep how the duties of a letter stand at the end of a day, on screen and in its summary."""
    document, holder = made.documents[code], made.holders[code]
    made.counted[code, day] = {name: n for name, n in state_counts(periods_of(document, holder), day).items() if n}
    head = PaperValues(
        agency=document.holder.name,
        place="Đông Sơn",
        symbol="BC-UBND",
        directive_title=document.title,
        signer_role=("CHỦ TỊCH",),
        signer_name="Nguyễn Văn A",
    )
    summary = period_summary_values(document, holder, head, period_from=FIRST, period_to=day, on=day)
    made.summaries[code, day] = summary.outcomes


class Offices:
    """The days of work of public offices, read from the project's reference alone."""

    def __init__(self, shared: Path) -> None:
        text = (shared / "reference" / "public-holidays.yaml").read_text()
        values = yaml.safe_load(text)
        self.off = {_day(one) for year in values["years"].values() for one in year.get("days_off", ())}
        self.extra = {_day(one) for year in values["years"].values() for one in year.get("extra_working_days", ())}

    def work(self, day: date) -> bool:
        """Tell whether offices work on a day."""
        return day in self.extra or (day.weekday() < 5 and day not in self.off)

    def back(self, day: date) -> date:
        """Return the day, or the last day of work before it."""
        return day if self.work(day) else self.back(day - timedelta(days=1))

    def on(self, day: date) -> date:
        """Return the day, or the next day of work."""
        return day if self.work(day) else self.on(day + timedelta(days=1))


def _day(one: object) -> date:
    value = one["date"] if isinstance(one, dict) else one
    return value if isinstance(value, date) else date.fromisoformat(str(value))


@dataclass(frozen=True)
class Expected:
    """A reminder that should exist: of which period and last day, which one, and on which day it is made."""

    duty: str
    unit: str
    code: str
    due_on: date
    stage: str
    on: date


def test_every_period_exists_once_and_none_that_should_not(follow, shared):
    live(follow)

    expected = Counter(
        (duty, unit, code, MOVED.get((duty, unit, code), (None, due))[1])
        for duty, due_days in LAST_DAYS.items()
        for code, due in due_days.items()
        for unit in units_of(duty)
    )
    found = Counter(
        (duty, unit, period.code, period.due_on)
        for duty in LAST_DAYS
        for unit in units_of(duty)
        for period in periods_at(follow, duty, unit)
    )
    assert found == expected
    undated = DuePeriod.objects.exclude(assignment__obligation__in=[follow.duties[name] for name in LAST_DAYS])
    duties = sum(letter.duties for letter in LETTERS.values()) - len(LAST_DAYS)
    assert Counter(undated.values_list("code", "due_on")) == {("1", None): duties}
    assert DuePeriod.objects.count() == expected.total() + duties
    check_reminders(follow, Offices(shared))
    assert (follow.counted, follow.summaries) == (COUNTED, SUMMARIES)


def periods_at(made: Follow, duty: str, unit: str) -> list[DuePeriod]:
    """Return the periods of a duty at a unit."""
    given = Assignment.objects.get(obligation=made.duties[duty], agency=made.units[duty[:3], unit])
    return list(given.periods.all())


def check_reminders(made: Follow, offices: Offices) -> None:
    """Compare what officers and leaders were told with what they should have been, day by day."""
    expected = expected_reminders(offices)
    wanted = Counter(
        (person.email, f"{one.due_on}:{one.stage}", made.period(one.duty, one.unit, one.code).pk, one.on)
        for one in expected
        for person in told_of(made, one)
    )
    told = Counter(
        (notice.person.email, ":".join(notice.key.split(":")[2:]), int(notice.key.split(":")[1]), notice_day(notice))
        for notice in Notice.objects.filter(key__startswith="period:").select_related("person")
    )
    assert told - wanted == Counter()
    assert wanted - told == Counter()
    # By hand: trước 22/3 and 20/9; 19/2 and 20/8 of 2023 were Sundays.
    assert by_hand(expected, (REPORT_001, "A"), (REPORT_001_AGAIN, "A")) == {
        (date(2023, 3, 21), "before-30", date(2023, 2, 17)),
        (date(2023, 3, 21), "before-7", date(2023, 3, 14)),
        (date(2023, 9, 19), "before-30", date(2023, 8, 18)),
        (date(2023, 9, 19), "before-7", date(2023, 9, 12)),
    }
    # The settled day, 30/9/2023, and the one a week before are Saturdays; reported on the Monday after.
    assert by_hand(expected, (CONTROLS_003, "B")) == {
        (date(2023, 9, 30), "before-30", date(2023, 8, 31)),
        (date(2023, 9, 30), "before-7", date(2023, 9, 22)),
        (date(2023, 9, 30), "day", date(2023, 9, 29)),
    }
    # The day is known from 10/8, when the dossier came; reported on 24/8.
    assert by_hand(expected, (APPROVE_003, "A")) == {
        (date(2023, 8, 25), "before-30", date(2023, 8, 10)),
        (date(2023, 8, 25), "before-7", date(2023, 8, 18)),
    }
    # Never reported: a Thursday, and each one after it; the leader hears of it two weeks later.
    until_october = {one for one in by_hand(expected, (MONEY_003, "B")) if one[2] < date(2023, 10, 1)}
    assert until_october == {
        (date(2023, 8, 31), "before-30", date(2023, 8, 1)),
        (date(2023, 8, 31), "before-7", date(2023, 8, 24)),
        (date(2023, 8, 31), "before-1", date(2023, 8, 30)),
        (date(2023, 8, 31), "day", date(2023, 8, 31)),
        (date(2023, 8, 31), "late-1", date(2023, 9, 7)),
        (date(2023, 8, 31), "late-2", date(2023, 9, 14)),
        (date(2023, 8, 31), "escalated", date(2023, 9, 14)),
        (date(2023, 8, 31), "late-3", date(2023, 9, 21)),
        (date(2023, 8, 31), "late-4", date(2023, 9, 28)),
    }


def by_hand(expected: set[Expected], *meant: tuple[str, str]) -> set[tuple[date, str, date]]:
    """Return the expected reminders of duties at units as what can be worked out by hand: last day, stage, day."""
    return {(one.due_on, one.stage, one.on) for one in expected if (one.duty, one.unit) in meant}


def told_of(made: Follow, one: Expected) -> list[Person]:
    """Return who should be told: officer and leader of the unit, of an escalation the leader alone."""
    roles = (Role.LEADER,) if one.stage == "escalated" else (Role.LEADER, Role.OFFICER)
    return [made.people[one.duty[:3], one.unit, role] for role in roles]


def notice_day(notice: Notice) -> date:
    """Return the day on which somebody was told."""
    return notice.made_at.astimezone(VIETNAM).date()


def expected_reminders(offices: Offices) -> set[Expected]:
    """Return the reminders that should exist, by walking every day of work with every period that is open on it."""
    found: dict[tuple[str, str, str, date, str], Expected] = {}
    for duty, due_days in LAST_DAYS.items():
        for code, last_day in due_days.items():
            for unit in units_of(duty):
                opened = max(LETTERS[duty[:3]].came_on, begins(code))
                for day in (day for day in days() if day >= opened and offices.work(day)):
                    due_on = due_on_day(duty, unit, code, last_day, day)
                    if due_on is None or not is_open(duty, unit, code, day):
                        continue
                    for stage in stages(due_on, opened, day, offices):
                        found.setdefault(
                            (duty, unit, code, due_on, stage), Expected(duty, unit, code, due_on, stage, day)
                        )
    return set(found.values())


def begins(code: str) -> date:
    """Return the first day of a period, by its code; the only one of a duty begins when the test does."""
    year, _, part = code.partition("-")
    if len(year) != 4:
        return FIRST
    if part.isdigit():
        return date(int(year), int(part), 1)
    month = 1 if not part else (int(part[1]) - 1) * (6 if part[0] == "H" else 3) + 1
    return date(int(year), month, 1)


def due_on_day(duty: str, unit: str, code: str, last_day: date, day: date) -> date | None:
    """Return the last day that a period had on a day."""
    if day < KNOWN_FROM.get(duty, FIRST):
        return None
    from_day, moved_to = MOVED.get((duty, unit, code), (date.max, last_day))
    return moved_to if day >= from_day else last_day


def is_open(duty: str, unit: str, code: str, day: date) -> bool:
    """Tell whether something was left to do on a day."""
    done = False
    for report in REPORTS_ON.get((duty, unit, code), ()):
        if report.on <= day:
            done = not (report.returned and report.answered_on and report.answered_on <= day)
    return not done


def stages(due_on: date, opened: date, day: date, offices: Offices) -> list[str]:
    """Return the latest reminder that has fallen due by a day, and the escalation when it has."""
    marks = []
    for n, name in ((30, "before-30"), (7, "before-7"), (1, "before-1"), (0, "day")):
        mark = due_on - timedelta(days=n)
        if mark >= opened:
            marks.append((offices.back(mark) if offices.back(mark) >= opened else offices.on(mark), name))
    weeks = (day - due_on).days // 7
    marks += [(offices.on(due_on + timedelta(days=7 * n)), f"late-{n}") for n in range(1, weeks + 1)]
    past = [name for mark, name in marks if opened <= mark <= day]
    escalated = day >= offices.on(due_on + timedelta(days=14))
    return [*past[-1:], *(["escalated"] if escalated else [])]
