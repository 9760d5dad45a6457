"""How the page of what became of a letter's duties is narrowed and sorted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ancam.directives.cascade_rules import Cell, Outcome
from ancam.directives.cascade_words import OUTCOME_WORDS
from ancam.directives.models import DutyKind
from ancam.directives.selectors.cascade import Cascade, DutyAbove, LetterBelow
from ancam.kit.folding import fold
from ancam.web.tables import MOST_CHARACTERS, few_words, filters_in_words

BY_ORDER, BY_NOT_SEEN, BY_DAY = "", "chua-thay", "han"


class CascadeForm(forms.Form):
    """Words of the duty above; its kind; what became of it; one of the letters below; the order."""

    words = forms.CharField(
        label=_("Nhiệm vụ hoặc cơ quan"), required=False, max_length=MOST_CHARACTERS, validators=[few_words]
    )
    kind = forms.ChoiceField(label=_("Loại nhiệm vụ"), required=False)
    outcome = forms.ChoiceField(label=_("Kết quả đối chiếu"), required=False)
    letter = forms.TypedChoiceField(label=_("Văn bản cấp dưới"), required=False, coerce=int, empty_value=None)
    order = forms.ChoiceField(
        label=_("Sắp xếp"),
        required=False,
        choices=[
            (BY_ORDER, _("Theo văn bản cấp trên")),
            (BY_NOT_SEEN, _("Nhiều nơi chưa thấy trước")),
            (BY_DAY, _("Hạn sớm trước")),
        ],
    )

    def __init__(self, data: Mapping[str, Any], cascade: Cascade) -> None:
        super().__init__(data)
        kinds = {one.duty.kind for one in cascade.duties}
        self._choices("kind", _("Mọi loại"), [(key, label) for key, label in DutyKind.choices if key in kinds])
        self._choices("outcome", _("Mọi kết quả"), [(key.value, words) for key, words in OUTCOME_WORDS.items()])
        letters = [(one.document.pk, one.name) for one in cascade.letters]
        self._choices("letter", _("Mọi văn bản"), letters)

    def _choices(self, name: str, empty: Any, choices: Sequence[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", empty), *choices]


@dataclass(frozen=True, slots=True)
class Row:
    """A duty above with its cells, one for each letter below that is shown."""

    above: DutyAbove
    cells: tuple[tuple[LetterBelow, Cell], ...]

    def count(self, outcome: Outcome) -> int:
        """Return in how many letters the duty came out so."""
        return sum(cell.outcome is outcome for _letter, cell in self.cells)

    @property
    def found(self) -> int:
        """Return in how many letters the duty was found."""
        return sum(bool(cell.found) for _letter, cell in self.cells)

    @property
    def asked(self) -> int:
        """Return in how many letters it was looked for."""
        return len(self.cells) - self.count(Outcome.NOT_ITS)


class CascadeFilters:
    """The conditions over a cascade: the shape that a page's filters have. A refused condition keeps no row."""

    def __init__(self, data: Mapping[str, Any], cascade: Cascade) -> None:
        self.cascade = cascade
        self.form = CascadeForm(data, cascade)
        self.kept: dict[str, Any] = self.form.cleaned_data if self.form.is_valid() else {}

    def is_valid(self) -> bool:
        """Tell whether every condition was understood."""
        return self.form.is_valid()

    @property
    def in_words(self) -> str:
        """Return the conditions in one line."""
        return filters_in_words(self.form) if self.is_valid() else ""

    @property
    def letters(self) -> tuple[LetterBelow, ...]:
        """Return the letters below that are shown."""
        one = self.kept.get("letter")
        return tuple(letter for letter in self.cascade.letters if one is None or letter.document.pk == one)

    def rows(self) -> list[Row]:
        """Return the duties above that are kept, in the order that was chosen."""
        if not self.is_valid():
            return []
        letters = self.letters
        rows = [
            Row(one, tuple((letter, letter.comparison.cells[one.duty.key]) for letter in letters))
            for one in self.cascade.duties
            if self._keeps(one)
        ]
        if outcome := self.kept["outcome"]:
            rows = [row for row in rows if row.count(Outcome(outcome))]
        return self._sorted(rows)

    def _keeps(self, one: DutyAbove) -> bool:
        duty = one.duty
        key = fold(" ".join((duty.clause, duty.action, *(body.text for body in duty.leads))))
        of_kind = self.kept["kind"] in ("", duty.kind)
        return of_kind and all(word in key for word in fold(self.kept["words"]).split())

    def _sorted(self, rows: list[Row]) -> list[Row]:
        if self.kept["order"] == BY_NOT_SEEN:
            return sorted(rows, key=lambda row: -row.count(Outcome.NOT_SEEN))
        if self.kept["order"] == BY_DAY:
            return sorted(rows, key=lambda row: (row.above.duty.last_day is None, row.above.duty.last_day))
        return rows

    def only(self, letters: Sequence[LetterBelow], rows: Sequence[Row]) -> list[Row]:
        """Return the rows with the cells of these letters alone."""
        shown = {letter.document.pk for letter in letters}
        return [replace(row, cells=tuple(pair for pair in row.cells if pair[0].document.pk in shown)) for row in rows]
