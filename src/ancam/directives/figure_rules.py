"""The figures that a supervisor asks for: what an answer means, and what the answers of many agencies add up to."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ancam.directives.errors import (
    FigureNotDay,
    FigureNotNumber,
    FigureNotOffered,
    FigureRequired,
    FigureTooEarly,
    FigureTooGreat,
    FigureTooLate,
    FigureTooLong,
    FigureTooPrecise,
    FigureTooSmall,
)
from ancam.kit.folding import fold, squeeze

NUMBER, CHOICE, DATE, TEXT = "number", "choice", "date", "text"
LONGEST_ANSWER = 500
LARGEST = Decimal(10) ** 15
"""A spreadsheet keeps 15 digits of a number; what is larger would change on its way."""

_GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?", re.ASCII)
_COMMA = re.compile(r"-?\d+(,\d+)?", re.ASCII)
_POINT = re.compile(r"-?\d+\.\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that is asked with every report of a duty.

    key: by which answers to it are found, also after its words have changed; it is never used for another unit or kind.
    minimum, maximum: of a number or a day. decimals: how many places a number may have. options: of a choice.
    """

    key: str
    label: str
    kind: str
    unit: str = ""
    minimum: Decimal | date | None = None
    maximum: Decimal | date | None = None
    decimals: int = 0
    options: tuple[str, ...] = ()
    required: bool = False

    @property
    def field(self) -> str:
        """Return the name of its field in a form."""
        return f"figure_{self.key}"

    @property
    def name(self) -> str:
        """Return its label with its unit: `Số camera (chiếc)`."""
        return f"{self.label} ({self.unit})" if self.unit else self.label


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered, as it was stated then: the words and the unit of the day, and the value."""

    key: str
    label: str
    kind: str
    unit: str
    value: Decimal | date | str


def kept_figure(figure: Figure) -> dict[str, Any]:
    """Return a figure as it is kept in a form's row."""
    return {
        "key": figure.key,
        "label": figure.label,
        "kind": figure.kind,
        "unit": figure.unit,
        "minimum": _kept_value(figure.minimum),
        "maximum": _kept_value(figure.maximum),
        "decimals": figure.decimals,
        "options": list(figure.options),
        "required": figure.required,
    }


def figure_of(kept: Mapping[str, Any]) -> Figure:
    """Return a figure as `kept_figure` wrote it."""
    kind = kept["kind"]
    bounds = {name: _value_of(kind, kept[name]) if kept[name] else None for name in ("minimum", "maximum")}
    return Figure(**{**kept, **bounds, "options": tuple(kept["options"])})


def kept_answer(answer: Answer) -> dict[str, str]:
    """Return an answer as it is kept in a report's row."""
    value = _kept_value(answer.value) or ""
    return {"key": answer.key, "label": answer.label, "kind": answer.kind, "unit": answer.unit, "value": value}


def answer_of(kept: Mapping[str, str]) -> Answer:
    """Return an answer as `kept_answer` wrote it."""
    value = _value_of(kept["kind"], kept["value"])
    return Answer(kept["key"], kept["label"], kept["kind"], kept["unit"], value)


def _kept_value(value: Decimal | date | str | None) -> str | None:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def _value_of(kind: str, text: str) -> Decimal | date | str:
    if kind == NUMBER:
        return Decimal(text)
    return date.fromisoformat(text) if kind == DATE else text


def read_answer(figure: Figure, text: str, *, typed: bool = True) -> Answer | None:
    """Return what a text answers; None when it is empty and need not be answered.

    typed: a person typed it, so that 1.250 is a thousand two hundred and fifty; from a cell of a spreadsheet it may be
    one and a quarter too, and is refused. Raises a `FigureRefused` that names the field.
    """
    text = squeeze(text)
    if not text:
        if figure.required:
            raise FigureRequired(field=figure.field, label=figure.label)
        return None
    match figure.kind:
        case "number":
            value: Decimal | date | str = _number(figure, text, typed=typed)
        case "date":
            value = _day(figure, text)
        case "choice":
            value = _choice(figure, text)
        case _:
            value = _words(figure, text)
    return Answer(figure.key, figure.label, figure.kind, figure.unit, value)


