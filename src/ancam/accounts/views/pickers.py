"""The searches under the fields in which one of many is chosen: each among what its form offers."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ancam.accounts import selectors
from ancam.accounts.delegation_forms import MembershipChoice, StandInChoice
from ancam.accounts.forms import AgencyChoice
from ancam.accounts.sign_in import signed_in
from ancam.web import clock
from ancam.web.pickers import hits_reply


@require_safe
def pick_agency(request: HttpRequest) -> HttpResponse:
    """Find one of the agencies that the person may see."""
    return hits_reply(request, AgencyChoice(queryset=selectors.agencies(signed_in(request))))


@require_safe
def pick_administered_agency(request: HttpRequest) -> HttpResponse:
    """Find one of the agencies that the person administers and that have not ended."""
    offered = selectors.standing_agencies(signed_in(request), clock.today())
    return hits_reply(request, AgencyChoice(queryset=offered))


@require_safe
def pick_delegable_role(request: HttpRequest) -> HttpResponse:
    """Find one of the roles that the person may have stood in for."""
    return hits_reply(request, MembershipChoice(queryset=selectors.delegable_memberships(signed_in(request))))


@require_safe
def pick_stand_in(request: HttpRequest) -> HttpResponse:
    """Find one of those who may stand in."""
    return hits_reply(request, StandInChoice(queryset=selectors.stand_ins(signed_in(request))))
