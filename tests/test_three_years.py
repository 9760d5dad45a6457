"""Four real letters of 2023 followed together for three years: each period, reminder and escalation exists once.

The letters lie beside the repository; their blank numbers and dates are entered here. What should exist is written
down in this file: last days by hand, reminders by walking the days of a calendar that is read here again.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from ancam.accounts.models import Agency, Person, Role, Tier
from ancam.accounts.tests.factories import make_agency, make_person, make_root
from ancam.directives.due_rules import DueDay
from ancam.directives.models import Assignment, Document, DuePeriod, DutyKind, Obligation, Operator, Part
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

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

FIRST, LAST = date(2023, 2, 15), date(2026, 2, 14)
UNITS = ("A", "B")


@dataclass(frozen=True)
class Letter:
    """What the test enters of a letter, and how many duties it gives."""

    file: str
    issuer: str
    number: str
    symbol: str
    signed_on: date
    duties: int


LETTERS = {
    "000": Letter("000_fed331d7b14f068d.txt", "UBND tỉnh Ninh Thuận", "205", "UBND-KTTH", date(2023, 1, 16), 16),
    "001": Letter("001_2915579710d2bf2a.txt", "UBND tỉnh Thanh Hóa", "1187", "UBND-CNTT", date(2023, 2, 1), 25),
    "002": Letter("002_74dd6489e8a541d7.txt", "UBND huyện Vĩnh Linh", "77", "UBND-VHTT", date(2023, 2, 13), 7),
    "004": Letter("004_4a50426e207f4865.txt", "Sở KH&CN Quảng Ngãi", "150", "SKHCN-HCTH", date(2023, 2, 6), 9),
}

# The duties with a day: letter, clause, kind, which of several alike. Both units have these, unit A the rest too.
CLASSIFY_000, CONTROLS_000 = "000/1.b/classify", "000/1.b/implement_controls"
CLASSIFY_001, CONTROLS_001 = "001/1.a/classify", "001/1.a/implement_controls"
ASSESS_001, QCVN_001 = "001/1.b/periodic_assessment", "001/1.e/apply_qcvn"
GUIDE_001 = "001/2.c/guide"
REPORT_001, REPORT_001_AGAIN = "001/2.d/supervise_report/2", "001/2.d/supervise_report/3"
CLASSIFY_002, CONTROLS_002, ASSESS_002 = "002/1/classify", "002/1/implement_controls", "002/2/periodic_assessment"
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

KNOWN_FROM = {QCVN_001: date(2023, 11, 20)}
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
]


COUNTED = {
    date(2023, 3, 21): {"accepted": 2, "submitted": 1, "returned": 1, "not_started": 28, "overdue": 2, "total": 32},
    date(2023, 9, 19): {"accepted": 8, "submitted": 1, "not_started": 25, "overdue": 2, "total": 34},
}
"""How the 25 duties of letter 001 stood at both units, at the end of the last days for its two reports."""

SUMMARIES = {
    date(2023, 3, 21): Outcomes(accepted_on_time=2, awaiting=1, returned=1, late=2),
    date(2023, 9, 19): Outcomes(accepted_on_time=5, accepted_late=3, awaiting=1, late=2, not_yet_due=1),
}
"""What the summary of letter 001 says on those days of everything due since the first day."""


@dataclass
class Follow:
    """The instance that is followed: one holder with two units for each letter, and who works there."""

    documents: dict[str, Document] = field(default_factory=dict)
    duties: dict[str, Obligation] = field(default_factory=dict)
    units: dict[tuple[str, str], Agency] = field(default_factory=dict)
    people: dict[tuple[str, str, str], Person] = field(default_factory=dict)
    holders: dict[str, Person] = field(default_factory=dict)
    counted: dict[date, dict[str, int]] = field(default_factory=dict)
    summaries: dict[date, Outcomes] = field(default_factory=dict)

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


def days() -> Iterator[date]:
    """Return every day that is followed."""
    return (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))


@pytest.fixture
def follow(shared: Path) -> Follow:
    """The four letters, read, confirmed, given out on the first day, and their schedules set."""
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
        _give_out(made, code, letter, holder, shared / "samples" / letter.file)
    _say_when(made)
    return made


def _give_out(made: Follow, code: str, letter: Letter, holder: Agency, path: Path) -> None:
    by, when = made.holders[code], at(FIRST, 7)
    file = ReceivedFile(path.name, path.read_bytes())
    document = receive_document(file=file, agency=holder, by=by, at=when)
    facts = Particulars(letter.number, letter.symbol, letter.issuer, document.kind, document.subject, letter.signed_on)
    document = set_particulars(document=document, particulars=facts, by=by, at=when)
    for obligation in document.obligations.all():
        if obligation.deadline_raw:
            obligation = _dated(obligation, by, when)
        confirm_obligation(obligation=obligation, by=by, at=when)
    made.documents[code] = finish_review(document=document, by=by, at=when)
    seen: Counter[str] = Counter()
    for obligation in document.obligations.order_by("position"):
        alike = f"{code}/{obligation.clause}/{obligation.kind}"
        seen[alike] += 1
        name = alike if seen[alike] == 1 else f"{alike}/{seen[alike]}"
        units = UNITS if name in LAST_DAYS else ("A",)
        made.duties[name] = obligation
        agencies = [made.units[code, unit] for unit in units]
        assign(document=document, obligations=[obligation], agencies=agencies, part=Part.LEAD, by=by, at=when)


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
        if day in SUMMARIES:
            sum_up(made, day)


def sum_up(made: Follow, day: date) -> None:
    """Keep how the duties of letter 001 stand at the end of a day, on screen and in its summary."""
    document, holder = made.documents["001"], made.holders["001"]
    made.counted[day] = {name: n for name, n in state_counts(periods_of(document, holder), day).items() if n}
    head = PaperValues(
        agency=document.holder.name,
        place="Thanh Hóa",
        symbol="BC-UBND",
        directive_title=document.title,
        signer_role=("CHỦ TỊCH",),
        signer_name="Nguyễn Văn A",
    )
    summary = period_summary_values(document, holder, head, period_from=FIRST, period_to=day, on=day)
    made.summaries[day] = summary.outcomes


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
        for unit in UNITS
    )
    found = Counter(
        (duty, unit, period.code, period.due_on)
        for duty in LAST_DAYS
        for unit in UNITS
        for period in periods_at(follow, duty, unit)
    )
    assert found == expected
    undated = DuePeriod.objects.exclude(assignment__obligation__in=[follow.duties[name] for name in LAST_DAYS])
    duties = sum(letter.duties for letter in LETTERS.values()) - len(LAST_DAYS)
    assert Counter(undated.values_list("code", "due_on")) == {("1", None): duties}
    check_reminders(follow, Offices(shared))
    assert (follow.counted, follow.summaries) == (COUNTED, SUMMARIES)


def periods_at(made: Follow, duty: str, unit: str) -> list[DuePeriod]:
    """Return the periods of a duty at a unit."""
    given = Assignment.objects.get(obligation=made.duties[duty], agency=made.units[duty[:3], unit])
    return list(given.periods.all())


def check_reminders(made: Follow, offices: Offices) -> None:
    """Compare what officers and leaders were told with what they should have been, day by day."""
    wanted = Counter(
        (person.email, f"{one.due_on}:{one.stage}", made.period(one.duty, one.unit, one.code).pk, one.on)
        for one in expected_reminders(offices)
        for person in told_of(made, one)
    )
    told = Counter(
        (notice.person.email, ":".join(notice.key.split(":")[2:]), int(notice.key.split(":")[1]), notice_day(notice))
        for notice in Notice.objects.filter(key__startswith="period:").select_related("person")
    )
    assert told - wanted == Counter()
    assert wanted - told == Counter()
    # By hand: trước 22/3 and 20/9; 19/2 and 20/8 of 2023 were Sundays.
    reports = {
        (one.due_on, one.stage, one.on)
        for one in expected_reminders(offices)
        if (one.duty, one.unit) in ((REPORT_001, "A"), (REPORT_001_AGAIN, "A"))
    }
    assert reports == {
        (date(2023, 3, 21), "before-30", date(2023, 2, 17)),
        (date(2023, 3, 21), "before-7", date(2023, 3, 14)),
        (date(2023, 9, 19), "before-30", date(2023, 8, 18)),
        (date(2023, 9, 19), "before-7", date(2023, 9, 12)),
    }


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
            for unit in UNITS:
                opened = max(FIRST, begins(code))
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
    for report in REPORTS:
        if (report.duty, report.unit, report.code) == (duty, unit, code) and report.on <= day:
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
