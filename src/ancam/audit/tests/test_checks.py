"""A check of the whole ledger goes in slices, and keeps what it found."""

from datetime import timedelta

import pytest
from django.db import connection

from ancam.audit import checks
from ancam.audit.checks import ask_for_check, begin_check, continue_check, keep_heads
from ancam.audit.errors import HeadRefused
from ancam.audit.models import CheckState, Entry, Head
from ancam.audit.selectors import ledger_head
from ancam.audit.services import SYSTEM, Action, Actor, Subject, begin_instance, record
from ancam.web import clock

ACTOR = Actor("7", "Ngô Kiểm Tra", "1", "Ủy ban nhân dân tỉnh Đông Sơn")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ten_lines(db, monkeypatch):
    monkeypatch.setattr(checks, "_sources", {})
    at = clock.now()
    begin_instance(at=at)
    for number in range(9):
        subject = Subject("tests.thing", str(number), "Một vật")
        record(by=ACTOR, action=Action("tests.write_line", "Ghi thử"), subject=subject, at=at + timedelta(minutes=1))


@pytest.fixture
def unguarded(db):
    of_table = " ON audit_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for word in ("UPDATE", "DELETE"):
            cursor.execute(f"DROP TRIGGER audit_entry_no_{word}{of_table}")


def checked(kept_head=""):
    check = begin_check(by=ACTOR, at=clock.now(), kept_head=kept_head)
    while check.finished_at is None:
        continue_check(check.pk)
        check.refresh_from_db()
    return check


def test_a_whole_ledger_is_found_whole_in_as_many_slices_as_it_takes(monkeypatch):
    monkeypatch.setattr(checks, "SLICE", 3)

    check = checked()

    assert (check.state, check.checked, check.percentage) == (CheckState.WHOLE, 10, 100)
    assert check.head == ledger_head()


def test_a_check_that_has_ended_is_not_done_again():
    check = checked()
    ended = check.finished_at

    continue_check(check.pk)
    check.refresh_from_db()

    assert check.finished_at == ended


def test_a_missing_line_is_named(unguarded):
    Entry.objects.filter(number=7).delete()

    check = checked()

    assert (check.state, check.failed_at, check.checked) == (CheckState.BROKEN, 7, 6)


def test_a_head_that_is_not_the_last_lines_is_a_break():
    Head.objects.update(digest="f" * 64)

    assert checked().state == CheckState.BROKEN


def test_a_kept_head_that_is_there_answers_for_all_before_it():
    kept = str(Entry.objects.get(number=4))

    check = checked(kept)

    assert (check.state, check.kept_heads) == (CheckState.WHOLE, 1)


def test_a_tail_cut_off_is_seen_by_the_head_on_a_paper(unguarded):
    heads = [("17/BC-UBND", str(Entry.objects.get(number=number))) for number in (2, 10)]
    keep_heads("papers", lambda: heads)
    Entry.objects.filter(number__gt=8).delete()
    last = Entry.objects.get(number=8)
    Head.objects.update(number=8, digest=last.digest)

    check = checked()

    assert (check.state, check.failed_head, check.failed_source) == (CheckState.MISMATCH, heads[1][1], "17/BC-UBND")


def test_asking_leaves_one_line_and_a_check_for_a_worker(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as jobs:
        check = ask_for_check(by=ACTOR, at=clock.now(), kept_head=ledger_head().upper())

    assert len(jobs) == 1
    assert Entry.objects.last().action == "audit.check_ledger"
    assert check.upto == 11
    assert check.kept_head == check.kept_head.lower()


def test_what_is_no_head_is_refused_and_nothing_is_kept():
    with pytest.raises(HeadRefused):
        ask_for_check(by=SYSTEM, at=clock.now(), kept_head="4:abc")

    assert Entry.objects.count() == 10
