"""Signing in by the OpenID Connect provider of the settings, and unbinding from whatever provider."""

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ancam.accounts import openid, services
from ancam.accounts.confirmation import confirmed
from ancam.accounts.errors import NothingToUnbind
from ancam.accounts.sign_in import signed_in
from ancam.accounts.views.people import seen_person
from ancam.web import clock
from ancam.web.rate_limits import limited

JOURNEY = "openid"


@login_not_required
@never_cache
@require_safe
@limited("entry")
def single_sign_on(request: HttpRequest) -> HttpResponse:
    """Send the person to the provider. A link and no form: our policy lets a form lead to our own pages only."""
    if not settings.OIDC_ISSUER:
        raise Http404
    if request.user.is_authenticated:
        return redirect("home")
    wanted = get_next_redirect_url(request) or ""
    address, journey = openid.begin(back=_back(request), wanted=wanted, at=clock.now())
    request.session[JOURNEY] = journey
    return redirect(address)


@login_not_required
@never_cache
@require_safe
@limited("entry")
def single_sign_on_return(request: HttpRequest) -> HttpResponse:
    """Sign in who the provider says it is; their second factor here is still asked for."""
    if not settings.OIDC_ISSUER:
        raise Http404
    journey = request.session.pop(JOURNEY, None)
    state, code = request.GET.get("state", ""), request.GET.get("code", "")
    claim = openid.finish(journey=journey, state=state, code=code, back=_back(request), at=clock.now())
    return come_back(request, claim, journey, method="openid")


def come_back(request: HttpRequest, claim: openid.Claim, journey: dict[str, Any], *, method: str) -> HttpResponse:
    """Sign in who the provider says it is, and lead them to where they wanted; a second factor is still asked for."""
    person = services.person_of_identity(issuer=claim.issuer, subject=claim.subject, email=claim.email, at=clock.now())
    record_authentication(request, person, method=method)
    response: HttpResponse = perform_login(request, Login(user=person, redirect_url=journey["wanted"] or None))
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def identity_unbind(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget as whom the provider knows one, after saying what that changes."""
    identity = get_object_or_404(signed_in(request).external_identities, pk=pk)
    if request.method == "POST":
        services.unbind_identity(identity=identity, at=clock.now())
        messages.success(request, _("Đã bỏ gắn tài khoản đăng nhập một lần."))
        return redirect("profile")
    return render(request, "accounts/identity_unbind.html", {"identity": identity})


@require_http_methods(["GET", "HEAD", "POST"])
def identities_clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Unbind someone else from single sign-on, after saying what that changes."""
    person, me = seen_person(request, pk, _("bỏ gắn tài khoản đăng nhập một lần")), signed_in(request)
    if request.method == "POST":
        services.clear_identities(person=person, by=me, at=clock.now())
        messages.success(request, _("Đã bỏ gắn tài khoản đăng nhập một lần của người dùng."))
        return redirect("person", person.pk)
    identities = person.external_identities.order_by("issuer")
    if not identities:
        raise NothingToUnbind(person=person.full_name)
    return render(request, "accounts/identities_clear.html", {"person": person, "identities": identities})


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("single_sign_on_return"))
