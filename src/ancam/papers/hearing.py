"""Who tells leaders that a paper waits for them: a room above, because this one knows nothing of notices."""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import ImproperlyConfigured

from ancam.papers.models import Paper

Teller = Callable[[Paper, datetime], None]
_teller: Teller | None = None


def register(teller: Teller) -> None:
    """Name who tells leaders of a submitted paper; a room calls this when it starts. There is one."""
    global _teller
    if _teller is not None:
        raise ImproperlyConfigured("two rooms tell leaders of submitted papers")
    _teller = teller


def tell_submitted(paper: Paper, at: datetime) -> None:
    """Let the leaders hear that the paper was laid before them, within the transaction in which it was."""
    if _teller is not None:
        _teller(paper, at)
