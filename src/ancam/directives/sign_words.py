"""The signs of the matrix and the words beside them."""

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancam.directives.models import Sign
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


def narrowing(sign: Sign, kept_due: str = "") -> dict[str, str]:
    """Return the conditions that keep exactly what stands under a sign.

    `kept_due` is the lateness already chosen, to which the sign adds its own.
    """
    if sign is Sign.OVERDUE:
        return {"due": kept_due or "overdue"}
    due = {} if sign in (Sign.SUBMITTED, Sign.ACCEPTED, Sign.NOT_APPLICABLE) else {"due": kept_due or "open"}
    return {"state": sign.value, **due}
