"""Who holds a letter says which figures every report on a duty must bring."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.models import Person
from ancam.audit.services import Action
from ancam.directives.errors import ChangedMeanwhile, FigureFormRefused
from ancam.directives.figure_rules import CHOICE, DATE, LARGEST, NUMBER, Figure, kept_figure, with_keys
from ancam.directives.models import FigureForm, Obligation
from ancam.directives.models.figures import FigureKind
from ancam.directives.services.guards import FIRST_YEAR, LAST_YEAR, locked_obligation, record_on, require_holder
from ancam.kit.folding import fold, squeeze

SET_FIGURES = Action("directives.set_figures", "Đặt biểu số liệu")

MOST_FIGURES = 20
MOST_OPTIONS = 30
MOST_DECIMALS = 4
LONGEST_LABEL, LONGEST_UNIT, LONGEST_OPTION = 120, 30, 80


@transaction.atomic
def set_figures(
    *, obligation: Obligation, figures: Sequence[Figure], version: int = 0, by: Person, at: datetime
) -> FigureForm | None:
    """Say which figures are asked with every report on a duty from now on; return what is asked, None while nothing is.

    figures: each with the key it had, empty for a new one; of a kind only what belongs to it is kept. version: of the
    form that the person saw, 0 for none. What was reported keeps its words, unit and value. Nothing is written when
    nothing changes. Raises `Forbidden`, `ChangedMeanwhile`, `FigureFormRefused`.
    """
    obligation = locked_obligation(obligation, None)
    require_holder(by, obligation.document.holder, _("đặt biểu số liệu"))
    forms = list(obligation.figure_forms.all())
    current = forms[0] if forms else None
    if version != (current.version if current else 0):
        raise ChangedMeanwhile(label=_("Biểu số liệu"))
    before = current.asked() if current else []
    used = {figure.key for form in forms for figure in form.asked()}
    asked = with_keys(_checked(figures), before, used)
    if asked == before:
        return current
    made = FigureForm.objects.create(
        obligation=obligation, version=version + 1, figures=[kept_figure(one) for one in asked], set_by=by, set_at=at
    )
    change = {
        "label": obligation.label,
        "before": {"figures": [one.name for one in before]},
        "after": {"figures": [one.name for one in asked]},
    }
    record_on(obligation.document, SET_FIGURES, by=by, at=at, change=change)
    return made


def _checked(figures: Sequence[Figure]) -> list[Figure]:
    if len(figures) > MOST_FIGURES:
        raise FigureFormRefused(
            index=MOST_FIGURES, field="label", what=_("nhiều nhất %(most)d số liệu") % {"most": MOST_FIGURES}
        )
    checked = [_checked_one(index, figure) for index, figure in enumerate(figures)]
    names = [fold(figure.label) for figure in checked]
    for index, name in enumerate(names):
        if name in names[:index]:
            raise FigureFormRefused(index=index, field="label", what=_("hai số liệu cùng tên"))
    return checked


def _checked_one(index: int, figure: Figure) -> Figure:
    """Return a figure squeezed, with only what belongs to its kind."""

    def refuse(field: str, what: str) -> FigureFormRefused:
        return FigureFormRefused(index=index, field=field, what=what)

    if figure.kind not in FigureKind.values:
        raise refuse("kind", _("chưa chọn kiểu"))
    label, unit = squeeze(figure.label), squeeze(figure.unit)
    if not label:
        raise refuse("label", _("số liệu chưa có tên"))
    if len(label) > LONGEST_LABEL:
        raise refuse("label", _("tên dài quá %(most)d ký tự") % {"most": LONGEST_LABEL})
    plain = Figure(figure.key, label, figure.kind, required=figure.required)
    if figure.kind == NUMBER:
        if len(unit) > LONGEST_UNIT:
            raise refuse("unit", _("đơn vị dài quá %(most)d ký tự") % {"most": LONGEST_UNIT})
        if not 0 <= figure.decimals <= MOST_DECIMALS:
            raise refuse("decimals", _("0 đến %(most)d chữ số sau dấu phẩy") % {"most": MOST_DECIMALS})
        plain = replace(plain, unit=unit, decimals=figure.decimals, minimum=figure.minimum, maximum=figure.maximum)
    if figure.kind == DATE:
        plain = replace(plain, minimum=figure.minimum, maximum=figure.maximum)
    if figure.kind == CHOICE:
        options = tuple(filter(None, map(squeeze, figure.options)))
        _check_options(options, refuse)
        plain = replace(plain, options=options)
    for field, bound in (("minimum", plain.minimum), ("maximum", plain.maximum)):
        if not _is_sensible(bound):
            raise refuse(field, _("giới hạn ngoài khoảng hệ thống nhận"))
    if plain.minimum is not None and plain.maximum is not None and plain.minimum > plain.maximum:  # type: ignore[operator]
        raise refuse("maximum", _("giới hạn trên nhỏ hơn giới hạn dưới"))
    return plain


def _check_options(options: tuple[str, ...], refuse: Callable[[str, str], FigureFormRefused]) -> None:
    if not 2 <= len(options) <= MOST_OPTIONS:
        raise refuse("options", _("cần từ 2 đến %(most)d lựa chọn") % {"most": MOST_OPTIONS})
    if len({fold(option) for option in options}) < len(options):
        raise refuse("options", _("hai lựa chọn giống nhau"))
    if any(len(option) > LONGEST_OPTION for option in options):
        raise refuse("options", _("lựa chọn dài quá %(most)d ký tự") % {"most": LONGEST_OPTION})


def _is_sensible(bound: Decimal | date | None) -> bool:
    if isinstance(bound, Decimal):
        return abs(bound) < LARGEST
    return bound is None or FIRST_YEAR <= bound.year <= LAST_YEAR
