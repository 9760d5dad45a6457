"""Where allauth's second factors meet this instance: sealed secrets, our words, and who must have one."""

from collections.abc import Callable
from typing import Any, cast

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from ancam.accounts import selectors
from ancam.accounts.models import Person
from ancam.accounts.sealed import SECOND_FACTORS

# What a person may open who must set up a second factor first.
OPEN_BEFORE_SETUP = frozenset(
    {
        "second_factor_setup",
        "totp_add",
        "totp_picture",
        "passkey_add",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "account_logout",
    }
)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library is untyped
    """Seals what allauth keeps secret, and names the instance as people know it."""

    def encrypt(self, text: str) -> str:
        return SECOND_FACTORS.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return SECOND_FACTORS.unseal(encrypted_text)

    def _get_site_name(self) -> str:
        return instance_name()


def instance_name() -> str:
    """Return the name under which an app or a key lists this instance, short enough for a picture that scans well."""
    root = selectors.root_agency()
    return f"AnCam {root.place}" if root else "AnCam"


class SecondFactorMiddleware:
    """Lead a person whose role demands a second factor, and who has none, to where one is set up.

    One query in a request of such a person; none for others.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not settings.SECOND_FACTOR_ROLES or not isinstance(request.user, Person):
            return None
        match = request.resolver_match
        is_open = not getattr(view, "login_required", True) or (match and match.url_name in OPEN_BEFORE_SETUP)
        if is_open or not selectors.lacks_second_factor(request.user):
            return None
        if getattr(request, "htmx", False):
            return cast(HttpResponse, HttpResponseClientRedirect(reverse("second_factor_setup")))
        return redirect("second_factor_setup")
