from datetime import date

import pytest

from ancam.audit.models import Entry
from ancam.directives.errors import MergeRefused, NotInReview, PartsRefused, TooLong, WrongState
from ancam.directives.models import CorrectionKind, ObligationState, Origin
from ancam.directives.services import drop_obligation, merge_obligations, split_obligation
from ancam.directives.tests.factories import AT, make_document, make_obligation, make_tracked
from ancam.web.replies import Forbidden

WHOLE = "Kiểm đếm hệ thống và gửi hồ sơ đề xuất cấp độ"


@pytest.fixture
def document(province, holder):
    return make_document(province, holder)


def test_a_split_puts_its_parts_in_the_place_of_the_whole(document, holder):
    whole, after = make_obligation(document, WHOLE), make_obligation(document)

    parts = split_obligation(
        obligation=whole, parts=["Kiểm đếm hệ thống", "gửi hồ sơ đề xuất cấp độ"], by=holder, at=AT
    )

    order = list(document.obligations.exclude(state=ObligationState.DROPPED).values_list("pk", flat=True))
    assert order == [parts[0].pk, parts[1].pk, after.pk]
    assert {part.state for part in parts} == {ObligationState.PROPOSED}
    assert {part.origin for part in parts} == {Origin.SPLIT}
    assert {part.last_day for part in parts} == {date(2026, 11, 30)}


def test_each_part_points_at_its_own_words(document, holder):
    whole = make_obligation(document, WHOLE)

    first, second, third = split_obligation(
        obligation=whole, parts=["Kiểm đếm hệ thống", "gửi hồ sơ", "lời mới"], by=holder, at=AT
    )

    (start, end), (start_2, end_2) = first.spans[0], second.spans[0]
    assert document.text[start:end] == "Kiểm đếm hệ thống"
    assert document.text[start_2:end_2] == "gửi hồ sơ"
    assert third.spans == whole.spans


def test_a_split_is_kept_as_an_example_and_in_the_ledger(document, holder):
    whole = make_obligation(document, WHOLE)

    split_obligation(obligation=whole, parts=["Kiểm đếm", "gửi hồ sơ"], by=holder, at=AT)

    whole.refresh_from_db()
    correction = whole.corrections.get()
    assert whole.state == ObligationState.DROPPED
    assert (correction.what, [part["action"] for part in correction.after]) == (
        CorrectionKind.SPLIT,
        ["Kiểm đếm", "gửi hồ sơ"],
    )
    assert Entry.objects.last().action == "directives.split_obligation"


@pytest.mark.parametrize(
    ("parts", "error"), [(["một"], PartsRefused), (["a"] * 13, PartsRefused), (["a" * 4001, "b"], TooLong)]
)
def test_a_split_needs_two_parts_or_a_few_more(document, holder, parts, error):
    with pytest.raises(error):
        split_obligation(obligation=make_obligation(document), parts=parts, by=holder, at=AT)

    assert document.obligations.count() == 1


def test_a_merge_joins_words_bodies_and_places(document, holder):
    first = make_obligation(document, "Kiểm đếm hệ thống", leads=[{"text": "Sở A", "kind": None}], confidence=0.7)
    second = make_obligation(document, "gửi hồ sơ", leads=[{"text": "Sở B", "kind": None}])

    merged = merge_obligations(document=document, obligations=[second, first], by=holder, at=AT)

    assert merged.action == "Kiểm đếm hệ thống; gửi hồ sơ"
    assert merged.lead_names == ["Sở A", "Sở B"]
    assert (merged.spans, merged.confidence) == (first.spans + second.spans, 0.7)
    assert set(document.obligations.exclude(pk=merged.pk).values_list("state", flat=True)) == {"dropped"}


def test_what_has_different_last_days_is_not_one_duty(document, holder):
    first, second = make_obligation(document), make_obligation(document, last_day=date(2027, 1, 1))

    with pytest.raises(MergeRefused):
        merge_obligations(document=document, obligations=[first, second], by=holder, at=AT)


def test_a_dated_and_an_undated_half_make_one_dated_duty(document, holder):
    undated = {"deadline_operator": "none", "deadline_on": None, "last_day": None, "deadline_text": ""}
    first, second = make_obligation(document, "Thống kê", **undated), make_obligation(document, "Gửi Công an tỉnh")

    merged = merge_obligations(document=document, obligations=[first, second], by=holder, at=AT)

    assert merged.action == "Thống kê; gửi Công an tỉnh"
    assert (merged.last_day, merged.clause) == (second.last_day, first.clause)


def test_obligations_of_two_letters_are_not_merged(document, province, holder):
    first, second = make_obligation(document), make_obligation(make_document(province, holder))

    with pytest.raises(MergeRefused):
        merge_obligations(document=document, obligations=[first, second], by=holder, at=AT)


def test_too_many_or_too_long_is_not_merged(document, holder):
    many = [make_obligation(document) for _ in range(13)]
    long = [make_obligation(document, "a" * 3000), make_obligation(document, "b" * 3000)]

    for chosen in (many, long):
        with pytest.raises(MergeRefused):
            merge_obligations(document=document, obligations=chosen, by=holder, at=AT)


def test_what_was_dropped_is_neither_split_nor_merged(document, holder):
    dropped = drop_obligation(obligation=make_obligation(document), by=holder, at=AT)

    with pytest.raises(WrongState):
        split_obligation(obligation=dropped, parts=["a", "b"], by=holder, at=AT)
    with pytest.raises(WrongState):
        merge_obligations(document=document, obligations=[dropped, make_obligation(document)], by=holder, at=AT)


def test_a_tracked_letter_keeps_its_structure(province, holder):
    document = make_tracked(province, 2, by=holder)
    rows = list(document.obligations.all())

    with pytest.raises(NotInReview):
        split_obligation(obligation=rows[0], parts=["a", "b"], by=holder, at=AT)
    with pytest.raises(NotInReview):
        merge_obligations(document=document, obligations=rows, by=holder, at=AT)


def test_only_the_holder_splits_and_merges(document, assignee):
    rows = [make_obligation(document), make_obligation(document)]

    with pytest.raises(Forbidden):
        split_obligation(obligation=rows[0], parts=["a", "b"], by=assignee, at=AT)
    with pytest.raises(Forbidden):
        merge_obligations(document=document, obligations=rows, by=assignee, at=AT)
