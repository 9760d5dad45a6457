"""What became of a duty in a letter below, in words and signs. What is not seen is not said to be missing."""

from collections.abc import Sequence

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from ancam.directives.cascade_rules import Cell, Change, ChangeKind, Ground, Outcome

ADDED = "added"
"""The name under which what is new below is asked for, beside the outcomes."""

OUTCOME_WORDS = {
    Outcome.PASSED: _lazy("Đã triển khai"),
    Outcome.CHANGED: _lazy("Có thay đổi"),
    Outcome.NOT_SEEN: _lazy("Chưa thấy"),
    Outcome.UNCLEAR: _lazy("Chưa rõ"),
    Outcome.NOT_ITS: _lazy("Không thuộc phạm vi"),
}
OUTCOME_MARKS = {
    Outcome.PASSED: "●",
    Outcome.CHANGED: "◐",
    Outcome.NOT_SEEN: "○",
    Outcome.UNCLEAR: "?",
    Outcome.NOT_ITS: "–",
}


def reasons(cell: Cell) -> list[str]:
    """Return why a cell stands as it does: the changes of a duty that was found, the ground for one that was not."""
    if cell.found:
        return [change_in_words(change) for change in cell.changes]
    return [ground_in_words(cell.ground, cell.bodies)]


def change_in_words(change: Change) -> str:
    """Return one difference: `muộn hơn 31 ngày: 31/08/2026 (cấp trên: 31/07/2026)`."""
    if change.above is not None and change.below is not None:
        apart = abs((change.below - change.above).days)
        days = {"n": localize(apart), "below": _day(change.below), "above": _day(change.above)}
        if change.kind is ChangeKind.LATER:
            told = ngettext(
                "muộn hơn %(n)s ngày: %(below)s (cấp trên: %(above)s)",
                "muộn hơn %(n)s ngày: %(below)s (cấp trên: %(above)s)",
                apart,
            )
        else:
            told = ngettext(
                "sớm hơn %(n)s ngày: %(below)s (cấp trên: %(above)s)",
                "sớm hơn %(n)s ngày: %(below)s (cấp trên: %(above)s)",
                apart,
            )
        return told % days
    words = "; ".join(change.words)
    if change.above is not None:
        if words:
            return _("không ghi ngày mà ghi “%(words)s” (cấp trên: %(above)s)") % {
                "words": words,
                "above": _day(change.above),
            }
        return _("không ghi thời hạn (cấp trên: %(above)s)") % {"above": _day(change.above)}
    if change.below is not None:
        return _("đặt thêm thời hạn: %(below)s") % {"below": _day(change.below)}
    if change.kind is ChangeKind.NARROWER:
        return _("không nêu %(words)s") % {"words": words}
    return _("thêm điều kiện “%(words)s”") % {"words": words}


def ground_in_words(ground: Ground, bodies: Sequence[str]) -> str:
    """Return why a duty that was not found is expected in the letter, or is not."""
    named = {"bodies": "; ".join(bodies)}
    words = {
        Ground.EVERYONE: _("không thấy trong văn bản; cấp trên giao mọi cơ quan, đơn vị"),
        Ground.ITSELF: _("không thấy trong văn bản; cấp trên giao %(bodies)s, gồm cả cơ quan ban hành"),
        Ground.BELOW: _("không thấy trong văn bản; cơ quan ban hành có cơ quan ở dưới làm việc của %(bodies)s"),
        Ground.NAMED: _("không thấy trong văn bản; cấp trên giao %(bodies)s, văn bản này cũng có nêu"),
        Ground.NOT_BELOW: _("giao %(bodies)s; cơ quan ban hành không có cơ quan như vậy ở dưới"),
        Ground.NOT_LOCAL: _("không giao cơ quan nào ở địa phương"),
        Ground.UNKNOWN: _("không thấy trong văn bản; chưa rõ cơ quan được giao có ở dưới cơ quan ban hành không"),
    }
    return words[ground] % named


def _day(day: object) -> str:
    return f"{day:%d/%m/%Y}"
