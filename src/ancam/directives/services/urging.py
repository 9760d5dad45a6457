"""The holder of a letter urges the agencies that have something left to do, with one act."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
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


@transaction.atomic
def urge(*, document: Document, periods: QuerySet[DuePeriod], by: Person, at: datetime) -> list[Agency]:
    """Tell the people of every agency with something left to do in these periods of a letter; return the agencies.

    The holder does not urge itself. People hear it once a day for a letter, however often they are urged. Raises
    `Forbidden`, `NothingLeft`. Costs one query for the periods, and what telling costs.
    """
    document = locked_document(document)
    require_holder(by, document.holder, _("đôn đốc"))
    left = periods.followed().filter(  # type: ignore[attr-defined]
        state__in=WORKING, assignment__obligation__document=document
    )
    left = left.exclude(acting([document.holder])).select_related("assignment__agency", "assignment__answering_agency")
    urged: Counter[Agency] = Counter(period.assignment.acting_agency for period in left.order_by("pk"))
    if not urged:
        raise NothingLeft()
    names = sorted(agency.name for agency in urged)
    change = {"agencies": len(urged), "periods": urged.total(), "names": names[:MOST_NAMED]}
    record_on(document, URGE, by=by, at=at, change=change)
    tell_urged(document, urged, by, at)
    return list(urged)
