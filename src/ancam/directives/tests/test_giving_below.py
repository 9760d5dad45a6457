from datetime import date

import pytest

from ancam.accounts.models import Role, Tier
from ancam.accounts.selectors import ledger_lines
from ancam.accounts.tests.factories import make_agency, make_person
from ancam.audit.models import Entry
from ancam.directives import selectors
from ancam.directives.errors import (
    ChildrenUndecided,
    DoneDayRefused,
    GiveBelowRefused,
    TooLong,
    TooManyPairs,
    WrongState,
)
from ancam.directives.models import (
    Assignment,
    AssignmentState,
    Cadence,
    Document,
    DuePeriod,
    Obligation,
    Part,
    PeriodState,
)
from ancam.directives.services import (
    BelowFacts,
    ChildrenFate,
    DoneBefore,
    EventFacts,
    ProgressFacts,
    ReportFacts,
    ScheduleFacts,
    accept_progress,
    ask_extension,
    enter_done_before,
    give_below,
    grant_extension,
    progress_report_values,
    record_event,
    set_schedule,
    submit_progress,
    withdraw_assignment,
)
from ancam.directives.tests.factories import AT, ON, make_assignment, make_confirmed, make_tracked, officer_of
from ancam.directives.tests.to_the_end import open_due_periods
from ancam.web.replies import Forbidden

DUE = date(2026, 11, 30)


@pytest.fixture
def unit(commune):
    return make_agency(commune, "Phòng Kinh tế xã An Bình", tier=Tier.COMMUNE, kind="phong_kt_xa")


@pytest.fixture
def other_unit(commune):
    return make_agency(commune, "Phòng Văn hóa - Xã hội xã An Bình", tier=Tier.COMMUNE, kind="phong_vhxh_xa")


@pytest.fixture
def below(assignment, assignee, unit):
    """A part that the commune gave to one of its units."""
    facts = BelowFacts(words="Kiểm đếm camera tại trụ sở", due_on=date(2026, 11, 25))
    [made] = give_below(assignment=assignment, agencies=[unit], facts=facts, by=assignee, at=AT)
    return made


def given_below(assignment, agencies, by, **facts):
    return give_below(assignment=assignment, agencies=agencies, facts=BelowFacts(**facts), by=by, at=AT)


def test_a_part_is_given_on_in_its_own_words_and_by_its_own_day(assignment, below, unit):
    period = below.periods.get()

    assert (below.parent, below.agency, below.task) == (assignment, unit, "Kiểm đếm camera tại trụ sở")
    assert (period.due_on, period.state) == (date(2026, 11, 25), PeriodState.NOT_STARTED)
    assert assignment.periods.get().due_on == DUE


def test_the_whole_duty_is_given_on_by_its_own_last_day_when_nothing_else_is_said(assignment, assignee, unit):
    [made] = given_below(assignment, [unit], assignee, part=Part.SUPPORT)

    assert (made.task, made.periods.get().due_on) == (assignment.obligation.action, DUE)


@pytest.mark.parametrize("due_on", [date(2026, 12, 1), date(2026, 11, 1)])
def test_a_day_later_than_the_givers_or_past_is_refused(assignment, assignee, unit, due_on):
    with pytest.raises(GiveBelowRefused) as refused:
        given_below(assignment, [unit], assignee, due_on=due_on)

    assert refused.value.values["field"] == "due_on"
    assert not assignment.children.exists()


def test_a_duty_that_returns_is_due_below_so_many_days_earlier(province, commune, unit, holder, assignee):
    duty = make_confirmed(
        make_tracked(province, 0, by=holder), cadence=Cadence.MONTHLY, deadline_on=None, last_day=None
    )
    given = make_assignment(duty, commune, code="2026-11", ends_on=DUE, due_on=DUE)

    [made] = given_below(given, [unit], assignee, days_earlier=5)

    assert [(one.code, one.due_on) for one in made.periods.all()] == [("2026-11", date(2026, 11, 25))]
    with pytest.raises(GiveBelowRefused):
        given_below(given, [unit], assignee, due_on=date(2026, 11, 25))
    with pytest.raises(GiveBelowRefused):
        given_below(given, [unit], assignee, days_earlier=91)


