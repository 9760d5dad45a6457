"""Who tells leaders that a paper waits for them: a room above, because this one knows nothing of notices."""

from collections.abc import Callable
from datetime import datetime

from django.core.exceptions import ImproperlyConfigured

from ancam.papers.models import Paper

Teller = Callable[[Paper, datetime], None]
_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    """Name who tells leaders of a submitted paper; a room calls this when it starts. There is one."""
    if _tellers:
        raise ImproperlyConfigured("two rooms tell leaders of submitted papers")
    _tellers.append(teller)


def tell_submitted(paper: Paper, at: datetime) -> None:
    """Let the leaders hear that the paper was laid before them, within the transaction in which it was."""
    for teller in _tellers:
        teller(paper, at)
