"""`bench/reading`: labelled noisy letters made from the clean ones, the same from the same seed.

usage: noise.py LEVEL... [--to FOLDER] [--seed 1] [--letters NAME...] [--dpi 100] [--blur 0.8]

It writes NAME.txt and NAME.json of each level into FOLDER/LEVEL. The levels `heavy` and `medium` are scans read by
tesseract, seconds a page: a text that was made by the same recipe is kept. Without --to they go where they are
committed, `noisy/`, labels left out; letters with tables are not among them. measure.py takes FOLDER/LEVEL as a level.
"""

import argparse
import json
import random
import sys
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from changes import changed
from damage import DAMAGES
from labelled import NOISY, Letter, digest, letters_of, without_tables

from ancam.kit.folding import fold

SCANS = ("heavy", "medium")
LEVELS = (*DAMAGES, "changed", *SCANS)


def main() -> int:
    asked = _arguments()
    letters = [one for one in letters_of() if not asked.letters or one.name in asked.letters]
    for level in asked.levels:
        folder = (asked.to or NOISY) / level
        folder.mkdir(parents=True, exist_ok=True)
        if level in SCANS:
            letters = [one for one in letters if "tables" not in one.label]
            _write_scans(level, letters, folder, asked.seed, {"dpi": asked.dpi, "blur": asked.blur})
        made = letters if level in SCANS else damaged(level, letters, asked.seed)
        for one in made if asked.to else ():
            label = json.dumps(one.label, ensure_ascii=False, indent=1)
            (folder / f"{one.name}.json").write_text(label + "\n", encoding="utf-8")
            if level not in SCANS:
                (folder / f"{one.name}{one.suffix}").write_bytes(one.data)
    return 0


def damaged(level: str, letters: list[Letter], seed: int) -> list[Letter]:
    """Return the letters that a level concerns, damaged; the labels follow where the text means something else."""
    make = _changed_text if level == "changed" else DAMAGES[level]
    made = [make(one, random.Random(f"{seed}/{level}/{one.name}")) for one in letters]
    return [one for one in made if one is not None]


def _changed_text(letter: Letter, dice: random.Random) -> Letter:
    return without_tables(changed(letter, dice))


def recipe(level: str, name: str, seed: int) -> dict[str, Any]:
    """Return how a letter is scanned at a level: `heavy` as an English model reads it, `medium` a poor scan."""
    dice = random.Random(f"{seed}/{level}/{name}")
    heavy = level == "heavy"
    return {
        "dpi": dice.choice((150, 175, 200) if heavy else (100, 110, 125, 150)),
        "blur": round(dice.uniform(0.3, 0.9) if heavy else dice.uniform(0.4, 0.9), 2),
        "speckle": round(dice.uniform(0, 0.0006), 5),
        "skew": round(dice.uniform(-0.6, 0.6), 2),
        "language": "eng" if heavy else "vie",
        "layout": dice.choice((3, 4, 6)),
        "seed": dice.randrange(10_000),
    }


def _write_scans(level: str, letters: list[Letter], folder: Path, seed: int, instead: dict[str, float | None]) -> None:
    """Scan and read what the folder lacks or holds from another recipe, and write down how."""
    from pages import Scan, recognised, tesseract_version

    path = folder / "recipe.json"
    kept = json.loads(path.read_text(encoding="utf-8"))["letters"] if path.exists() else {}
    for letter in letters:
        scan = Scan(**recipe(level, letter.name, seed) | {key: value for key, value in instead.items() if value})
        begun = {"letter_sha256": digest(letter), **asdict(scan)}
        if kept.get(letter.name, {}).items() >= begun.items() and (folder / f"{letter.name}.txt").exists():
            continue
        text = recognised(letter.text, scan)
        (folder / f"{letter.name}.txt").write_text(text, encoding="utf-8")
        kept[letter.name] = {**begun, "words_kept": words_kept(letter.text, text), "tesseract": tesseract_version()}
        print(f"{level} {letter.name}: {kept[letter.name]['words_kept']:.0%} số từ còn nguyên", flush=True)
        _write_recipe(path, kept)


def _write_recipe(path: Path, kept: dict[str, Any]) -> None:
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(kept[name])}" for name in sorted(kept))
    path.write_text(f'{{"letters": {{\n{lines}\n}}}}\n', encoding="utf-8")


def words_kept(clean: str, noisy: str) -> float:
    """Return the share of a text's words that the noisy one still holds, diacritics aside."""
    before, after = Counter(fold(clean).split()), Counter(fold(noisy).split())
    return round((before & after).total() / before.total(), 3)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("levels", nargs="+", choices=LEVELS, metavar="LEVEL", help=", ".join(LEVELS))
    parser.add_argument("--to", type=Path, help="a folder of your own; scans made before are found there again")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--dpi", type=int, help="for scans, instead of the recipe's")
    parser.add_argument("--blur", type=float, help="the same, in pixels")
    parser.add_argument("--letters", nargs="+", default=(), metavar="NAME")
    asked = parser.parse_args()
    if not asked.to and (set(asked.levels) - set(SCANS) or asked.dpi or asked.blur or asked.letters):
        parser.error("only scans of all letters by the recipe are committed: name a folder with --to")
    return asked


if __name__ == "__main__":
    sys.exit(main())
