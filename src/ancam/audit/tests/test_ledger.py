"""The ledger: only added to, and any change to it is found."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction

from ancam.audit.errors import HeadMismatch, HeadRefused, LedgerBroken
from ancam.audit.models import Entry, Head
from ancam.audit.rules import seal
from ancam.audit.selectors import history_of, ledger_head, verify_ledger
from ancam.audit.services import SYSTEM, Act, Action, Actor, Subject, begin_instance, record, record_all

AT = datetime(2026, 11, 20, 8, 30, 15, 123456, tzinfo=UTC)
ACTOR = Actor("7", "Nguyễn An", "1", "Ủy ban nhân dân tỉnh Đông Sơn")
ACT = Action("tests.write_line", "Ghi thử")
THING = Subject("tests.thing", "5", "Một vật")

# What alters lines without UPDATE or DELETE. SQLite replaces the row of the same number, seal or row id.
REST = """
at, actor_id, actor_name, agency_id, agency_name, action, action_name, object_type, object_id, object_name, change,
previous_digest
"""
REPLACE = (
    "INSERT OR REPLACE INTO audit_entry ({columns}," + REST + ") SELECT {values}," + REST + "FROM audit_entry "
    "WHERE number = 2"
)
ROUNDABOUT = {
    "sqlite": [
        REPLACE.format(columns=columns, values=values)
        for columns, values in (
            ("number, digest", "number, 'other'"),
            ("number, digest", "99, digest"),
            ("rowid, number, digest", "rowid, 99, 'other'"),
        )
    ],
    "postgresql": ["TRUNCATE audit_entry, audit_affectedagency", "TRUNCATE audit_entry CASCADE"],
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def four_lines(db: None) -> None:
    """The beginning and three acts."""
    begin_instance(at=AT)
    for number in range(3):
        record(by=ACTOR, action=ACT, subject=THING, at=AT + timedelta(minutes=number), change={"lần": number})


@pytest.fixture
def unguarded(db: None) -> None:
    """Someone with power over the database takes its guard away; the test's own rollback brings it back."""
    of_table = " ON audit_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for word in ("UPDATE", "DELETE"):
            cursor.execute(f"DROP TRIGGER audit_entry_no_{word}{of_table}")


def test_an_untouched_ledger_holds_and_gives_its_head() -> None:
    last = Entry.objects.last()

    assert verify_ledger() == f"4:{last.digest}" == ledger_head()


def test_a_ledger_that_has_not_begun_has_a_head_of_zeros_and_does_not_pass_for_whole(unguarded: None) -> None:
    Entry.objects.all().delete()
    Head.objects.all().delete()

    assert ledger_head() == "0:" + "0" * 64
    with pytest.raises(LedgerBroken):
        verify_ledger()


def test_many_acts_are_the_lines_that_as_many_single_ones_would_be() -> None:
    other = Subject("tests.thing", "6", "x" * 600)
    acts = [Act(ACTOR, ACT, THING, {"lần": 1}), Act(SYSTEM, ACT, other), Act(ACTOR, ACT, THING, {"à": ["b"]})] * 200
    with transaction.atomic():
        single = [record(by=act.by, action=act.action, subject=act.subject, at=AT, change=act.change) for act in acts]
        transaction.set_rollback(True)

    together = record_all(acts, at=AT)

    assert [str(line) for line in together] == [str(line) for line in single]
    assert verify_ledger() == ledger_head() == str(single[-1])
    assert list(Entry.objects.filter(number__gt=4).values_list("digest", flat=True)) == [line.digest for line in single]
    record(by=ACTOR, action=ACT, subject=THING, at=AT)
    assert verify_ledger().startswith("605:")


def test_no_acts_add_no_line() -> None:
    before = ledger_head()

    assert record_all([], at=AT) == []
    assert ledger_head() == before


def test_beginning_again_does_nothing() -> None:
    begin_instance(at=AT)

    assert Entry.objects.count() == 4


@pytest.mark.parametrize(
    "altered",
    [
        {"actor_name": "Người khác"},
        {"change": {"lần": 9}},
        {"at": AT + timedelta(days=1)},
        {"object_id": "6"},
        {"digest": "0" * 64},
    ],
)
def test_an_altered_line_is_found_by_its_number(unguarded: None, altered: dict[str, object]) -> None:
    Entry.objects.filter(number=3).update(**altered)

    with pytest.raises(LedgerBroken) as found:
        verify_ledger()

    assert found.value.number == 3


def test_a_missing_line_is_found_by_its_number(unguarded: None) -> None:
    Entry.objects.filter(number=2).delete()

    with pytest.raises(LedgerBroken) as found:
        verify_ledger()

    assert found.value.number == 2


