from datetime import date

import pytest

from ancam.audit.models import Entry
from ancam.audit.selectors import history_of
from ancam.directives.errors import (
    ChangedMeanwhile,
    DateMissing,
    DateWaits,
    DayImplausible,
    FieldRequired,
    NotInReview,
    TooLong,
    WrongState,
)
from ancam.directives.models import CorrectionKind, ObligationState, Operator, Origin, PeriodState
from ancam.directives.services import (
    ObligationFacts,
    add_obligation,
    confirm_all_certain,
    confirm_obligation,
    drop_obligation,
    edit_obligation,
    restore_obligation,
)
from ancam.directives.tests.factories import (
    AT,
    make_assignment,
    make_document,
    make_obligation,
    make_period,
    make_tracked,
)
from ancam.web.replies import Forbidden

IMPOSSIBLE = [{"code": "impossible_date", "message": "30/02/2027 không tồn tại", "spans": []}]


@pytest.fixture
def document(province, holder):
    return make_document(province, holder)


def edited(**values):
    facts = {"action": "Phổ biến văn bản", "clause": "1.1", "leads": ["Các sở, ban, ngành"], **values}
    return ObligationFacts(**facts)


def test_confirming_names_the_person_and_writes_the_ledger(document, holder):
    obligation = confirm_obligation(obligation=make_obligation(document), by=holder, at=AT)

    assert (obligation.state, obligation.confirmed_by) == (ObligationState.CONFIRMED, holder)
    assert obligation.corrections.get().what == CorrectionKind.CONFIRM
    assert Entry.objects.last().action == "directives.confirm_obligation"


def test_confirming_twice_changes_nothing(document, holder):
    obligation = confirm_obligation(obligation=make_obligation(document), by=holder, at=AT)

    confirm_obligation(obligation=obligation, by=holder, at=AT)

    assert obligation.corrections.count() == 1


def test_an_impossible_date_waits_for_a_person(document, holder):
    obligation = make_obligation(
        document, anomalies=IMPOSSIBLE, deadline_on=None, last_day=None, deadline_raw="30 tháng 02 năm 2027"
    )

    with pytest.raises(DateWaits) as refusal:
        confirm_obligation(obligation=obligation, by=holder, at=AT)

    assert refusal.value.raw == "30 tháng 02 năm 2027"


@pytest.mark.parametrize(
    ("operator", "on", "last"),
    [(Operator.BEFORE, date(2027, 3, 2), date(2027, 3, 1)), (Operator.NONE, None, None)],
)
def test_a_date_or_its_absence_given_by_a_person_ends_the_wait(document, holder, operator, on, last):
    obligation = make_obligation(document, anomalies=IMPOSSIBLE, deadline_on=None, last_day=None)

    facts = edited(deadline_operator=operator, deadline_on=on)
    obligation = edit_obligation(obligation=obligation, facts=facts, version=1, confirm=True, by=holder, at=AT)

    assert obligation.state == ObligationState.CONFIRMED
    assert obligation.last_day == last
    assert obligation.anomalies == []


def test_a_last_day_on_a_rest_day_is_flagged(document, holder):
    facts = edited(deadline_operator=Operator.BY, deadline_on=date(2026, 12, 20))

    obligation = edit_obligation(obligation=make_obligation(document), facts=facts, version=1, by=holder, at=AT)

    assert [anomaly["code"] for anomaly in obligation.anomalies] == ["deadline_on_rest_day"]


def test_every_field_that_changes_is_kept_before_and_after(document, holder):
    obligation = make_obligation(document, "Phổ biến")

    facts = edited(
        action="Phổ biến, quán triệt", deadline_operator=Operator.BY, deadline_on=date(2026, 12, 1), deadline_text="x"
    )
    edit_obligation(obligation=obligation, facts=facts, version=1, by=holder, at=AT)

    kept = {row.field: (row.before, row.after) for row in obligation.corrections.filter(what=CorrectionKind.EDIT)}
    assert kept["action"] == ("Phổ biến", "Phổ biến, quán triệt")
    assert kept["deadline_operator"] == ("before", "by")
    assert "leads" not in kept


def test_two_people_do_not_overwrite_each_other(document, holder):
    obligation = make_obligation(document)
    edit_obligation(obligation=obligation, facts=edited(action="Một"), version=1, by=holder, at=AT)

    with pytest.raises(ChangedMeanwhile):
        edit_obligation(obligation=obligation, facts=edited(action="Hai"), version=1, by=holder, at=AT)

    obligation.refresh_from_db()
    assert obligation.action == "Một"


def test_an_edit_keeps_the_kind_of_a_body_that_stays(document, holder):
    facts = edited(leads=["Các sở, ban, ngành", "Trường Chính trị"])

    obligation = edit_obligation(obligation=make_obligation(document), facts=facts, version=1, by=holder, at=AT)

    assert [actor["kind"] for actor in obligation.leads] == ["so_ban_nganh", None]


