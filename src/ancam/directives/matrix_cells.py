"""The cells of the matrix as markup, drawn at once: a template for each of thousands took most of a page's time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.formats import localize
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ancam.directives.models import Obligation, Sign
from ancam.directives.selectors.matrix import Row
from ancam.directives.sign_words import MARKS, in_words
from ancam.directives.tally import Tally


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the cells of a matrix have in common.

    duties: the columns. short: for each duty's id, what a phone's card calls it. kept: the conditions of the page as
    part of an address. differing: by agency's and duty's id, what a measure says where it differs from what was
    declared. labels and period_address are what a cell of one period says and leads to, looked up once for thousands.
    """

    duties: Sequence[Obligation]
    short: Mapping[int, str]
    kept: str
    differing: Mapping[tuple[int, int], str] = field(default_factory=dict)
    labels: Mapping[Sign, str] = field(default_factory=lambda: {sign: str(sign.label) for sign in Sign})
    period_address: str = field(default_factory=lambda: reverse("period", args=[0]))

    def cells_of(self, row: Row) -> SafeString:
        """Return the cells of a row, one for each column; each leads to what it counts."""
        own = {} if row.is_folded else {"own": "true"}
        return self.cells(row.cells, row.agency.pk, own)

    def cells(self, tallies: Mapping[int, Tally], agency: int | None, own: Mapping[str, str]) -> SafeString:
        """Return the cells of these counts, which are of an agency or of all."""
        of_agency = "".join(f"&amp;{name}={value}" for name, value in own.items())
        of_agency += f"&amp;agency={agency}" if agency else ""
        base = f"{reverse('assignments')}?{escape(self.kept_but_agency if agency else self.kept)}{of_agency}"
        drawn = [self._cell(tallies.get(duty.pk), duty.pk, agency, base) for duty in self.duties]
        return mark_safe("".join(drawn))  # noqa: S308 - its parts are escaped

    @property
    def kept_but_agency(self) -> str:
        """Return the conditions without those of the agency, which a row says itself."""
        names = ("agency", "agency_words", "own", "duty")
        return "&".join(part for part in self.kept.split("&") if part.partition("=")[0] not in names)

    def _cell(self, tally: Tally | None, duty: int, agency: int | None, base: str) -> str:
        if tally is None:
            return "<td></td>"
        sign = tally.sign
        if tally.total > 1:
            address, number = f"{base}&amp;duty={duty}", localize(tally.of(sign))
            return self._linked(sign, address, in_words(tally), number, duty, agency)
        words = in_words(tally) if tally.late else self.labels[sign]
        address = str(tally.one).join(self.period_address.rsplit("0", 1))
        return self._linked(sign, address, words, "", duty, agency)

    def _linked(self, sign: Sign, address: str, words: str, number: str, duty: int, agency: int | None) -> str:
        measured = self.differing.get((agency or 0, duty))
        second = '<i class="m-measured" aria-hidden="true"></i>' if measured else ""
        said = escape(f"{words}. {measured}" if measured else words)
        return (
            f'<td class="m-{sign.value}"><a href="{address}" data-of="{escape(self.short[duty])}"'
            f' aria-label="{said}" title="{said}">{MARKS[sign]}{number}{second}</a></td>'
        )


def sum_words(tally: Tally) -> SafeString:
    """Return how much of a row or column is done, and how much is overdue."""
    late = tally.of(Sign.OVERDUE)
    words = _("xong %(done)s trên %(total)s") % {"done": localize(tally.done), "total": localize(tally.total)}
    shown = format_html('<span title="{}">{}/{}</span>', words, localize(tally.done), localize(tally.total))
    if not late:
        return shown
    said = _("%(n)s quá hạn") % {"n": localize(late)}
    return format_html('{} <strong class="m-late" title="{}">!{}</strong>', shown, said, localize(late))