def test_a_tail_cut_off_with_its_head_moved_back_is_seen_by_a_head_kept_elsewhere(unguarded: None) -> None:
    kept = ledger_head()
    Entry.objects.filter(number=4).delete()
    before = Entry.objects.get(number=3)
    Head.objects.update(number=3, digest=before.digest)

    assert verify_ledger() == f"3:{before.digest}"
    with pytest.raises(HeadMismatch):
        verify_ledger(kept)


def test_a_tail_cut_off_clumsily_is_seen_at_once(unguarded: None) -> None:
    Entry.objects.filter(number=4).delete()

    with pytest.raises(LedgerBroken) as found:
        verify_ledger()

    assert found.value.number == 4


def test_a_line_that_another_adds_while_the_ledger_is_checked_is_no_break() -> None:
    kept, added = ledger_head(), []

    def add_after_the_head_is_read(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        answer = execute(sql, params, many, context)
        if not added and "audit_head" in sql:
            added.append("begun")
            record(by=ACTOR, action=ACT, subject=THING, at=AT)
        return answer

    with connection.execute_wrapper(add_after_the_head_is_read):
        head = verify_ledger()

    assert head == kept
    assert Entry.objects.count() == 5
    assert verify_ledger().startswith("5:")


def test_an_earlier_head_still_holds() -> None:
    kept = ledger_head()
    record(by=ACTOR, action=ACT, subject=THING, at=AT)

    assert verify_ledger(f" {kept}\n").startswith("5:")


@pytest.mark.parametrize("head", ["", "4", "4:abc", f"-1:{'0' * 64}", f"4:{'G' * 64}"])
def test_what_is_no_head_is_refused(head: str) -> None:
    with pytest.raises(HeadRefused):
        verify_ledger(head)


def test_the_database_refuses_to_alter_a_line() -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(number=2).update(actor_name="Người khác")

    assert Entry.objects.get(number=2).actor_name == ACTOR.name


def test_the_database_refuses_to_remove_a_line() -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(number=4).delete()

    assert Entry.objects.count() == 4


def test_the_database_refuses_to_replace_or_empty_the_lines() -> None:
    for statement in ROUNDABOUT[connection.vendor]:
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    assert verify_ledger().startswith("4:")


def test_history_is_the_lines_of_one_thing_newest_first() -> None:
    record(by=ACTOR, action=ACT, subject=Subject("tests.thing", "55", "Vật khác"), at=AT)

    assert [entry.number for entry in history_of("tests.thing", 5)] == [4, 3, 2]


def test_names_longer_than_the_columns_are_cut_and_the_seal_holds() -> None:
    entry = record(by=Actor("7", "a" * 900), action=ACT, subject=Subject("tests.thing", "5", "b" * 900), at=AT)

    assert len(entry.actor_name) == 200
    assert verify_ledger() == str(entry)


def test_a_line_outside_a_transaction_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # A test that commits could not be cleaned up: the ledger refuses to be emptied.
    monkeypatch.setattr(connections["default"], "in_atomic_block", False)

    with pytest.raises(transaction.TransactionManagementError):
        record(by=ACTOR, action=ACT, subject=THING, at=AT)
    monkeypatch.undo()

    assert Entry.objects.count() == 4


def test_the_agencies_of_a_thing_are_sealed_and_found_unless_they_acted_themselves() -> None:
    thing = Subject("tests.thing", "6", "Việc của hai cơ quan", ("12", "1", "3"))
    entry = record(by=ACTOR, action=ACT, subject=thing, at=AT)

    assert entry.affected == ["12", "3"]
    assert sorted(entry.affected_agencies.values_list("agency_id", flat=True)) == ["12", "3"]
    assert verify_ledger() == str(entry)


def test_an_affected_agency_taken_out_of_a_line_is_found(unguarded: None) -> None:
    record(by=ACTOR, action=ACT, subject=Subject("tests.thing", "6", "Việc", ("12",)), at=AT)

    Entry.objects.filter(number=5).update(affected=None)

    with pytest.raises(LedgerBroken) as broken:
        verify_ledger()
    assert broken.value.number == 5


def test_a_line_without_affected_agencies_is_sealed_as_it_was_before_there_were_any() -> None:
    old = {name: value for name, value in Entry.objects.values().last().items() if name != "affected"}
    old["at"] = old["at"].astimezone(UTC).isoformat(timespec="microseconds")

    assert seal(old) == old["digest"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_affectedagency SET agency_id = '4'",
        "DELETE FROM audit_affectedagency",
        "INSERT OR REPLACE INTO audit_affectedagency (entry_id, agency_id) VALUES (5, '12')",
    ],
)
def test_the_database_refuses_to_alter_by_whom_a_line_is_found(statement: str) -> None:
    if connection.vendor == "postgresql" and "REPLACE" in statement:
        statement = "TRUNCATE audit_affectedagency"
    record(by=ACTOR, action=ACT, subject=Subject("tests.thing", "6", "Việc", ("12",)), at=AT)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
