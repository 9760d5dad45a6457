"""The ledger as a person may read it: what was done for the agencies they oversee, and what they did themselves."""

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from ancam.accounts.models import Agency, Person
from ancam.accounts.rules import OVERSEERS
from ancam.audit.models import Entry, LedgerCheck
from ancam.audit.selectors import acted_for, all_lines, ledger_checks


def ledger_lines(person: Person) -> QuerySet[Entry]:
    """Return the lines that the person may read, newest first.

    Auditors and administrators: those acted for their agency and what is under it; at the root, every line, those of
    the system itself too. Everyone: their own. No list of ids.
    """
    return all_lines().filter(_readable(person))


def own_lines(person: Person) -> QuerySet[Entry]:
    """Return what the person did, newest first."""
    return all_lines().filter(actor_id=str(person.pk))


def visible_checks(person: Person) -> QuerySet[LedgerCheck]:
    """Return the checks of the ledger that the person may see, newest first: the daily ones, and as with lines."""
    readable = _readable(person)
    # At the root the condition is empty, and `|` would leave only what is joined to it.
    return ledger_checks().filter(readable | Q(actor_id="") if readable else readable)


def acted_within(agency: Agency) -> Q:
    """Return the condition that a line was acted for this agency or for one under it; at the root, no condition."""
    if agency.is_root():
        return Q()
    return Q(agency_id__in=_ids_as_text(Q(path__startswith=agency.path)))


def _readable(person: Person) -> Q:
    overseen = [held.agency for held in person.current_memberships if held.role in OVERSEERS]
    if any(agency.is_root() for agency in overseen):
        return Q()
    within = Q(pk__in=[])
    for agency in overseen:
        within |= Q(path__startswith=agency.path)
    return acted_for(_ids_as_text(within) if overseen else None, str(person.pk))


def _ids_as_text(condition: Q) -> QuerySet[Agency, str]:
    ids: QuerySet[Agency, str] = (
        Agency.objects.filter(condition).order_by().annotate(key=Cast("pk", CharField())).values("key")
    )
    return ids
