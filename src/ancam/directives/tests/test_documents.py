from datetime import date

import pytest

from ancam.audit.models import Entry
from ancam.directives.errors import NotInReview, ParentRefused, StillProposed, TooLong
from ancam.directives.models import DatePrecision, DocumentState, Instrument, Regime
from ancam.directives.selectors import current_regimes, possible_parents, regime_at
from ancam.directives.services import (
    Particulars,
    drop_obligation,
    finish_review,
    load_reference,
    set_parent,
    set_particulars,
    set_regime,
    settle_anomaly,
)
from ancam.directives.tests.factories import AT, make_confirmed, make_document, make_obligation, make_tracked
from ancam.web.replies import Forbidden

BLANK = [
    {"code": "blank_number", "message": "Số văn bản để trống", "spans": []},
    {"code": "blank_day", "message": "Ngày ban hành để trống", "spans": []},
    {"code": "ocr_noise", "message": "Có chỗ khó đọc", "spans": []},
]


@pytest.fixture
def document(province, holder):
    return make_document(
        province,
        holder,
        number="",
        anomalies=BLANK,
        signed_on=date(2023, 2, 1),
        signed_precision=DatePrecision.MONTH,
    )


def particulars(**values):
    facts = {"number": "944", "symbol": "UBND-NC", "issuer": "UBND tỉnh", "kind": "công văn", "subject": "V/v camera"}
    return Particulars(**{**facts, "signed_on": date(2023, 2, 6), **values})


def test_what_was_blank_is_filled_in_and_no_longer_listed(document, holder):
    load_reference(AT)

    document = set_particulars(document=document, particulars=particulars(), by=holder, at=AT)

    assert (document.full_number, document.signed_precision) == ("944/UBND-NC", DatePrecision.DAY)
    assert [anomaly["code"] for anomaly in document.anomalies] == ["ocr_noise"]
    assert document.regime.code == "R2016"
    assert Entry.objects.last().change["after"]["number"] == "944"


def test_what_stays_blank_stays_listed(document, holder):
    document = set_particulars(document=document, particulars=particulars(number="", signed_on=None), by=holder, at=AT)

    assert [anomaly["code"] for anomaly in document.anomalies] == ["blank_number", "blank_day", "ocr_noise"]


def test_particulars_are_bounded(document, holder):
    with pytest.raises(TooLong):
        set_particulars(document=document, particulars=particulars(number="1" * 21), by=holder, at=AT)


def test_a_point_that_was_looked_at_is_no_longer_listed(document, holder):
    document = settle_anomaly(document=document, code="ocr_noise", by=holder, at=AT)

    assert len(document.anomalies) == 2
    assert Entry.objects.last().change == {"settled": ["Có chỗ khó đọc"]}


def test_a_person_chooses_the_regime(document, holder):
    load_reference(AT)
    regime = Regime.objects.get(code="R2016")

    assert set_regime(document=document, regime=regime, by=holder, at=AT).regime == regime


def test_a_letter_does_not_carry_out_itself(document, province, holder):
    below = make_document(province, holder)
    set_parent(document=below, parent=document, by=holder, at=AT)

    for ring in (document, below):
        with pytest.raises(ParentRefused):
            set_parent(document=document, parent=ring, by=holder, at=AT)
    assert below not in possible_parents(document, holder)
    assert set_parent(document=below, parent=None, by=holder, at=AT).parent is None


def test_the_review_ends_when_nothing_waits(document, holder):
    make_confirmed(document)
    waiting = make_obligation(document)

    with pytest.raises(StillProposed) as refusal:
        finish_review(document=document, by=holder, at=AT)
    assert refusal.value.count == 1

    drop_obligation(obligation=waiting, by=holder, at=AT)
    assert finish_review(document=document, by=holder, at=AT).state == DocumentState.TRACKED


def test_a_letter_that_gives_no_duty_can_be_laid_aside(document, holder):
    assert finish_review(document=document, by=holder, at=AT).state == DocumentState.TRACKED


def test_a_review_ends_once(province, holder):
    with pytest.raises(NotInReview):
        finish_review(document=make_tracked(province, by=holder), by=holder, at=AT)


@pytest.mark.parametrize("who", ["assignee", "outsider"])
def test_only_the_holder_speaks_for_the_letter(request, document, who):
    person = request.getfixturevalue(who)
    load_reference(AT)

    for act in (
        lambda: set_particulars(document=document, particulars=particulars(), by=person, at=AT),
        lambda: set_regime(document=document, regime=Regime.objects.first(), by=person, at=AT),
        lambda: set_parent(document=document, parent=None, by=person, at=AT),
        lambda: settle_anomaly(document=document, code="ocr_noise", by=person, at=AT),
        lambda: finish_review(document=document, by=person, at=AT),
    ):
        with pytest.raises(Forbidden):
            act()


def test_loading_the_law_twice_changes_nothing(province):
    first = load_reference(AT)
    lines = Entry.objects.count()

    second = load_reference(AT)

    assert first.added == second.unchanged == Regime.objects.count() + Instrument.objects.count()
    assert (second.added, second.closed, Entry.objects.count()) == (0, 0, lines)


def test_a_reworded_item_closes_the_row_and_opens_another(province):
    load_reference(AT)
    Instrument.objects.filter(code="ND331-2026").update(content_digest="of an earlier wording", title="Tên cũ")

    loaded = load_reference(AT)

    assert (loaded.added, loaded.closed) == (1, 1)
    closed, current = Instrument.objects.filter(code="ND331-2026").order_by("pk")
    assert (closed.title, closed.superseded_on) == ("Tên cũ", date(2026, 11, 20))
    assert current.superseded_on is None


def test_an_item_that_left_the_file_is_closed_not_deleted(province):
    load_reference(AT)
    Instrument.objects.filter(code="ND331-2026").update(code="GONE")

    load_reference(AT)

    assert Instrument.objects.get(code="GONE").superseded_on == date(2026, 11, 20)


def test_each_regime_holds_from_its_own_day(province):
    load_reference(AT)

    assert [regime.code for regime in current_regimes()] == ["R2026", "R2016"]
    assert regime_at(date(2026, 6, 30)).code == "R2016"
    assert regime_at(date(2026, 11, 20)).code == "R2026"
