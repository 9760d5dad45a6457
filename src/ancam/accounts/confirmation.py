"""Before something sensitive, a person says again that it is they."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse

from ancam.accounts.errors import NoWayToConfirm
from ancam.accounts.sign_in import signed_in
from ancam.web import clock

FRESH_FOR = timedelta(minutes=5)

View = Callable[..., HttpResponse]


def confirmed(view: View) -> View:
    """Ask for the password or a code first, unless the person gave one within five minutes, at sign-in or since.

    What was being sent waits, and is sent on after it. Raises `NoWayToConfirm` for who signs in only elsewhere.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _is_fresh(request):
            if not get_adapter().get_reauthentication_methods(request.user):
                raise NoWayToConfirm()
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    return asked


def _is_fresh(request: HttpRequest) -> bool:
    """Tell whether the latest proof of who it is, of whatever kind, is young enough."""
    proofs = get_authentication_records(request, signed_in(request))
    return bool(proofs) and clock.now().timestamp() - proofs[-1]["at"] < FRESH_FOR.total_seconds()
