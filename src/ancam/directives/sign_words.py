"""The signs of the matrix and the words beside them."""

from datetime import date

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancam.directives.models import DuePeriod, PeriodState, Sign
from ancam.directives.rules import is_late
from ancam.directives.tally import Tally

MARKS = {
    Sign.OVERDUE: "!",
    Sign.RETURNED: "↩",
    Sign.SUBMITTED: "◔",
    Sign.IN_PROGRESS: "◐",
    Sign.NOT_STARTED: "○",
    Sign.ACCEPTED: "●",
    Sign.NOT_APPLICABLE: "–",
}


def in_words(tally: Tally) -> str:
    """Return how the counted periods stand: `Hoàn thành, muộn` for one, `Quá hạn 3; hoàn thành 20; 2 muộn` for many."""
    if tally.total == 1:
        label = str(tally.sign.label)
        return _("%(state)s, muộn") % {"state": label} if tally.late else label
    parts = [f"{sign.label} {localize(tally.of(sign))}" for sign in Sign if tally.of(sign)]
    if tally.late:
        parts.append(ngettext("%(n)d gửi muộn", "%(n)d gửi muộn", tally.late) % {"n": tally.late})
    return "; ".join(parts)


def state_in_words(period: DuePeriod, on: date) -> tuple[str, bool]:
    """Return the state of a period as declared, with how late it is; and whether open work is past its last day."""
    words = {"state": period.get_state_display()}
    if not is_late(period.state, period.due_on, done_on=period.done_on, on=on):
        return words["state"], False
    if period.state in (PeriodState.SUBMITTED, PeriodState.ACCEPTED):
        return _("%(state)s, muộn") % words, False
    return _("%(state)s, quá hạn") % words, True


def narrowing(sign: Sign, kept_due: str = "") -> dict[str, str]:
    """Return the conditions that keep exactly what stands under a sign.

    `kept_due` is the lateness already chosen, to which the sign adds its own.
    """
    if sign is Sign.OVERDUE:
        return {"due": kept_due or "overdue"}
    due = {} if sign in (Sign.SUBMITTED, Sign.ACCEPTED, Sign.NOT_APPLICABLE) else {"due": kept_due or "open"}
    return {"state": sign.value, **due}