@pytest.fixture
def monthly(province, commune, holder):
    """A duty of each month, given to the commune in October; that month and November are finished."""
    duty = make_confirmed(
        make_tracked(province, 0, by=holder), cadence=Cadence.MONTHLY, deadline_on=None, last_day=None
    )
    values = {"begins_on": date(2026, 10, 1), "assigned_at": AT.replace(month=10), "state": PeriodState.ACCEPTED}
    given = make_assignment(duty, commune, code="2026-10", due_on=date(2026, 10, 31), **values)
    DuePeriod.objects.create(
        assignment=given, code="2026-11", begins_on=date(2026, 11, 1), due_on=DUE, state=PeriodState.ACCEPTED
    )
    return given


def test_a_duty_that_returns_is_given_on_and_taken_back_between_two_of_its_periods(monthly, assignee, unit, holder):
    [made] = given_below(monthly, [unit], assignee)

    withdraw_assignment(assignment=made, reason="Nhầm", by=assignee, at=AT)
    withdraw_assignment(assignment=monthly, reason="Không còn", by=holder, at=AT)

    monthly.refresh_from_db()
    assert monthly.state == AssignmentState.WITHDRAWN


def test_a_part_that_returns_does_not_outlive_the_whole(monthly, assignee, unit, holder):
    [made] = given_below(monthly, [unit], assignee)
    made.periods.update(state=PeriodState.ACCEPTED)

    with pytest.raises(ChildrenUndecided):
        withdraw_assignment(assignment=monthly, reason="Không còn", by=holder, at=AT)
    withdraw_assignment(assignment=monthly, reason="Không còn", children=ChildrenFate.WITHDRAW, by=holder, at=AT)
    open_due_periods(at=AT.replace(month=12))

    made.refresh_from_db()
    assert made.state == AssignmentState.WITHDRAWN
    assert not made.periods.filter(code="2026-12").exists()


def test_what_the_giver_finished_earlier_is_not_opened_below(monthly, assignee, unit, holder):
    facts = ScheduleFacts(every_months=1, begins_on=date(2026, 1, 1))
    set_schedule(obligation=monthly.obligation, facts=facts, by=holder, at=AT)
    monthly.periods.exclude(code="2026-09").update(state=PeriodState.ACCEPTED)

    [made] = given_below(monthly, [unit], assignee)
    open_due_periods(at=AT.replace(month=12))

    assert set(made.periods.values_list("code", flat=True)) == {"2026-09", "2026-11", "2026-12"}


def test_a_part_given_on_while_the_whole_waits_for_its_answer_has_its_period(assignment, assignee, unit):
    submit_progress(period=assignment.periods.get(), facts=ProgressFacts(100, "Xong"), by=assignee, at=AT)

    [made] = given_below(assignment, [unit], assignee)

    assert made.periods.get().due_on == DUE


def test_further_below_nobody_has_more_time_than_the_giver(below, unit):
    [deeper] = given_below(below, [make_agency(unit, "Tổ công nghệ")], officer_of(unit))

    assert deeper.periods.get().due_on == date(2026, 11, 25)


def test_further_below_a_duty_that_returns_is_due_as_early_as_for_the_giver(province, commune, unit, holder, assignee):
    duty = make_confirmed(
        make_tracked(province, 0, by=holder), cadence=Cadence.MONTHLY, deadline_on=None, last_day=None
    )
    given = make_assignment(duty, commune, code="2026-11", ends_on=DUE, due_on=DUE)
    [part] = given_below(given, [unit], assignee, days_earlier=5)
    first, second = make_agency(unit, "Tổ một"), make_agency(unit, "Tổ hai")

    [same] = given_below(part, [first], officer_of(unit))
    with pytest.raises(GiveBelowRefused):
        given_below(part, [second], officer_of(unit), days_earlier=2)

    assert same.periods.get().due_on == date(2026, 11, 25)


def test_a_last_day_before_the_period_begins_is_refused(monthly, assignee, unit):
    with pytest.raises(GiveBelowRefused) as refused:
        given_below(monthly, [unit], assignee, days_earlier=30)

    assert refused.value.values["field"] == "days_earlier"


def test_an_event_of_one_agency_moves_the_days_of_all_below_it(below, unit, holder, province, commune, assignee):
    duty = make_confirmed(make_tracked(province, 0, by=holder), deadline_on=None, last_day=None, deadline_text="")
    whole = make_assignment(duty, commune)
    [part] = given_below(whole, [unit], assignee)
    [deeper] = given_below(part, [make_agency(unit, "Tổ công nghệ")], officer_of(unit))
    facts = EventFacts(date(2026, 11, 19), 10, working_days=False, ground="Biên bản")

    record_event(obligation=duty, facts=facts, assignment=whole, by=holder, at=AT)

    days = {one.periods.get().due_on for one in (whole, part, deeper)}
    assert days == {date(2026, 11, 29)}


