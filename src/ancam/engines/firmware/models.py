"""Model lists as makers write them, and whether a device's model is on one.

`x` or `X` is one letter or digit; `X` between a letter and a digit some letters (Dahua's HX3XXX is HDW3…, HFW3…,
HDBW3…); `*` whatever follows; "/" joins models of one beginning; "…" counts from a number to a number; a V3 behind a
space is the hardware version. A model with `x` or `*` names a series: what follows it is free.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

LONGEST_MODEL = 128


class Fit(StrEnum):
    """How a device's model stands to a list."""

    LISTED = "listed"
    NOT_LISTED = "not-listed"
    UNKNOWN = "unknown"  # the device's model, or its hardware version, is not known
    IN_WORDS = "in-words"  # the list names families in words: a person must look


@dataclass(frozen=True, slots=True)
class _Span:
    """Models of one beginning whose number lies between two."""

    pattern: re.Pattern[str]
    lowest: int
    highest: int

    def has(self, model: str) -> bool:
        return any(self.lowest <= int(number) <= self.highest for number in self.pattern.findall(model))


@dataclass(frozen=True, slots=True)
class ModelList:
    """The models an advisory names. `is_open`: it also names families in words, so that no model is surely off it."""

    pattern: re.Pattern[str] | None
    of_hardware: tuple[tuple[re.Pattern[str], int], ...]
    spans: tuple[_Span, ...]
    has_all: bool
    is_open: bool

    def fit(self, model: str) -> Fit:
        """Return how a model, as `comparable_model` wrote it, stands to this list."""
        if self.has_all:
            return Fit.LISTED
        if not model:
            return Fit.UNKNOWN
        if (self.pattern and self.pattern.search(model)) or any(span.has(model) for span in self.spans):
            return Fit.LISTED
        hardware = {version for pattern, version in self.of_hardware if pattern.search(model)}
        if hardware:
            said = _HARDWARE.search(model)
            if said is None:
                return Fit.UNKNOWN
            if int(said[1]) in hardware:
                return Fit.LISTED
        return Fit.IN_WORDS if self.is_open else Fit.NOT_LISTED


_HARDWARE = re.compile(r"[ _(]V?(\d{1,2})(?:\.\d{1,2}){0,2}\)?$")
_NAMED_HARDWARE = re.compile(r"^(?P<model>.+?) V(?P<version>\d{1,2})$")
_COUNTED = re.compile(r"^(?P<head>[A-Z-]*)(?P<lowest>\d+)…(?P=head)(?P<highest>\d+)$", re.IGNORECASE)
_WILD_TAIL = re.compile(r"X{2,}$", re.IGNORECASE)
_SIGN = re.compile(
    r"(?P<letters>(?<=[A-Za-z])X(?=\d))|(?P<one>x+|XX+|X(?=\d)|(?<=\d)X)|(?P<rest>\*)|(?P<gap> )|(?P<plain>.)"
)
_BEFORE = r"(?<![A-Z0-9])"


def comparable_model(model: str) -> str:
    """Return a model as it is compared: in capitals, without spaces around it."""
    return model[:LONGEST_MODEL].strip().upper()


def read_models(text: str = "", *, has_all: bool = False, is_open: bool = False) -> ModelList:
    """Return the models of a list, written as makers write them, separated by commas."""
    plain: list[str] = []
    of_hardware: list[tuple[re.Pattern[str], int]] = []
    spans: list[_Span] = []
    for item in _items(text):
        if counted := _COUNTED.match(item):
            digits = len(counted["lowest"])
            numbered = re.compile(_BEFORE + re.escape(counted["head"].upper()) + rf"(\d{{{digits}}})")
            spans.append(_Span(numbered, int(counted["lowest"]), int(counted["highest"])))
        elif named := _NAMED_HARDWARE.match(item):
            of_hardware.append((re.compile(_pattern(named["model"])), int(named["version"])))
        else:
            plain.append(_pattern(item))
    pattern = re.compile("|".join(plain)) if plain else None
    return ModelList(pattern, tuple(of_hardware), tuple(spans), has_all, is_open)


def _items(text: str) -> list[str]:
    """Split a list into single models: at commas, and at slashes with the common beginning given back."""
    bare = re.sub(r"\([^)]*\)", "", text)
    return [model for item in bare.split(",") if item.strip() for model in _alternatives(item.strip())]


def _alternatives(item: str) -> list[str]:
    """Return the models of one item: "HDW1/2/4XXX" names HDW1XXX, HDW2XXX and HDW4XXX."""
    first, *others = (part.strip() for part in item.split("/"))
    stem = first[: first.rfind("-") + 1]
    head = re.split(r"\d", first.removeprefix(stem), maxsplit=1)[0]
    models = [first, *(stem + (head if other[:1].isdigit() else "") + other for other in others)]
    tail = _WILD_TAIL.search(models[-1])
    return [model + tail[0] if tail and model[-1].isdigit() else model for model in models]


def _pattern(model: str) -> str:
    """Return a model of the notation as a regular expression over capitals."""
    written: list[str] = []
    is_series = False
    for sign in _SIGN.finditer(model):
        kind, signs = str(sign.lastgroup), sign[0]
        is_series |= kind in ("letters", "one", "rest")
        match kind:
            case "letters":
                written.append("[A-Z]{1,4}")
            case "one":
                written.append(f"[A-Z0-9]{{{len(signs)}}}")
            case "gap":
                written.append("[ _-]?")
            case "plain":
                written.append(re.escape(signs.upper()))
    after = "" if is_series else r"(?![0-9])" if model[-1:].isdigit() else r"(?![A-Z])"
    return _BEFORE + "".join(written) + after
