"""Spoilt lines → the likeliest words: what was read weighed against how letters speak."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ancam.engines.reading.restoring.channel import meant_by, nearly
from ancam.engines.reading.restoring.model import Line, Piece
from ancam.engines.reading.restoring.speech import speech
from ancam.engines.reading.restoring.words import NUMBER, parted, seen
from ancam.engines.reading.script import bared, lowered
from ancam.engines.reading.syllables import is_syllable

_GLUED = re.compile(
    r"(?<=^[\dIVXlH|][.:,])(?=(?-i:[A-ZĐÀ-Ỹ]{2}))|(?<=^[IVX1lH|]{2}[.:,])(?=(?-i:[A-ZĐÀ-Ỹ]{2}))"
    r"|(?<=^[IVX1lH|]{3}[.:,])(?=(?-i:[A-ZĐÀ-Ỹ]{2}))|(?<=^\d[.)])(?=[^\W\d_]{2})"
    r"|(?<=[^\W\d_]{2}[.:-])(?=(?-i:[a-zà-ỹđ]{2}))"
    r"|(?<=^[A-Za-z$]\S:)(?=\d)|(?<=\w[,;])(?=[^\W\d_]{2})|(?<=ng[aàá]y)(?=\d)|(?<=th[aáà]ng)(?=\d)|(?<=n[aăâ]m)(?=\d)"
    r"|(?<=\d)(?=n[aăâ]m$)",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"[\d.,:/%+\-–()hH]+")
# A number or a name of a document, whatever letters stand in it: `23/CT-TTg`, `PA05`, `16h00`.
_NAMED = re.compile(
    r"[IVX]{1,4}|\S*\d\S*/\S*|\S*/\S*\d\S*|[A-ZĐ]{1,3}\d{2,3}|\d{1,2}[hg]\d{0,2}|[A-ZĐ&]{2,}[-/][A-ZĐ&\-/]+\S*|\S+@\S+\.\S+"
)
# Signs that stand for words; they are as likely as a number.
_ABBREVIATED = re.compile(
    r"UBND|HĐND|HDND|UBMTTQ|MTTQ|VT|KT|TM|TL|TUQ|VP|NC|QLTT|CNTT|TTTT|KHCN|ATTT|QCVN|TCVN|GDĐT|GDDT|PCTP|IP|IT|TP|TX|TT|QR|USB"
    r"|[a-z]/[a-z]{1,2}|V/v|TT&TT|KH&CN|GD&(?:Đ|D)T"
)
# The letter of a part or a point at the head of a line.
_MARKER = re.compile(r"[A-HÐĐ][.)]|[a-eđghik]\)")
_NUMBERED = re.compile(r"[S$][oO06óôéèõ]")
_ABOUT = re.compile(r"V[/iIl1|!]{1,2}v")
_ABBREVIATION = re.compile(r"[A-ZĐ][A-ZĐ&]{1,9}|T[TP]g")
# Between the halves of what stands there as one word.
_SPECKS = frozenset({".", ":", "-"})
_ENDS = re.compile(r"[.;:!?…]")
_TIME_WORDS = frozenset({"ngày", "tháng", "năm", "quý", "số", "khoản", "điều", "điểm"})
_BEAM = 14
_KEEP, _MERGE, _SPLIT, _TO_WORD = 2.5, 5.0, 5.0, 4.0
_SHORTEST_SPLIT = 5
_FAR = 7.0
_WEIGHT = 0.9
"""How much speech weighs beside what was read."""


@dataclass(frozen=True, slots=True)
class _Token:
    line: int
    before: str
    core: str
    after: str
    starts: bool
    glued: bool


@dataclass(frozen=True, slots=True)
class _Guess:
    """Words that one token, or two, may mean, with the cost of having been read so."""

    words: tuple[str, ...]
    length: int
    cost: float
    kept: bool = False


@dataclass(frozen=True, slots=True)
class _Path:
    cost: float
    last: str
    earlier: str
    guess: _Guess | None = None
    back: "_Path | None" = None


def guessed(lines: Sequence[str], spoilt: float) -> list[Line]:
    """Return the lines as pieces. spoilt: the share of words that were spoilt, above 0 and below 1."""
    tokens = list(_tokens(lines))
    pieces: list[list[Piece]] = [[] for _ in lines]
    at = 0
    for guess in _likeliest(tokens, spoilt):
        group = tokens[at : at + guess.length]
        pieces[group[0].line].append(_piece(group, guess, tokens[at + guess.length : at + guess.length + 1]))
        at += guess.length
    return [_dated(line) for line in pieces]


def _tokens(lines: Sequence[str]) -> Iterator[_Token]:
    ended = True
    for number, line in enumerate(lines):
        ended = ended or not line
        for word in line.split():
            for place, part in enumerate(_GLUED.split(word)):
                before, core, after = parted(part)
                starts = ended or bool(before.strip("(\"“'‘’"))
                yield _Token(number, before, core, after, starts=starts, glued=place > 0)
                ended = bool(_ENDS.search(after)) or not core


def _dated(line: Sequence[Piece]) -> Line:
    """Give a spoilt `tháng` its meaning by its place, `ngày 24 … năm`, and what stands before the day its comma.

    A month that the word swallowed stays unread.
    """
    made = list(line)
    for at, (day, number, month, year) in enumerate(zip(line, line[1:], line[2:], line[3:], strict=False)):
        if month.meant == "tháng" and at and lowered(day.meant) == "ngày" and made[at - 1].meant[-1:] in (";", "."):
            made[at - 1] = replace(made[at - 1], meant=f"{made[at - 1].meant[:-1]},")
        spoilt = month.doubtful and bared(month.shown[:1]) == "t"
        if spoilt and lowered(day.meant) == "ngày" and _DAY.fullmatch(number.shown) and year.meant == "năm":
            made[at + 2] = replace(month, meant="tháng")
    return tuple(made)


_DAY = re.compile(r"\d{1,2}")


def _likeliest(tokens: Sequence[_Token], spoilt: float) -> list[_Guess]:
    """Return the cheapest row of guesses over all tokens."""
    said = speech()
    beams: list[dict[tuple[str, str], _Path]] = [{} for _ in range(len(tokens) + 1)]
    beams[0] = {("", ""): _Path(0.0, "", "")}
    for at, token in enumerate(tokens):
        paths = sorted(beams[at].values(), key=lambda path: path.cost)[:_BEAM]
        for guess in _guesses(tokens, at, spoilt):
            for path in paths:
                cost, last, earlier = path.cost + guess.cost, path.last, path.earlier
                if token.starts:
                    cost += _WEIGHT * said.cost("", last, earlier) if last else 0.0
                    last, earlier = "", ""
                for word in guess.words:
                    cost += _WEIGHT * said.cost(word, last, earlier)
                    last, earlier = word, last
                beam = beams[at + guess.length]
                if (known := beam.get((earlier, last))) is None or cost < known.cost:
                    beam[earlier, last] = _Path(cost, last, earlier, guess, path)
    found: list[_Guess] = []
    step: _Path | None = min(beams[-1].values(), key=lambda path: path.cost)
    while step and step.guess:
        found.append(step.guess)
        step = step.back
    return found[::-1]


def _guesses(tokens: Sequence[_Token], at: int, spoilt: float) -> list[_Guess]:
    token = tokens[at]
    core = token.core
    opens = at == 0 or tokens[at - 1].line != token.line
    if opens and _ABOUT.fullmatch(core):
        return [_Guess(("v/v",), 1, 0.0)]
    if opens and token.after.startswith(":") and _NUMBERED.fullmatch(core):
        return [_Guess(("số",), 1, 0.0)]
    if opens and _MARKER.fullmatch(core + token.after):
        return [_Guess((NUMBER,), 1, 0.0, kept=True)]
    if not core or _NAMED.fullmatch(core) or _ABBREVIATED.fullmatch(core):
        return [_Guess((NUMBER,) if core else (), 1, 0.0, kept=True)]
    if _NUMERIC.fullmatch(core):
        return [_Guess((NUMBER,), 1, 0.0, kept=True), *_digits_for_words(tokens, at)]
    found = [*_single(core, spoilt), *_joined(tokens, at, spoilt)]
    if len(core) >= _SHORTEST_SPLIT and min((g.cost for g in found if not g.kept), default=_FAR) >= _FAR:
        found.extend(_torn(core, spoilt))
    return found


def _single(core: str, spoilt: float) -> list[_Guess]:
    read = seen(core)
    low = lowered(core)
    meant = meant_by(read)
    found = [_Guess((word,), 1, cost - math.log(spoilt)) for word, cost in meant.items() if word != low]
    own = math.exp(-meant[low]) if low in meant else 0.0
    if low in meant or is_syllable(core) or low in speech().vocabulary:
        found.append(_Guess((low,), 1, -math.log((1 - spoilt) + spoilt * own), kept=True))
    else:
        found.append(
            _Guess((low,), 1, _KEEP - math.log(1 - spoilt) if _ABBREVIATION.fullmatch(core) else 2 * _KEEP, kept=True)
        )
    return found


def _digits_for_words(tokens: Sequence[_Token], at: int) -> list[_Guess]:
    """Return the words that are known to be read as these digits (`46` for `độ`): never where a number may stand."""
    around = [*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2]]
    if any(lowered(one.core) in _TIME_WORDS or one.core[:1].isdigit() for one in around) or tokens[at].starts:
        return []
    return [_Guess((word,), 1, cost + _TO_WORD) for word, cost in meant_by(tokens[at].core).items()]


def _joined(tokens: Sequence[_Token], at: int, spoilt: float) -> list[_Guess]:
    """Return the words that two tokens of a line may be the halves of."""
    token, following = tokens[at], tokens[at + 1 : at + 2]
    if not following or following[0].line != token.line or token.after or following[0].before:
        return []
    other = following[0].core
    if _NUMERIC.fullmatch(other) or _NAMED.fullmatch(other) or not other or len(token.core) + len(other) > 7:
        return []
    meant = nearly(seen(token.core + other))
    return [_Guess((word,), 2, cost + _MERGE - math.log(spoilt)) for word, cost in meant.items() if cost < _FAR]


def _torn(core: str, spoilt: float) -> list[_Guess]:
    """Return the pairs of words that one token may be."""
    found: list[_Guess] = []
    read = seen(core)
    for cut in range(2, len(read) - 1):
        first, second = nearly(read[:cut]), nearly(read[cut:])
        for one, cost in list(first.items())[:3]:
            for other, more in list(second.items())[:3]:
                if speech().follows(other, one):
                    found.append(_Guess((one, other), 1, cost + more + _SPLIT - math.log(spoilt)))
    return found


def _piece(group: Sequence[_Token], guess: _Guess, following: Sequence[_Token]) -> Piece:
    shown = " ".join(token.before + token.core + token.after for token in group)
    core, after = "".join(token.core for token in group), group[-1].after
    goes_on = bool(following) and following[0].core[:1].islower()
    is_speck = goes_on and ((following[0].glued and after in _SPECKS) or after == "?")
    if guess.kept:
        unknown = bool(core) and not any(sign.fullmatch(core) for sign in (_NAMED, _NUMERIC, _ABBREVIATED))
        unknown = unknown and lowered(core) not in speech().vocabulary and not _ABBREVIATION.fullmatch(core)
        meant = shown.removesuffix(after) if is_speck else shown
        return Piece(shown, meant, doubtful=unknown and not is_syllable(core), glued=group[0].glued)
    words = "V/v" if guess.words == ("v/v",) else _cased(core, " ".join(guess.words), group[0], following)
    meant = f"{group[0].before}{words}{'' if is_speck else after}"
    return Piece(shown, meant, doubtful=guess.cost >= _FAR, glued=group[0].glued)


def _cased(core: str, words: str, token: _Token, following: Sequence[_Token]) -> str:
    letters = [c for c in core if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters) and (len(letters) > 2 or _shouts(token, following)):
        return words.upper()
    if core[:1].isupper() or core[:1] in "$":
        return words[:1].upper() + words[1:]
    return words


def _shouts(token: _Token, following: Sequence[_Token]) -> bool:
    """Return whether a word in capitals stands among others: `CO quan` is `Cơ quan`."""
    if not following or following[0].line != token.line:
        return True
    return not any(c.islower() for c in following[0].core)