@pytest.mark.parametrize("who", ["holder", "outsider"])
def test_only_the_assigned_agency_gives_its_duty_on(request, assignment, unit, who):
    with pytest.raises(Forbidden):
        given_below(assignment, [unit], request.getfixturevalue(who))


def test_only_agencies_below_get_it(assignment, assignee, commune, other_commune):
    for agency in (commune, other_commune):
        with pytest.raises(GiveBelowRefused):
            given_below(assignment, [agency], assignee)


def test_what_is_finished_or_withdrawn_is_not_given_on(assignment, assignee, holder, unit):
    DuePeriod.objects.update(state=PeriodState.ACCEPTED)
    with pytest.raises(WrongState):
        given_below(assignment, [unit], assignee)

    DuePeriod.objects.update(state=PeriodState.NOT_STARTED)
    withdraw_assignment(assignment=assignment, reason="Nhầm", by=holder, at=AT)
    with pytest.raises(WrongState):
        given_below(assignment, [unit], assignee)


def test_giving_on_is_bounded(assignment, assignee, unit, other_unit, monkeypatch):
    with pytest.raises(TooLong):
        given_below(assignment, [unit], assignee, words="x" * 4_001)

    monkeypatch.setattr("ancam.directives.services.giving_below.MOST_PAIRS", 1)
    with pytest.raises(TooManyPairs):
        given_below(assignment, [unit, other_unit], assignee)


def test_an_agency_gets_a_duty_once_from_whomever(assignment, assignee, unit, other_unit):
    make_assignment(assignment.obligation, unit)

    made = given_below(assignment, [unit, other_unit, other_unit], assignee)

    assert [one.agency for one in made] == [other_unit]


def test_a_duty_is_given_on_as_deep_as_the_tree(below, unit, holder):
    team = make_agency(unit, "Tổ công nghệ")

    [deeper] = given_below(below, [team], officer_of(unit))

    assert deeper.giver == unit
    assert deeper.task == deeper.obligation.action
    assert deeper in Assignment.objects.all().visible_to(holder)


def test_five_people_see_the_chain_as_far_as_it_is_theirs(
    assignment, below, holder, assignee, outsider, unit, other_unit, commune
):
    make_assignment(assignment.obligation, other_unit, parent=assignment)
    seen = {
        name: set(Assignment.objects.all().visible_to(person).values_list("agency", flat=True))
        for name, person in {
            "holder": holder,
            "giver": assignee,
            "unit": officer_of(unit),
            "sibling": officer_of(other_unit),
            "outsider": outsider,
        }.items()
    }

    everything = {commune.pk, unit.pk, other_unit.pk}
    assert seen == {
        "holder": everything,
        "giver": everything,
        "unit": {unit.pk},
        "sibling": {other_unit.pk},
        "outsider": set(),
    }
    assert list(Document.objects.all().visible_to(officer_of(unit))) == [assignment.obligation.document]
    assert list(Obligation.objects.all().visible_to(officer_of(unit))) == [assignment.obligation]


def test_who_answers_for_the_giver_today_sees_what_it_gave(assignment, below, holder, other_commune, outsider):
    assignment.answering_agency, assignment.answering_confirmed_by, assignment.answering_confirmed_at = (
        other_commune,
        holder,
        AT,
    )
    assignment.save()

    below.refresh_from_db()
    assert below.giver == other_commune
    assert below in Assignment.objects.all().visible_to(outsider)


def test_the_giver_and_not_the_holder_answers_the_report(below, unit, assignee, holder):
    report = submit_progress(period=below.periods.get(), facts=ProgressFacts(100, "Xong"), by=officer_of(unit), at=AT)

    assert list(selectors.home(assignee, ON).to_answer) == [below.periods.get()]
    assert not selectors.home(holder, ON).to_answer.exists()
    with pytest.raises(Forbidden):
        accept_progress(report=report, by=holder, at=AT)
    accept_progress(report=report, by=assignee, at=AT)

    assert below.periods.get().state == PeriodState.ACCEPTED
    assert below.parent.periods.get().state == PeriodState.NOT_STARTED


