"""Signing in by the SAML provider of the settings."""

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from ancam.accounts import saml
from ancam.accounts.errors import SingleSignOnRefused
from ancam.accounts.views.single_sign_on import come_back
from ancam.web import clock
from ancam.web.rate_limits import limited

JOURNEY = "saml"
MOST_ANSWER_CHARACTERS = 200_000


@login_not_required
@never_cache
@require_safe
@limited("entry")
def saml_sign_in(request: HttpRequest) -> HttpResponse:
    """Send the person to the provider."""
    _require_provider()
    if request.user.is_authenticated:
        return redirect("home")
    wanted = get_next_redirect_url(request) or ""
    address, journey = saml.begin(**_addresses(request), wanted=wanted, at=clock.now())
    request.session[JOURNEY] = journey
    return redirect(address)


@login_not_required
@never_cache
@csrf_exempt  # the form comes from the provider; that it answers a question of this browser is what is checked
@require_POST
def saml_return(request: HttpRequest) -> HttpResponse:
    """Sign in who the provider says it is; their second factor here is still asked for.

    A browser sends no session along with a form of another site, so the form is sent on once from a page of ours.
    """
    _require_provider()
    answer = request.POST.get("SAMLResponse", "")
    if len(answer) > MOST_ANSWER_CHARACTERS:
        raise SingleSignOnRefused()
    if JOURNEY not in request.session and "again" not in request.POST:
        return render(request, "accounts/saml_return.html", {"answer": answer})
    journey = request.session.pop(JOURNEY, None)
    claim = saml.finish(**_addresses(request), answer=answer, journey=journey, at=clock.now())
    return come_back(request, claim, journey, method="saml")


@login_not_required
@require_safe
@limited("entry")
def saml_metadata(request: HttpRequest) -> HttpResponse:
    """Tell the provider's operator of this instance."""
    _require_provider()
    return HttpResponse(saml.metadata(**_addresses(request)), content_type="application/samlmetadata+xml")


def _require_provider() -> None:
    if not settings.SAML_METADATA:
        raise Http404


def _addresses(request: HttpRequest) -> dict[str, str]:
    """Return how this instance is known to the provider, and where answers go."""
    return {
        "address": request.build_absolute_uri(reverse("saml_metadata")),
        "back": request.build_absolute_uri(reverse("saml_return")),
    }
