"""A person confirms who answers today for what was given to an agency that was reorganised since."""

from datetime import datetime
from itertools import chain

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.models import Agency, Person
from ancam.audit.services import Action, record
from ancam.directives.errors import NotAnswering
from ancam.directives.models import Assignment
from ancam.directives.selectors.answering import answering_now, confirmable_agencies
from ancam.directives.services.assigning import locked_assignment, require_standing
from ancam.directives.services.guards import require_giver
from ancam.web.clock import day_of

CONFIRM_ANSWERING = Action("directives.confirm_answering", "Xác nhận cơ quan nay trả lời")


@transaction.atomic
def confirm_answering(*, assignment: Assignment, agency: Agency, by: Person, at: datetime) -> Assignment:
    """Record who answers today for an assignment; from then on that agency sees it and reports on it.

    By who gave the assignment. The name to which it was given stays. Does nothing when that one is
    confirmed already. Raises `Forbidden`, `WrongState` for what was withdrawn, `NotAnswering` for an agency that the
    rule does not name.
    """
    assignment = locked_assignment(assignment)
    require_giver(by, assignment, _("xác nhận cơ quan nay trả lời"))
    require_standing(assignment, _("xác nhận cơ quan nay trả lời"))
    on = day_of(at)
    found = answering_now([assignment], on)
    if agency not in chain(*confirmable_agencies(assignment.obligation.document, found, on)):
        raise NotAnswering(agency=agency.name, named=assignment.agency.name)
    before = assignment.answering_agency
    if before == agency:
        return assignment
    assignment.answering_agency = agency
    assignment.answering_confirmed_by, assignment.answering_confirmed_at = by, at
    assignment.save()
    change = {
        "before": {"answering_agency": before.name if before else ""},
        "after": {"answering_agency": agency.name},
        "candidates": [one.name for one in found[0].candidates],
        "grounds": [one.title for one in found[0].grounds],
    }
    record(
        by=by.as_actor(assignment.giver),
        action=CONFIRM_ANSWERING,
        subject=assignment.as_subject(),
        change=change,
        at=at,
    )
    return assignment