def _number(figure: Figure, text: str, *, typed: bool) -> Decimal:
    number = read_number(text)
    unclear = not typed and bool(re.fullmatch(r"-?\d{1,3}\.\d{3}", text))
    if number is None or unclear or abs(number) >= LARGEST:
        raise FigureNotNumber(field=figure.field, label=figure.label)
    if -int(number.as_tuple().exponent) > figure.decimals:
        raise FigureTooPrecise(field=figure.field, label=figure.label, most=figure.decimals)
    if figure.minimum is not None and number < figure.minimum:  # type: ignore[operator]  # of a number
        raise FigureTooSmall(field=figure.field, label=figure.label, least=as_typed(figure.minimum))
    if figure.maximum is not None and number > figure.maximum:  # type: ignore[operator]  # of a number
        raise FigureTooGreat(field=figure.field, label=figure.label, most=as_typed(figure.maximum))
    return number


def read_number(text: str) -> Decimal | None:
    """Return the number that a text writes, the way offices do (1.250,5) or the way machines do (1250.5); else None.

    Places that are nothing but zeros are not kept.
    """
    plain = "".join(text.split())
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif _COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    elif not _POINT.fullmatch(plain):
        return None
    return _plain(Decimal(plain))


def _day(figure: Figure, text: str) -> date:
    try:
        day = datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 - a day as it is written has no zone
    except ValueError as exc:
        raise FigureNotDay(field=figure.field, label=figure.label) from exc
    if figure.minimum is not None and day < figure.minimum:  # type: ignore[operator]  # of a day
        raise FigureTooEarly(field=figure.field, label=figure.label, least=as_typed(figure.minimum))
    if figure.maximum is not None and day > figure.maximum:  # type: ignore[operator]  # of a day
        raise FigureTooLate(field=figure.field, label=figure.label, most=as_typed(figure.maximum))
    return day


def as_typed(value: Decimal | date | str | None) -> str:
    """Return a value as `read_answer` reads it: `1.250,5`, `20/11/2026`, a text as it is; empty for none."""
    if isinstance(value, Decimal):
        return f"{_plain(value):,f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value or ""


def _plain(number: Decimal) -> Decimal:
    """Return the number without places that are nothing but zeros."""
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize()


def _choice(figure: Figure, text: str) -> str:
    known = {fold(option): option for option in figure.options}
    option = known.get(fold(text))
    if option is None:
        raise FigureNotOffered(field=figure.field, label=figure.label, text=text[:60])
    return option


def _words(figure: Figure, text: str) -> str:
    if len(text) > LONGEST_ANSWER:
        raise FigureTooLong(field=figure.field, label=figure.label, most=LONGEST_ANSWER)
    return text


@dataclass(frozen=True, slots=True)
class Total:
    """What the answers to one figure come to.

    reported: how many answered. sum: of numbers. counts: of choices, in the order asked. earliest, latest: of days.
    """

    figure: Figure
    reported: int
    sum: Decimal | None = None
    counts: tuple[tuple[str, int], ...] = ()
    earliest: date | None = None
    latest: date | None = None


def total_of(figure: Figure, values: Iterable[Any]) -> Total:
    """Return what the values answered to a figure come to; of texts only how many there are."""
    found = list(values)
    if figure.kind == NUMBER:
        return Total(figure, len(found), sum=sum(found, Decimal(0)) if found else None)
    if figure.kind == DATE:
        return Total(figure, len(found), earliest=min(found, default=None), latest=max(found, default=None))
    if figure.kind == CHOICE:
        counts = Counter({option: 0 for option in figure.options})
        counts.update(found)
        return Total(figure, len(found), counts=tuple(counts.items()))
    return Total(figure, len(found))


def figures_told(asked: Iterable[Figure], answers: Iterable[Answer]) -> list[Figure]:
    """Return the figures that a summary shows: those asked today, then those answered before and asked no more."""
    told = {figure.key: figure for figure in asked}
    for answer in answers:
        told.setdefault(answer.key, Figure(answer.key, answer.label, answer.kind, answer.unit))
    return list(told.values())


def with_keys(wanted: Iterable[Figure], before: Iterable[Figure], used: Iterable[str]) -> list[Figure]:
    """Return the figures, each with its key: the one it had when it still counts the same, else one never used.

    wanted: with the key of the figure that each was, empty for a new one. used: every key the duty ever had.
    """
    same = {figure.key: (figure.kind, figure.unit) for figure in before}
    highest = max((int(key[1:]) for key in used), default=0)
    keyed: list[Figure] = []
    taken: set[str] = set()
    for figure in wanted:
        key = figure.key
        if key in taken or same.get(key) != (figure.kind, figure.unit):
            highest += 1
            key = f"s{highest}"
        taken.add(key)
        keyed.append(Figure(**{**_fields(figure), "key": key}))
    return keyed


def _fields(figure: Figure) -> dict[str, Any]:
    return {name: getattr(figure, name) for name in Figure.__slots__}
