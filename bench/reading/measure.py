"""`bench/reading`: what the reader makes of labelled letters, clean and noisy, field by field.

usage: measure.py [LEVEL ...] [--letters] [--faults] [--only NAME ...] [--seed 1] [--json FILE]
                  [--learn MODULE:FUNCTION] [--require LEVEL-FIGURE=VALUE ...] [@FILE of arguments]

It prints a table by level of noise and one by issuer. A figure is a share of the whole set, not a mean of letters; a
refused letter counts with all its duties missed. With --learn the issuer's letters are read by what was learned from
the letters of the others alone: FUNCTION takes their clean texts and returns a reader, (bytes, name) → Reading.
It fails when a requirement is not met: a share is to reach its value, a count (invented, refused) is not to pass it;
the level `all` is every level together.
"""

import argparse
import importlib
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from labelled import Letter, letters_of, noisy_letters, without_tables
from noise import LEVELS, SCANS, damaged
from scoring import COUNTED, DOCUMENT_FIELDS, Score, figures, score, total

from ancam.engines.reading.contract import to_json
from ancam.engines.reading.errors import ReadingRefused
from ancam.engines.reading.model import Reading
from ancam.engines.reading.read import read_document

Reader = Callable[[bytes, str], Reading]
Learn = Callable[[Sequence[str]], Reader]

AT_MOST = ("invented", "refused")
EVERY_LEVEL = "all"
COLUMNS = {
    "letters": "thư", "labelled": "nhãn", "read": "đọc", "refused": "từ chối", "precision": "P", "recall": "R",
    "f1": "F1", "strict_f1": "F1 chặt", "deadlines": "hạn", "last_days": "ngày cuối", "dated": "hạn/nhãn",
    "relative": "hạn t.đối", "invented": "bịa", "cadence": "nhịp", "leads": "chủ trì", "leads_exact": "đúng hẳn",
    "supports_f1": "phối hợp", "report_to_f1": "báo cáo", "anomalies_precision": "b.thường P",
    "anomalies_recall": "b.thường R", "document": "phần đầu",
}  # fmt: skip
HEADS = dict(
    zip(DOCUMENT_FIELDS, ("số", "ký hiệu", "ngày", "loại", "cơ quan", "nơi", "người ký", "căn cứ"), strict=True)
)
BY_ISSUER = ("clean", *reversed(SCANS))


def main() -> int:
    asked = _arguments()
    began = time.perf_counter()
    scores = [
        one for level in asked.levels for one in scored(level, letters_at(level, asked.seed, asked.only), asked.learn)
    ]
    took = time.perf_counter() - began
    by_level = {level: figures(total(s for s in scores if s.level == level).counts) for level in asked.levels}
    by_level[EVERY_LEVEL] = figures(total(scores).counts)
    _print_table("mức nhiễu", by_level, COLUMNS)
    _print_table("phần đầu", by_level, HEADS)
    _print_issuers(scores, learned=asked.learn is not None)
    _print_letters(scores, letters=asked.letters, faults=asked.faults)
    print(f"\n{len(scores)} bản đọc, gồm cả tạo nhiễu, trong {took:.1f} s")
    if asked.json:
        _write_json(asked.json, by_level, scores)
    missed = [words for requirement in asked.require if (words := unmet(requirement, by_level))]
    print(*missed, sep="\n", end="\n" if missed else "")
    return 1 if missed else 0


def letters_at(level: str, seed: int, only: Sequence[str] = ()) -> list[Letter]:
    """Return the letters of a level: a kept scan, the clean ones damaged, or those of a folder that noise.py made."""
    if level in SCANS:
        letters, stale = noisy_letters(level)
        if stale:
            print(f"{level}: {len(stale)} bản quét cũ hơn thư, không tính: noise.py {level}", file=sys.stderr)
    elif level in LEVELS:
        letters = damaged(level, letters_of(), seed)
    else:
        letters = [without_tables(one) for one in letters_of(Path(level))]
    return [one for one in letters if not only or one.name in only]


def scored(level: str, letters: Sequence[Letter], learn: Learn | None = None) -> Iterator[Score]:
    """Yield the score of each letter, read by a reader that has learned from no letter of its issuer."""
    for issuer in sorted({one.issuer for one in letters}):
        reader = learn(learnable_without(issuer)) if learn else read_document
        for letter in letters:
            if letter.issuer == issuer:
                yield scored_letter(letter, level, reader)


def learnable_without(issuer: str) -> list[str]:
    """Return the clean texts of all letters but an issuer's, tables left out."""
    return [without_tables(one).text for one in letters_of() if one.issuer != issuer]


