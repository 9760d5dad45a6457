"""The one place that asks what time it is; services and rules are told."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return this instant, aware."""
    return timezone.now()


def today() -> date:
    """Return the business date in Việt Nam."""
    return day_of(now())


def day_of(at: datetime) -> date:
    """Return the date in Việt Nam on which this instant falls."""
    return at.astimezone(VIETNAM).date()
