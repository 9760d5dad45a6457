"""Where what a room measures differs from what an agency declared."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from ancam.directives.models import Obligation
from ancam.directives.selectors.matrix import Row
from ancam.directives.selectors.measured import measured_from
from ancam.web.measures import measures


def differing(rows: Iterable[Row], duties: Sequence[Obligation], on: date) -> Mapping[tuple[int, int], str]:
    """Return, by agency's and duty's id, what was measured where it differs from what was declared, in words.

    Of rows that count one agency alone. One measure for each of their cells whose kind a room measures: none while no
    room does.
    """
    measured = [duty for duty in duties if measures.measured_by(duty.kind)]
    own = (row for row in rows if not (row.is_folded and row.has_below))
    found = {(row.agency.pk, duty.pk): _difference(row, duty, on) for row in own for duty in measured}
    return {key: words for key, words in found.items() if words}


def _difference(row: Row, duty: Obligation, on: date) -> str:
    tally = row.cells.get(duty.pk)
    if tally is None or tally.declared is None:
        return ""
    seen = measures.measure(duty.kind, row.agency, since=measured_from(duty.document), until=on, on=on)
    if seen is None or seen.percentage is None or seen.percentage == tally.declared:
        return ""
    return _("Đo được %(measured)d%% (%(numerator)d/%(denominator)d %(unit)s), khai báo %(declared)d%%") % {
        "measured": seen.percentage,
        "numerator": seen.numerator,
        "denominator": seen.denominator,
        "unit": seen.unit,
        "declared": tally.declared,
    }