def scored_letter(letter: Letter, level: str, reader: Reader = read_document) -> Score:
    """Return what a reader scores on one letter; a refusal and a crash score nothing, and are told."""
    read, refusal = None, ""
    try:
        read = to_json(reader(letter.data, letter.name + letter.suffix))
    except ReadingRefused as refused:
        refusal = str(refused)
    except Exception as crash:  # noqa: BLE001 - a crash is a figure here, and the other letters are measured
        refusal = f"hỏng vì {crash!r}"
    made = score(letter.label, read, refusal=refusal)
    made.name, made.level, made.issuer = letter.name, level, letter.issuer
    return made


def unmet(requirement: str, by_level: dict[str, dict[str, float | None]]) -> str:
    """Return in words how a requirement, `clean-f1=0.97`, is not met; empty when it is."""
    name, _, value = requirement.partition("=")
    level, _, figure = name.rpartition("-")
    seen = by_level.get(level, {}).get(figure)
    if seen is None:
        return f"Không đạt {name}: không đo được"
    if seen <= float(value) if figure in AT_MOST else seen >= float(value):
        return ""
    return f"Không đạt {level} {COLUMNS.get(figure, figure)}: {_cell(figure, seen)}, cần {value}"


def _print_table(title: str, rows: dict[str, dict[str, float | None]], columns: dict[str, str]) -> None:
    widths = [max(7, len(words) + 1) for words in columns.values()]
    head = "".join(f"{words:>{width}}" for words, width in zip(columns.values(), widths, strict=True))
    print(f"\n{title:<24}{head}")
    for name, row in rows.items():
        cells = (f"{_cell(column, row[column]):>{width}}" for column, width in zip(columns, widths, strict=True))
        print(f"{name:<24}{''.join(cells)}")


def _cell(figure: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if figure in COUNTED else f"{value:.3f}"


def _print_issuers(scores: Sequence[Score], *, learned: bool) -> None:
    title = "chưa học cơ quan này" if learned else "cơ quan"
    rows: dict[str, dict[str, float | None]] = {}
    for issuer in sorted({one.issuer for one in scores}):
        own = [one for one in scores if one.issuer == issuer]
        row = figures(total(one for one in own if one.level == "clean").counts)
        row |= {level: figures(total(one for one in own if one.level == level).counts)["f1"] for level in BY_ISSUER}
        row["invented"] = figures(total(own).counts)["invented"]
        rows[issuer] = row
    columns = {level: f"F1 {level}" for level in BY_ISSUER}
    fields = ("letters", "labelled", "strict_f1", "deadlines", "leads")
    _print_table(title, rows, {name: COLUMNS[name] for name in fields} | columns | {"invented": "bịa, mọi mức"})


def _print_letters(scores: Sequence[Score], *, letters: bool, faults: bool) -> None:
    for one in scores if letters or faults else ():
        row = figures(one.counts)
        print(
            f"\n{one.level} {one.name}: " + ", ".join(f"{COLUMNS[name]} {_cell(name, row[name])}" for name in COLUMNS)
        )
        print(*(f"  {fault}" for fault in one.faults if faults), sep="\n", end="\n" if faults and one.faults else "")


def _write_json(path: Path, by_level: dict[str, dict[str, float | None]], scores: Sequence[Score]) -> None:
    letters = [
        {"name": s.name, "level": s.level, "issuer": s.issuer, "figures": figures(s.counts), "faults": s.faults}
        for s in scores
    ]
    content = {"levels": by_level, "letters": letters}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _learner(words: str) -> Learn:
    module, _, name = words.partition(":")
    found: Learn = getattr(importlib.import_module(module), name)
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, fromfile_prefix_chars="@"
    )
    parser.add_argument("levels", nargs="*", metavar="LEVEL", help="; ".join(LEVELS))
    parser.add_argument("--letters", action="store_true", help="a line for each letter")
    parser.add_argument("--faults", action="store_true", help="each miss, in a line")
    parser.add_argument("--only", nargs="+", default=(), metavar="NAME")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--learn", type=_learner)
    parser.add_argument("--require", nargs="+", action="extend", default=[], metavar="LEVEL-FIGURE=VALUE")
    asked = parser.parse_args()
    asked.levels = asked.levels or list(LEVELS)
    if strange := [one for one in asked.levels if one not in LEVELS and not Path(one).is_dir()]:
        parser.error(f"neither a level nor a folder: {', '.join(strange)}")
    return asked


if __name__ == "__main__":
    sys.exit(main())