def test_the_giver_and_not_the_holder_grants_more_time(below, unit, assignee, holder):
    asked = ask_extension(
        period=below.periods.get(), wanted_to=date(2026, 11, 28), reason="Thiếu người", by=officer_of(unit), at=AT
    )

    with pytest.raises(Forbidden):
        grant_extension(extension=asked, granted_to=date(2026, 11, 28), by=holder, at=AT)
    grant_extension(extension=asked, granted_to=date(2026, 11, 28), by=assignee, at=AT)

    assert below.periods.get().due_on == date(2026, 11, 28)


def test_a_giver_is_asked_what_becomes_of_the_parts_when_its_own_is_taken_back(assignment, below, holder):
    with pytest.raises(ChildrenUndecided) as refused:
        withdraw_assignment(assignment=assignment, reason="Nhầm", by=holder, at=AT)

    assert refused.value.values["count"] == 1
    assignment.refresh_from_db()
    assert assignment.state == AssignmentState.STANDING


def test_parts_are_taken_back_with_the_whole_as_deep_as_they_go(assignment, below, unit, holder):
    [deeper] = given_below(below, [make_agency(unit, "Tổ công nghệ")], officer_of(unit))

    withdraw_assignment(assignment=assignment, reason="Nhầm", children=ChildrenFate.WITHDRAW, by=holder, at=AT)

    states = Assignment.objects.filter(pk__in=[assignment.pk, below.pk, deeper.pk]).values_list("state", flat=True)
    assert set(states) == {AssignmentState.WITHDRAWN}
    assert Entry.objects.filter(action="directives.withdraw_assignment").count() == 3


def test_parts_can_stay_and_answer_to_who_gave_the_whole(assignment, below, holder, province, unit):
    withdraw_assignment(assignment=assignment, reason="Nhầm", children=ChildrenFate.LIFT, by=holder, at=AT)

    below = Assignment.objects.get(pk=below.pk)
    assert (below.state, below.parent, below.giver) == (AssignmentState.STANDING, None, province)
    line = Entry.objects.get(action="directives.lift_assignment")
    assert line in ledger_lines(make_person(Role.AUDITOR, unit))


def test_a_finished_part_does_not_hold_the_whole_back(assignment, below, holder):
    below.periods.update(state=PeriodState.ACCEPTED)

    withdraw_assignment(assignment=assignment, reason="Nhầm", by=holder, at=AT)

    below.refresh_from_db()
    assert below.state == AssignmentState.STANDING


def test_the_ledger_tells_each_unit_what_it_was_given_and_the_giver_the_whole(assignment, below, unit, other_unit):
    whole = Entry.objects.get(action="directives.give_below")
    own = Entry.objects.get(action="directives.receive_below")

    assert whole.change["agencies"] == [unit.name]
    assert len(whole.change["pairs_digest"]) == 64
    assert list(ledger_lines(make_person(Role.AUDITOR, unit))) == [own]
    assert not ledger_lines(make_person(Role.AUDITOR, other_unit)).exists()


def test_the_holder_reports_on_the_whole_and_the_giver_and_the_unit_on_their_own(
    assignment, below, province, commune, unit, holder, assignee
):
    document = assignment.obligation.document
    facts = ReportFacts(period_from=date(2026, 11, 1), period_to=date(2026, 11, 30), symbol="BC")
    values = {
        agency.name: progress_report_values(document=document, agency=agency, facts=facts, by=by)
        for agency, by in ((province, holder), (commune, assignee), (unit, officer_of(unit)))
    }

    tasks = {name: [row.task for row in one.rows] for name, one in values.items()}
    whole = f"Điểm {assignment.obligation.clause}: {assignment.obligation.action}"
    part = f"Điểm {assignment.obligation.clause}: {below.words}"
    assert tasks == {province.name: [whole], commune.name: [whole], unit.name: [part]}


def test_the_holder_does_not_enter_a_part_of_others_as_done(assignment, below, holder):
    facts = DoneBefore(date(2026, 11, 19), "Báo cáo 12/BC-UBND")

    with pytest.raises(DoneDayRefused):
        enter_done_before(
            document=assignment.obligation.document, periods=list(below.periods.all()), facts=facts, by=holder, at=AT
        )


def test_many_units_cost_the_queries_of_one(province, commune, assignment, assignee, django_assert_max_num_queries):
    units = [make_agency(commune, f"Tổ dân phố {number}") for number in range(40)]

    with django_assert_max_num_queries(30):
        made = given_below(assignment, units, assignee)

    assert len(made) == 40