def test_open_assignments_follow_a_corrected_deadline(province, commune, holder):
    obligation = make_tracked(province, by=holder).obligations.get()
    period = make_period(obligation, commune)

    facts = edited(deadline_operator=Operator.BY, deadline_on=date(2026, 12, 10))
    edit_obligation(obligation=obligation, facts=facts, version=1, by=holder, at=AT)

    period.refresh_from_db()
    assert period.due_on == date(2026, 12, 10)


def test_a_day_before_the_letter_is_flagged(document, holder):
    facts = edited(deadline_operator=Operator.BY, deadline_on=date(2025, 1, 15))

    obligation = edit_obligation(obligation=make_obligation(document), facts=facts, version=1, by=holder, at=AT)

    assert "past_deadline" in obligation.anomaly_codes


def test_a_deadline_does_not_move_under_what_was_reported_done_and_its_move_is_told(
    province, commune, other_commune, holder
):
    obligation = make_tracked(province, by=holder).obligations.get()
    done = make_period(obligation, commune, state=PeriodState.SUBMITTED)
    open_one = make_assignment(obligation, other_commune)

    facts = edited(deadline_operator=Operator.BY, deadline_on=date(2026, 11, 24))
    edit_obligation(obligation=obligation, facts=facts, version=1, by=holder, at=AT)

    done.refresh_from_db()
    assert done.due_on == date(2026, 11, 30)
    line = history_of("directives.assignment", open_one.pk).get()
    assert (line.change["before"], line.change["label"]) == ("2026-11-30", "24/11/2026")


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"action": "  "}, FieldRequired),
        ({"action": "a" * 4001}, TooLong),
        ({"leads": ["a" * 301]}, TooLong),
        ({"leads": [f"Sở {n}" for n in range(41)]}, TooLong),
        ({"deadline_operator": Operator.BY}, DateMissing),
        ({"deadline_operator": Operator.BEFORE, "deadline_on": date(1, 1, 1)}, DayImplausible),
    ],
)
def test_bad_input_changes_nothing(document, holder, values, error):
    obligation = make_obligation(document)

    with pytest.raises(error):
        edit_obligation(obligation=obligation, facts=edited(**values), version=1, by=holder, at=AT)

    assert not obligation.corrections.exists()


def test_only_certain_obligations_are_confirmed_together(document, holder):
    sure = make_obligation(document)
    make_obligation(document, confidence=0.79)
    make_obligation(document, anomalies=IMPOSSIBLE)

    assert confirm_all_certain(document=document, by=holder, at=AT) == 1

    assert [one.pk for one in document.obligations.filter(state=ObligationState.CONFIRMED)] == [sure.pk]
    assert confirm_all_certain(document=document, by=holder, at=AT) == 0


def test_a_dropped_obligation_can_be_restored(document, holder):
    obligation = drop_obligation(obligation=make_obligation(document), by=holder, at=AT)
    assert obligation.state == ObligationState.DROPPED

    obligation = restore_obligation(obligation=obligation, by=holder, at=AT)

    assert obligation.state == ObligationState.PROPOSED
    assert [row.what for row in obligation.corrections.all()] == [CorrectionKind.DROP, CorrectionKind.RESTORE]


def test_what_is_dropped_is_neither_confirmed_nor_edited(document, holder):
    obligation = drop_obligation(obligation=make_obligation(document), by=holder, at=AT)

    with pytest.raises(WrongState):
        confirm_obligation(obligation=obligation, by=holder, at=AT)
    with pytest.raises(WrongState):
        edit_obligation(obligation=obligation, facts=edited(), version=obligation.version, by=holder, at=AT)


def test_only_what_was_dropped_is_restored(document, holder):
    with pytest.raises(WrongState):
        restore_obligation(obligation=make_obligation(document), by=holder, at=AT)


def test_a_tracked_letter_drops_nothing(province, holder):
    obligation = make_tracked(province, by=holder).obligations.get()

    with pytest.raises(NotInReview):
        drop_obligation(obligation=obligation, by=holder, at=AT)


def test_an_added_obligation_is_confirmed_by_its_writer(document, holder):
    make_obligation(document)

    added = add_obligation(document=document, facts=edited(action="Báo cáo kết quả"), by=holder, at=AT)

    assert (added.origin, added.state, added.position) == (Origin.ADDED, ObligationState.CONFIRMED, 2)
    assert added.corrections.get().after["action"] == "Báo cáo kết quả"


@pytest.mark.parametrize("who", ["assignee", "outsider"])
def test_only_the_holder_corrects(request, document, who):
    person = request.getfixturevalue(who)
    obligation = make_obligation(document)

    for act in (
        lambda: confirm_obligation(obligation=obligation, by=person, at=AT),
        lambda: edit_obligation(obligation=obligation, facts=edited(), version=1, by=person, at=AT),
        lambda: drop_obligation(obligation=obligation, by=person, at=AT),
        lambda: restore_obligation(obligation=obligation, by=person, at=AT),
        lambda: add_obligation(document=document, facts=edited(), by=person, at=AT),
        lambda: confirm_all_certain(document=document, by=person, at=AT),
    ):
        with pytest.raises(Forbidden):
            act()
