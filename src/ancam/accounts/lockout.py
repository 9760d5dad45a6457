"""One lock for every way of signing in: axes counts wrong passwords, codes and keys of one person from one address.

Codes are few enough to be guessed from many addresses, so they are counted for the person besides.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from axes.handlers.proxy import AxesProxyHandler
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest

from ancam.accounts.errors import CodesLocked, SignInLocked
from ancam.accounts.models import Person
from ancam.web.rate_limits import Limit, TooOften, count, forget, take_back


def require_unlocked(request: HttpRequest, person: Person) -> None:
    """Raise `SignInLocked` while the person is locked for this address; the answer is then axes' page, 429."""
    if not AxesProxyHandler.is_allowed(request, {"email": person.email}):
        request.axes_locked_out = True  # type: ignore[attr-defined]  # by this its middleware knows
        raise SignInLocked()


def count_failure(request: HttpRequest, person: Person) -> None:
    """Count a wrong code or key as a wrong password is counted; the fifth locks, and is answered 429."""
    user_login_failed.send(sender=__name__, credentials={"email": person.email}, request=request)


@contextmanager
def code_counted(person: Person, at: datetime) -> Iterator[None]:
    """Count the code that is looked at within, unless it is right: beforehand, so that many at once are counted too.

    Raises `CodesLocked` past the limit of the settings, without looking.
    """
    who = _as_counted(person)
    try:
        count(_code_limit(), who, at)
    except TooOften as refused:
        raise CodesLocked(field="code", most=refused.most, hours=-(-refused.wait_s // 3600)) from refused
    yield
    take_back(_code_limit(), who)


def forget_codes(person: Person) -> None:
    """Begin the person's count anew: no code that was guessed at is good any more."""
    forget(_code_limit(), _as_counted(person))


def _as_counted(person: Person) -> str:
    return f"person {person.pk}"


def _code_limit() -> Limit:
    most, minutes = settings.CODE_LIMIT
    return Limit("code", most, minutes)


def release(request: HttpRequest, person: Person) -> None:
    """Forget the wrong passwords counted for the person from this address: they have just set another one."""
    AxesProxyHandler.update_request(request)
    AxesProxyHandler.reset_attempts(username=person.email, ip_address=request.axes_ip_address)  # type: ignore[attr-defined]
