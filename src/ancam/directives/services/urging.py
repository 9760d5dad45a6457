"""Who gave work urges the agencies that have something left to do, with one act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from ancam.accounts.models import Agency, Person
from ancam.audit.services import Action, record
from ancam.directives.errors import NothingLeft
from ancam.directives.models import WORKING, Assignment, Document, DuePeriod
from ancam.directives.selectors import acting
from ancam.directives.selectors.people import ACTING
from ancam.directives.services.assigning import locked_assignment
from ancam.directives.services.guards import locked_document, record_on, require_holder, require_reporter
from ancam.directives.services.telling import tell_urged, tell_urged_below

URGE = Action("directives.urge", "Đôn đốc qua hệ thống")

MOST_NAMED = 50
"""How many agencies a line of the ledger names; it counts them all."""


@dataclass(frozen=True, slots=True)
class Urged:
    """The agencies that were urged, and those of them where nobody uses the system and so nobody heard of it."""

    agencies: list[Agency]
    unheard: set[Agency]


@transaction.atomic
def urge(*, document: Document, periods: QuerySet[DuePeriod], by: Person, at: datetime) -> Urged:
    """Tell the people of every agency with something left to do in these periods of a letter.

    The holder does not urge itself. People hear it once a day for a letter, however often they are urged. Raises
    `Forbidden`, `NothingLeft`. Costs two queries for the periods, and what telling costs.
    """
    document = locked_document(document)
    require_holder(by, document.holder, _("đôn đốc"))
    left = periods.followed().filter(  # type: ignore[attr-defined]
        state__in=WORKING, assignment__obligation__document=document
    )
    urged = _counted(left.exclude(acting([document.holder])))
    if not urged:
        raise NothingLeft()
    record_on(document, URGE, by=by, at=at, change=_change(urged))
    return Urged(list(urged), tell_urged(document, urged, by, at))


@transaction.atomic
def urge_below(*, assignment: Assignment, by: Person, at: datetime) -> Urged:
    """Tell the people of every agency with something left to do of what this assignment's agency gave on.

    By who acts for that agency. People hear it once a day for an assignment. Raises `Forbidden`, `NothingLeft`. Costs
    as `urge` does.
    """
    assignment = locked_assignment(assignment)
    require_reporter(by, assignment, _("đôn đốc"))
    left = DuePeriod.objects.all().followed().filter(state__in=WORKING, assignment__parent=assignment)
    urged = _counted(left)
    if not urged:
        raise NothingLeft()
    actor = by.as_actor(assignment.acting_agency)
    record(by=actor, action=URGE, subject=assignment.as_subject(), change=_change(urged), at=at)
    return Urged(list(urged), tell_urged_below(assignment, urged, by, at))


def _change(urged: Mapping[Agency, int]) -> dict[str, Any]:
    names = sorted(agency.name for agency in urged)
    return {"agencies": len(urged), "periods": sum(urged.values()), "names": names[:MOST_NAMED]}


def _counted(left: QuerySet[DuePeriod]) -> dict[Agency, int]:
    """Return how many periods each agency that answers today has left."""
    rows = left.order_by().annotate(acting=ACTING).values_list("acting").annotate(n=Count("pk"))
    counts: dict[int, int] = dict(rows)
    return {agency: counts[agency.pk] for agency in Agency.objects.filter(pk__in=counts).order_by("pk")}
