"""How fast turns are given: evenly spaced, for one device or for the whole network."""

from collections.abc import Callable
from time import monotonic

_SLOWEST_PER_S = 10.0
_RECOVERY_PER_S = 0.05  # of the authorised rate, won back in each second without loss
_CREDIT_S = 0.02
_LOSS_EVERY_S = 1.0  # what is lost at once is one loss


class Pace:
    """Turns at most `per_s` a second, spaced evenly; who asks first is served first.

    credit_s: for how long a turn that nobody took is kept. A device gets none; for a whole run, a moment's credit makes
    up for the clock's own coarseness.
    """

    def __init__(self, per_s: float, clock: Callable[[], float] = monotonic, *, credit_s: float = 0.0) -> None:
        self.per_s = per_s
        self._clock = clock
        self._credit_s = credit_s
        self._next = clock()

    def wait_s(self) -> float:
        """Reserve the next turn and return the seconds until it comes, 0 when it is here."""
        now = self._clock()
        turn = max(self._next, now - self._credit_s)
        self._next = turn + 1 / self.per_s
        return max(0.0, turn - now)

    def take(self, most: int) -> int:
        """Take the turns that are due now, `most` of them at most."""
        now = self._clock()
        start = max(self._next, now - self._credit_s)
        due = min(most, int((now - start) * self.per_s) + 1) if start <= now else 0
        self._next = start + due / self.per_s
        return due


class CarefulPace(Pace):
    """A pace that halves when answers get lost, and returns slowly to what is authorised.

    A loss is a device that had answered and did so again only when asked twice: silence alone is none.
    """

    def __init__(self, per_s: float, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(per_s, clock, credit_s=_CREDIT_S)
        self.authorised_per_s = per_s
        self.slowest_per_s = per_s
        self.losses = 0
        self._changed_at = clock()

    def lose(self) -> None:
        """Slow down: an answer was lost."""
        now = self._clock()
        self.losses += 1
        if now - self._changed_at >= _LOSS_EVERY_S or self.per_s == self.authorised_per_s:
            self._set(max(self.per_s / 2, min(_SLOWEST_PER_S, self.authorised_per_s)), now)

    def recover(self) -> None:
        """Return towards the authorised rate by the time that has passed; to be called now and then."""
        now = self._clock()
        if self.per_s < self.authorised_per_s and now - self._changed_at >= _LOSS_EVERY_S:
            gained = self.authorised_per_s * _RECOVERY_PER_S * (now - self._changed_at)
            self._set(min(self.per_s + gained, self.authorised_per_s), now)

    def _set(self, per_s: float, now: float) -> None:
        self.per_s = per_s
        self.slowest_per_s = min(self.slowest_per_s, per_s)
        self._changed_at = now
