"""What people enter of figures: which ones are asked, and the answers to them."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, cast

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from ancam.directives.errors import FigureFormRefused, FigureRefused, FigureRequired
from ancam.directives.figure_rules import CHOICE, DATE, NUMBER, TEXT, Answer, Figure, as_typed, read_answer, read_number
from ancam.directives.models.figures import FigureKind
from ancam.directives.services.figures import MOST_DECIMALS, MOST_FIGURES
from ancam.web.days import DayField
from ancam.web.tables import WordsFilter

SPARE_ROWS = 3


class FigureFieldForm(forms.Form):
    """One figure that is asked. A row without a name is none."""

    key = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    label = forms.CharField(label=_("Tên số liệu"), required=False)
    kind = forms.ChoiceField(label=_("Kiểu"), choices=FigureKind.choices, initial=FigureKind.NUMBER)
    unit = forms.CharField(label=_("Đơn vị"), required=False, help_text=_("Chỉ với số: chiếc, hệ thống, triệu đồng."))
    minimum = forms.CharField(label=_("Từ"), required=False, help_text=_("Số hoặc ngày nhỏ nhất được nhận."))
    maximum = forms.CharField(label=_("Đến"), required=False, help_text=_("Số hoặc ngày lớn nhất được nhận."))
    decimals = forms.TypedChoiceField(
        label=_("Chữ số sau dấu phẩy"),
        choices=[(str(n), str(n)) for n in range(MOST_DECIMALS + 1)],
        coerce=int,
        required=False,
    )
    options = forms.CharField(
        label=_("Các lựa chọn"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Chỉ với lựa chọn: mỗi dòng một lựa chọn."),
    )
    required = forms.BooleanField(label=_("Bắt buộc"), required=False)
    remove = forms.BooleanField(label=_("Bỏ số liệu này"), required=False)

    def clean(self) -> dict[str, Any]:
        """Read the bounds as the kind writes them."""
        values: dict[str, Any] = super().clean() or {}
        for name in ("minimum", "maximum"):
            values[name] = self._bound(name, values.get(name, ""), values.get("kind", ""))
        return values

    def _bound(self, name: str, text: str, kind: str) -> Decimal | date | None:
        if not text or kind not in (NUMBER, DATE) or self.is_left_out():
            return None
        if kind == NUMBER:
            number = read_number(text)
            if number is None:
                self.add_error(name, _("Chưa hiểu số này; đề nghị chỉ ghi chữ số."))
            return number
        try:
            day: date = DayField().clean(text)
        except forms.ValidationError as refused:
            self.add_error(name, refused)
            return None
        return day

    def is_left_out(self) -> bool:
        """Tell whether the row asks for nothing: without a name, or to be taken out."""
        values = self.cleaned_data
        return bool(values.get("remove")) or not (values.get("label") or "").strip()

    def figure(self) -> Figure:
        """Return what was entered."""
        names = ("key", "label", "kind", "unit", "minimum", "maximum", "decimals", "required")
        facts = {name: self.cleaned_data[name] for name in names}
        facts["decimals"] = facts["decimals"] or 0
        return Figure(**facts, options=tuple(self.cleaned_data["options"].splitlines()))


class _Figures(forms.BaseFormSet):  # type: ignore[type-arg]  # of `FigureFieldForm`
    """The figures of a duty, with spare rows at the end."""

    def figures(self) -> list[Figure]:
        """Return what was entered, in its order."""
        return [form.figure() for form in self.forms if not form.is_left_out()]

    def blame(self, refused: FigureFormRefused) -> None:
        """Put a refusal beside the field of the row that it names."""
        rows = [form for form in self.forms if not form.is_left_out()]
        row = rows[min(refused.values["index"], len(rows) - 1)]
        row.add_error(refused.values["field"], str(refused))


def figures_formset(data: Mapping[str, Any] | None, asked: Iterable[Figure]) -> _Figures:
    """Return the rows of what is asked, and spare ones; of what was sent, those that were sent."""
    initial = [_entered(figure) for figure in asked]
    spare = min(SPARE_ROWS, MOST_FIGURES - len(initial))
    made = forms.formset_factory(
        FigureFieldForm,
        formset=_Figures,
        extra=spare,
        max_num=MOST_FIGURES,
        absolute_max=MOST_FIGURES,
        validate_max=True,
    )
    return cast(_Figures, made(data, initial=initial, prefix="figures"))


def _entered(figure: Figure) -> dict[str, Any]:
    bounds = {name: as_typed(getattr(figure, name)) for name in ("minimum", "maximum")}
    plain = {name: getattr(figure, name) for name in ("key", "label", "kind", "unit", "required")}
    return {**plain, **bounds, "decimals": str(figure.decimals), "options": "\n".join(figure.options)}


def answer_field(figure: Figure) -> forms.Field:
    """Return the field in which a figure is answered; what the answer means is `read_answer`'s to say."""
    options: dict[str, Any] = {"label": figure.name, "required": False, "help_text": _bounds_in_words(figure)}
    if figure.kind == CHOICE:
        return forms.ChoiceField(choices=[("", "—"), *((one, one) for one in figure.options)], **options)
    if figure.kind == DATE:
        return DayField(**options)
    if figure.kind == TEXT:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), **options)
    mode = "decimal" if figure.decimals else "numeric"
    return forms.CharField(widget=forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"}), **options)


def _bounds_in_words(figure: Figure) -> str:
    least, most = as_typed(figure.minimum), as_typed(figure.maximum)
    words = ""
    if least and most:
        words = _("Từ %(least)s đến %(most)s.") % {"least": least, "most": most}
    elif least:
        words = _("Từ %(least)s.") % {"least": least}
    elif most:
        words = _("Đến %(most)s.") % {"most": most}
    return words if figure.required else f"{words} {_('Không bắt buộc.')}".strip()


def add_answer_fields(form: forms.Form, figures: Iterable[Figure], *, needed: bool) -> None:
    """Give a form a field for each figure; with `needed`, those that every report must bring are starred and asked."""
    for figure in figures:
        field = form.fields[figure.field] = answer_field(figure)
        field.required = needed and figure.required
        field.error_messages["required"] = str(FigureRequired(field=figure.field, label=figure.label))


def answers_initial(answers: Iterable[Answer], figures: Iterable[Figure]) -> dict[str, str]:
    """Return the answers given before, as the fields of the figures asked today show them."""
    told = {answer.key: answer for answer in answers}
    return {figure.field: as_typed(told[figure.key].value) for figure in figures if figure.key in told}


def read_answers(form: forms.Form, figures: Iterable[Figure]) -> dict[str, str]:
    """Return the texts answered, by the figure's key; what is no answer is said beside its field."""
    texts: dict[str, str] = {}
    for figure in figures:
        value = form.cleaned_data.get(figure.field)
        text = f"{value:%d/%m/%Y}" if isinstance(value, date) else value or ""
        texts[figure.key] = text
        if figure.field in form.errors:
            continue
        try:
            read_answer(figure, text)
        except FigureRefused as refused:
            form.add_error(figure.field, str(refused))
    return texts


class FigureFilters(django_filters.FilterSet):  # type: ignore[misc]  # the library is untyped
    """The period, and words of the agency."""

    code = django_filters.ChoiceFilter(label=_("Kỳ"), empty_label=None, choices=[])
    words = WordsFilter("assignment__agency__search_key", label=_("Cơ quan"))

    def __init__(self, *args: Any, periods: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(periods) > 1:
            self.filters["code"].extra["choices"] = periods
        else:
            del self.filters["code"]
