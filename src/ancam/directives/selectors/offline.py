"""Workbooks for agencies without an account: who may issue and take them back, what goes into one, those there are."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet

from ancam.accounts.models import Agency, Person
from ancam.accounts.rules import ADMINISTRATOR
from ancam.directives.models import WORKING, DuePeriod, OfflineReturn, OfflineWorkbook
from ancam.directives.offline_sheets import MOST_ROWS
from ancam.directives.selectors.documents import stored_content
from ancam.directives.selectors.people import ACTING, holding_agencies


def may_issue_offline(person: Person, holder: Agency) -> bool:
    """Tell whether the person may issue workbooks for letters of this holder: who acts for it, or administers it."""
    return person.has_perm("directives.hold", holder) or person.has_perm("accounts.administer", holder)


def may_return_offline(person: Person, workbook: OfflineWorkbook) -> bool:
    """Tell whether the person may hand a workbook in: for who issued it, or for the agency that filled it in."""
    return person.has_perm("directives.hold", workbook.holder) or person.has_perm("directives.report", workbook.agency)


def issuing_agencies(person: Person) -> list[Agency]:
    """Return the holders for whose letters the person may issue workbooks: those acted for, those administered."""
    found = {agency.pk: agency for agency in holding_agencies(person)}
    administered = person.agencies_as((ADMINISTRATOR,))
    if administered:
        below = Agency.objects.filter(person.scope("path", (ADMINISTRATOR,)), held_documents__isnull=False)
        found |= {agency.pk: agency for agency in below.distinct()}
    return sorted(found.values(), key=lambda agency: (agency.depth, agency.sort_key))


def fillable_periods(holder: Agency, agency: Agency, on: date) -> QuerySet[DuePeriod]:
    """Return the open periods that an agency answers for, begun by a day, of letters of one holder.

    One more than a workbook holds, at most. One query.
    """
    found: QuerySet[DuePeriod] = _open_periods(holder, on).filter(acting=agency.pk)
    related = ("assignment__agency", "assignment__answering_agency", "assignment__obligation__document__holder")
    in_order = ("assignment__obligation__document", "assignment__obligation__position", "begins_on", "pk")
    return found.select_related(*related).order_by(F("due_on").asc(nulls_last=True), *in_order)[: MOST_ROWS + 1]


def _open_periods(holder: Agency, on: date) -> Any:
    """Return the open periods with who answers for each in `acting`, a column that the type checker cannot know."""
    found = DuePeriod.objects.all().followed().filter(state__in=WORKING, begins_on__lte=on)
    return found.filter(assignment__obligation__document__holder=holder).annotate(acting=ACTING)


def fillable_agencies(holder: Agency, on: date) -> QuerySet[Agency]:
    """Return the agencies that answer for open periods of letters of this holder, by name. One query.

    `has_workbook`: one of its workbooks for these letters is still taken back.
    """
    answering = _open_periods(holder, on).order_by().values("acting")
    out = OfflineWorkbook.objects.filter(agency=OuterRef("pk"), holder=holder, revoked_at=None, expires_on__gte=on)
    rows = Agency.objects.filter(pk__in=answering).annotate(has_workbook=Exists(out))
    found: QuerySet[Agency] = rows.order_by("sort_key", "pk")
    return found


def offline_workbooks(person: Person) -> QuerySet[OfflineWorkbook]:
    """Return the workbooks that the person may see, newest first, with how often each came back. One query."""
    found = OfflineWorkbook.objects.all().visible_to(person).select_related("agency", "holder", "issued_by")
    counted: QuerySet[OfflineWorkbook] = found.annotate(came_back=Count("returns"))
    return counted


def offline_returns(person: Person) -> QuerySet[OfflineReturn]:
    """Return the workbooks sent back that the person may see, newest first."""
    visible = OfflineWorkbook.objects.all().visible_to(person)
    related = ("by", "workbook__agency", "workbook__holder")
    return OfflineReturn.objects.filter(workbook__in=visible.order_by().values("pk")).select_related(*related)


def offline_content(returned: OfflineReturn) -> bytes:
    """Return a workbook as it was sent back; raise `FileMissing` when the store's bytes are gone or differ."""
    return stored_content(returned.file_digest, returned.file_name)
