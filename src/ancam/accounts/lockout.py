"""One lock for every way of signing in: axes counts wrong passwords, codes and keys of one person together."""

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

from ancam.accounts.errors import SignInLocked
from ancam.accounts.models import Person


def require_unlocked(request: HttpRequest, person: Person) -> None:
    """Raise `SignInLocked` while the person is locked for this address; the answer is then axes' page, 429."""
    if not AxesProxyHandler.is_allowed(request, {"email": person.email}):
        request.axes_locked_out = True  # type: ignore[attr-defined]  # by this its middleware knows
        raise SignInLocked()


def count_failure(request: HttpRequest, person: Person) -> None:
    """Count a wrong code or key as a wrong password is counted; the fifth locks, and is answered 429."""
    user_login_failed.send(sender=__name__, credentials={"email": person.email}, request=request)


def release(request: HttpRequest, person: Person) -> None:
    """Forget the wrong passwords counted for the person from this address: they have just set another one."""
    AxesProxyHandler.update_request(request)
    AxesProxyHandler.reset_attempts(username=person.email, ip_address=request.axes_ip_address)  # type: ignore[attr-defined]
