"""The holder of a letter urges the agencies that have something left to do, with one act."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from ancam.accounts.models import Agency, Person
from ancam.audit.services import Action
from ancam.directives.errors import NothingLeft
from ancam.directives.models import WORKING, Document, DuePeriod
from ancam.directives.selectors import acting
from ancam.directives.services.guards import locked_document, record_on, require_holder
from ancam.directives.services.telling import tell_urged

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
    names = sorted(agency.name for agency in urged)
    change = {"agencies": len(urged), "periods": sum(urged.values()), "names": names[:MOST_NAMED]}
    record_on(document, URGE, by=by, at=at, change=change)
    return Urged(list(urged), tell_urged(document, urged, by, at))


def _counted(left: QuerySet[DuePeriod]) -> dict[Agency, int]:
    """Return how many periods each agency that answers today has left."""
    acting_id = Coalesce("assignment__answering_agency_id", "assignment__agency_id")
    rows = left.order_by().annotate(acting_id=acting_id).values_list("acting_id").annotate(n=Count("pk"))
    counts: dict[int, int] = dict(rows)
    return {agency: counts[agency.pk] for agency in Agency.objects.filter(pk__in=counts).order_by("pk")}
