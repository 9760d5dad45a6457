"""The ledger as a person may read it: what was done for the agencies they oversee, and what they did themselves."""

from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from ancam.accounts.models import Agency, Person
from ancam.accounts.rules import OVERSEERS
from ancam.audit.models import Entry, LedgerCheck
from ancam.audit.selectors import acted_for, all_lines, concerning, ledger_checks


def ledger_lines(person: Person) -> QuerySet[Entry]:
    """Return the lines that the person may read, newest first.

    Auditors and administrators: those acted for their agency and what is under it, or by others on one of these; at
    the root, every line, those of the system itself too. Everyone: their own. No list of ids.
    """
    if _oversees_all(person):
        return all_lines()
    return all_lines().filter(Q(actor_id=str(person.pk)) | concerning(_overseen_ids(person)))


def own_lines(person: Person) -> QuerySet[Entry]:
    """Return what the person did, newest first."""
    return all_lines().filter(actor_id=str(person.pk))


def visible_checks(person: Person) -> QuerySet[LedgerCheck]:
    """Return the checks of the ledger that the person may see, newest first: the daily ones, and as with lines."""
    if _oversees_all(person):
        return ledger_checks()
    return ledger_checks().filter(Q(actor_id="") | acted_for(_overseen_ids(person), str(person.pk)))


def within(agency: Agency) -> Q:
    """Return the condition that a line concerns this agency or one under it; at the root, no condition."""
    if agency.is_root():
        return Q()
    return concerning(ids_as_text(Agency.objects.filter(agency.subtree())))


def _oversees_all(person: Person) -> bool:
    """Tell whether the person reads every line: an auditor or administrator at the root."""
    return any(agency.is_root() for agency in person.agencies_as(OVERSEERS))


def _overseen_ids(person: Person) -> QuerySet[Any, str]:
    return ids_as_text(Agency.objects.filter(person.scope("path", OVERSEERS)))


def ids_as_text(rows: QuerySet[Any]) -> QuerySet[Any, str]:
    """Return the ids of these rows as the ledger names them, for a condition in SQL."""
    ids: QuerySet[Any, str] = rows.order_by().annotate(key=Cast("pk", CharField())).values("key")
    return ids
