"""Learn from the labelled letters which words stand in duties of each kind, and judge what was learnt.

usage: learn_kinds.py [--judge]

It writes `engines/reading/kind_words.txt`. With --judge it writes nothing and prints how many labelled duties get
their kind by the phrases of `reference/duty-kinds.yaml` alone, and by the phrases with what the letters of all other
issuers teach. `measure.py clean --learn learn_kinds:reader_of` scores a reader that learnt so.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from unittest.mock import patch

from labelled import Letter, letters_of, without_tables

from ancam.engines.reading import likely_kinds
from ancam.engines.reading.agencies import actor, house_kind, trade_kind
from ancam.engines.reading.cadence import find_cadence
from ancam.engines.reading.kinds import OTHER, Verdict, kind_of_duty
from ancam.engines.reading.likely_kinds import KindWords, signs_of
from ancam.engines.reading.model import Reading, Span
from ancam.engines.reading.openings import read_opening
from ancam.engines.reading.read import read_document
from ancam.engines.reading.script import Script

TABLE = Path(likely_kinds.__file__).with_name("kind_words.txt")
_EDGES = " \n,;:-–."


@dataclass(frozen=True, slots=True)
class Passage:
    """The wording of a labelled duty without the bodies it opens with, and what of it tells its kind."""

    letter: Letter
    kind: str
    by_phrases: Verdict
    signs: tuple[str, ...]


def main() -> int:
    """Write the table, or judge what it would be without each issuer."""
    if sys.argv[1:] == ["--judge"]:
        judge()
    elif not sys.argv[1:]:
        TABLE.write_text(table_of(passages()), encoding="utf-8")
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


def reader_of(texts: Sequence[str]) -> Callable[[bytes, str], Reading]:
    """Return a reader that learnt the kinds from the letters with these texts, tables left out, and from no other."""
    learnt = _learnt(frozenset(texts))

    def read(data: bytes, name: str) -> Reading:
        with patch.object(likely_kinds, "kind_words", lambda: learnt):
            return read_document(data, name)

    return read


@cache
def _learnt(texts: frozenset[str]) -> KindWords:
    return KindWords(table_of(one for one in passages() if without_tables(one.letter).text in texts))


def judge() -> None:
    """Print how many duties of issuers not learnt from get the labelled kind, in all and by what the phrases say."""
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for issuer in sorted({one.letter.issuer for one in passages()}):
        learnt = KindWords(table_of(one for one in passages() if one.letter.issuer != issuer))
        for one in passages():
            if one.letter.issuer == issuer:
                settled = replace(one.by_phrases, likely=learnt.likely(one.signs)).settled()
                for group in _groups(one, settled):
                    seen[group]["duties"] += 1
                    seen[group]["phrases"] += one.by_phrases.kind == one.kind
                    seen[group]["learnt"] += settled.kind == one.kind
    print(f"{'':<28}{'nhiệm vụ':>10}{'cụm từ':>10}{'và học':>10}")
    for group, counts in seen.items():
        print(f"{group:<28}{counts['duties']:>10}{counts['phrases']:>10}{counts['learnt']:>10}")


def _groups(one: Passage, settled: Verdict) -> Iterator[str]:
    yield "tất cả"
    if settled.guessed:
        yield "đoán thay cụm từ" if not one.by_phrases.unsettled else "đoán khi cụm từ chưa chắc"
    elif one.by_phrases.unsettled:
        yield "cụm từ chưa chắc, không đoán"
    if one.kind == OTHER:
        yield "nhãn là việc khác"


def table_of(passages: Iterable[Passage]) -> str:
    """Return what `KindWords` reads: the kinds, then for each sign how many duties of which kind bear it."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in passages:
        for sign in one.signs:
            counts[sign][one.kind] += 1
    kinds = sorted({kind for row in counts.values() for kind in row})
    rows = (f"{sign}\t{_row(kinds, counts[sign])}" for sign in sorted(counts))
    return "\n".join((" ".join(kinds), *rows)) + "\n"


def _row(kinds: Sequence[str], counts: Counter[str]) -> str:
    return " ".join(f"{number}:{counts[kind]}" for number, kind in enumerate(kinds) if counts[kind])


@cache
def passages() -> tuple[Passage, ...]:
    """Return the passages of all labelled letters."""
    return tuple(one for letter in letters_of() for one in _passages_of(letter))


def _passages_of(letter: Letter) -> Iterator[Passage]:
    """Yield what lies between the first words of a label and those of the next duty, or the end of the paragraph."""
    tables = letter.label.get("tables", {}).values()
    cells = [cell.replace("\n", " ") for table in tables for row in table["rows"] for cell in row]
    script = Script.of([*letter.text.splitlines(), *cells])
    issuer = letter.label["document"]["issuer"]
    duties = letter.label["obligations"]
    begins = list(_begins(script, duties))
    for begin, duty in zip(begins, duties, strict=True):
        paragraph = next(one for one in script.paragraphs if one[0] <= begin < one[1])
        end = min(other for other in (*begins, paragraph[1]) if other > begin)
        span = _task(script, (begin, min(end, paragraph[1])))
        leads = {*(actor(lead).kind or trade_kind(issuer) for lead in duty["leads"]), house_kind(issuer)}
        signs = signs_of(script, span, leads, find_cadence(script, span))
        yield Passage(letter, duty["kind"], kind_of_duty(script, span, leads), signs)


def _begins(script: Script, duties: Iterable[dict[str, str]]) -> Iterator[int]:
    """Yield where each duty's first words stand, after those of the duty before it wherever they can."""
    after = 0
    for duty in duties:
        words = re.compile(r"\s+".join(map(re.escape, duty["words"].split())), re.IGNORECASE)
        found = words.search(script.text, after) or words.search(script.text)
        if found is None:
            raise LookupError(duty["words"])
        after = found.end()
        yield found.start()


def _task(script: Script, span: Span) -> Span:
    span = script.trimmed(span, _EDGES)
    task = script.trimmed((read_opening(script, span).action, span[1]), _EDGES)
    return task if task[0] < task[1] else span


if __name__ == "__main__":
    sys.exit(main())
