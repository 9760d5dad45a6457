"""How often one person or one address may ask for what costs much, counted in a table that every process shares."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from ancam.kit.errors import AnCamError
from ancam.web import clock
from ancam.web.addresses import counted_address
from ancam.web.models import RateCount

View = Callable[..., HttpResponse]

FORGOTTEN_AFTER = timedelta(days=1)


class TooOften(AnCamError):
    """The same has been asked for too often in too short a time. Values: `most`, `minutes`, `wait_s`."""

    what = "Yêu cầu này được gửi quá nhiều lần"
    ground = "mỗi người hoặc mỗi địa chỉ tối đa {most} lần trong {minutes} phút"
    next_step = "Đề nghị đợi {wait_s} giây rồi thử lại; nội dung đã lưu không thay đổi"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times in each window of so many minutes."""

    name: str
    most: int
    minutes: int


def limits_of(request: HttpRequest) -> Iterator[Limit]:
    """Yield the limits that a request counts towards."""
    names = []
    if request.method == "POST" and not _is_signed_in(request):
        names.append("anonymous")
    elif request.method == "POST":
        names += ["post", "upload"] if request.content_type == "multipart/form-data" else ["post"]
    elif "xuat" in request.GET and _is_signed_in(request):
        names.append("export")
    yield from map(_limit, names)


def _limit(name: str) -> Limit:
    most, minutes = settings.RATE_LIMITS[name]
    return Limit(name, most, minutes)


def _is_signed_in(request: HttpRequest) -> bool:
    return bool(request.user.is_authenticated)


def count(limit: Limit, who: str, at: datetime) -> None:
    """Count one more for this person or address. Raises `TooOften` past the limit of the present window.

    One row for each limit and asker, whose name is kept as a digest. Two or three queries.
    """
    key = _key(limit, who)
    length_s = limit.minutes * 60
    window = int(at.timestamp()) // length_s
    if not _counted_again(key, window):
        _begin_window(key, window, at)
    if RateCount.objects.filter(key=key, window=window, count__gt=limit.most).exists():
        wait_s = (window + 1) * length_s - int(at.timestamp())
        raise TooOften(most=limit.most, minutes=limit.minutes, wait_s=wait_s)


def take_back(limit: Limit, who: str) -> None:
    """Count one less: what was asked for turned out not to be of the kind that is counted."""
    RateCount.objects.filter(key=_key(limit, who), count__gt=0).update(count=F("count") - 1)


def forget(limit: Limit, who: str) -> None:
    """Begin this person's or address's count anew."""
    RateCount.objects.filter(key=_key(limit, who)).delete()


def _key(limit: Limit, who: str) -> str:
    return f"{limit.name}:{hashlib.sha256(f'{settings.SECRET_KEY}:{who}'.encode()).hexdigest()[:32]}"


def _counted_again(key: str, window: int) -> bool:
    return bool(RateCount.objects.filter(key=key, window=window).update(count=F("count") + 1))


def _begin_window(key: str, window: int, at: datetime) -> None:
    """Begin the window's count, or count on where another process has begun it in the same moment."""
    if RateCount.objects.filter(key=key, window__lt=window).update(window=window, count=1, counted_at=at):
        return
    try:
        with transaction.atomic():
            RateCount.objects.create(key=key, window=window, count=1, counted_at=at)
    except IntegrityError:
        _counted_again(key, window)


def forget_counts() -> int:
    """Delete counts of a day ago and earlier; return how many."""
    deleted, _ = RateCount.objects.filter(counted_at__lt=clock.now() - FORGOTTEN_AFTER).delete()
    return int(deleted)


class RateLimitMiddleware:
    """Answer 429 to who asks too often, before any view runs. Stands after who is signed in is known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        at = clock.now()
        try:
            for limit in limits_of(request):
                count(limit, _asker(request), at)
        except TooOften as refused:
            return _page(refused)
        return self.get_response(request)


def limited(name: str) -> Callable[[View], View]:
    """Count each request for the view towards this limit of the settings, besides those of every view; answer 429."""

    def limit_view(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                count(_limit(name), _asker(request), clock.now())
            except TooOften as refused:
                return _page(refused)
            return view(request, *args, **kwargs)

        return counted

    return limit_view


def _asker(request: HttpRequest) -> str:
    return f"person {request.user.pk}" if _is_signed_in(request) else f"address {counted_address(request)}"


def _page(refused: TooOften) -> HttpResponse:
    page = render_to_string("web/turned_away.html", {"explanation": refused.explain()})
    return HttpResponse(page, status=429, headers={"Retry-After": str(refused.wait_s)})
