"""Learn how spoilt words come about and how Vietnamese letters speak, and write both beside the reader.

usage: learn.py speech | noise

speech: counts the words of the repository's own texts → `restoring/speech.txt`.
noise: draws the invented letters, has them read by an English model, sets what was read beside what was written →
`restoring/noise.txt`. Needs `text2image` and `tesseract` with `eng`; about two minutes on one core.
"""

import math
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from corpus import LETTER_WEIGHT, LETTERS, OTHER_WEIGHT, SOURCE, letter_lines, other_lines, sentences_of

from ancam.engines.reading.restoring.words import NUMBER, parted, seen
from ancam.engines.reading.script import bared, lowered
from ancam.engines.reading.syllables import is_syllable

DATA = SOURCE / "engines" / "reading" / "restoring"
LOOKS = (
    ("Liberation Serif", 13, 100), ("Liberation Serif", 13, 150), ("Liberation Serif", 14, 200),
    ("Liberation Serif", 13, 300), ("DejaVu Serif", 11, 120), ("Liberation Sans", 12, 130),
)  # fmt: skip
_PLAIN_LOOK = LOOKS[1]
_BAND = 25
_ROUNDS = 4
_RAREST = 2
_RAREST_WORD = 3
_Pair = tuple[str, str]


def main() -> int:
    """Write one of the two tables."""
    if sys.argv[1:] == ["speech"]:
        write_speech()
    elif sys.argv[1:] == ["noise"]:
        write_noise()
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


def write_speech() -> None:
    """Write the counts: a line for each word and each pair of words, with what follows it how often."""
    after: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for lines, weight in ((letter_lines(), LETTER_WEIGHT), (other_lines(), OTHER_WEIGHT)):
        for words in sentences_of(lines):
            said = ["", *(word for word in words), ""]
            for first, second in pairwise(said):
                after[(first,)][second] += weight
            for first, second, third in zip(said, said[1:], said[2:], strict=False):
                after[first, second][third] += weight
    known = {word for word, count in _totals(after).items() if _is_kept(word, count)}
    lines = [
        line for context in sorted(after) if set(context) <= known for line in _line(context, after[context], known)
    ]
    (DATA / "speech.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _totals(after: dict[tuple[str, ...], Counter[str]]) -> Counter[str]:
    totals: Counter[str] = Counter()
    for context, counts in after.items():
        if len(context) == 1:
            totals.update(counts)
    return totals


def _is_kept(word: str, count: int) -> bool:
    return word in ("", NUMBER) or is_syllable(word) or (count >= 2 * LETTER_WEIGHT and len(word) > 3)


def _line(context: tuple[str, ...], counts: Counter[str], known: set[str]) -> Iterator[str]:
    rarest = 1 if len(context) == 1 else _RAREST
    kept = {word: count for word, count in counts.items() if word in known and count >= rarest}
    if kept:
        yield " ".join(context) + "\t" + " ".join(f"{word}:{kept[word]}" for word in sorted(kept))


def write_noise() -> None:
    """Write the costs of edits, and of whole words often read in one wrong way."""
    drawn = [(text, look) for look in LOOKS for text in _letters()] + [(text, _PLAIN_LOOK) for text in _phrases()]
    pairs = [pair for text, look in drawn for pair in _aligned(text, _recognised(text, look))]
    edits = _edits(pairs)
    edits.update((edit, min(cost, edits.get(edit, cost))) for edit, cost in _BY_LOOK.items())
    words = Counter(pair for pair in pairs if " " not in pair[0] + pair[1])
    of_true = Counter(true for true, _ in words.elements())
    whole = {
        (true, read): -math.log(count / of_true[true])
        for (true, read), count in words.items()
        if count >= _RAREST_WORD and true != read and not read.isdigit()
    }
    whole.update(_WORDS_BY_LOOK)
    lines = [f"{true}\t{read}\t{cost:.2f}" for (true, read), cost in sorted(edits.items()) if cost < _DEAREST]
    lines += ["", *(f"{true}\t{read}\t{cost:.2f}" for (true, read), cost in sorted(whole.items()))]
    (DATA / "noise.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


_DEAREST = 8.0
# What stands for a letter or a word on paper though too few pages show it: the eth of old fonts, the yen.
_BY_LOOK = {
    ("đ", "p"): 4.0, ("đ", "ð"): 1.0, ("đ", "®"): 4.0, ("ý", "¥"): 1.5, ("ỹ", "¥"): 2.0, ("ổ", "4"): 4.5,
    ("c", "¢"): 3.0, ("c", "€"): 3.5, ("ó", "6"): 2.0, ("ó", "0"): 3.0, ("ẩ", "A"): 3.0, ("ấ", "A"): 3.0,
}  # fmt: skip
_WORDS_BY_LOOK = {("sở", "s"): 3.0}


def _letters() -> list[str]:
    return [p.read_text(encoding="utf-8") for p in sorted(LETTERS.iterdir()) if p.suffix in (".txt", ".md")]


def _phrases() -> list[str]:
    """Return what the reference texts say, in sheets of sixty lines."""
    lines = list(dict.fromkeys(line for line in letter_lines() if re.search(r"[ăâđêôơưạ-ỹ]", line)))
    return ["\n".join(lines[i : i + 60]) for i in range(0, len(lines), 60)]


def _recognised(text: str, look: tuple[str, int, int]) -> str:
    font, size, dpi = look
    with tempfile.TemporaryDirectory() as folder:
        source, page = Path(folder) / "text.txt", Path(folder) / "page"
        source.write_text(text, encoding="utf-8")
        drawn = [
            "text2image", f"--text={source}", f"--outputbase={page}", f"--font={font}", f"--ptsize={size}",
            f"--resolution={dpi}", f"--xsize={dpi * 8}", f"--ysize={dpi * 11}", f"--margin={dpi // 2}",
            "--fonts_dir=/usr/share/fonts", f"--fontconfig_tmpdir={folder}",
        ]  # fmt: skip
        subprocess.run(drawn, check=True, capture_output=True)
        read = ["tesseract", f"{page}.tif", "-", "-l", "eng", "--dpi", str(dpi)]
        return subprocess.run(read, check=True, capture_output=True, text=True).stdout


def _aligned(text: str, read: str) -> Iterator[_Pair]:
    """Yield what was written beside what was read, word by word; two words glued, or one torn, hold a space."""
    left = [parted(token)[1] for token in text.split()]
    right = [parted(token)[1] for token in read.split()]
    left, right = [w for w in left if w], [w for w in right if w]
    for i, j in _steps(left, right):
        true = " ".join(lowered(word) for word in left[slice(*i)])
        noisy = " ".join(seen(word) for word in right[slice(*j)])
        if true and noisy and all(part.isalpha() for part in true.split()):
            yield true, noisy


def _steps(left: Sequence[str], right: Sequence[str]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return the cheapest pairing of two rows of words, within a band around the diagonal."""
    slope = len(right) / max(1, len(left))
    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None]] = {(0, 0): (0.0, None)}
    for i in range(len(left) + 1):
        middle = int(i * slope)
        for j in range(max(0, middle - _BAND), min(len(right), middle + _BAND) + 1):
            options = [best[i, j]] if (i, j) in best else []
            for di, dj in ((1, 1), (1, 0), (0, 1), (2, 1), (1, 2)):
                if (before := best.get((i - di, j - dj))) is not None:
                    step = _unlike("".join(left[i - di : i]), "".join(right[j - dj : j])) + 0.3 * (di + dj - 2 or 0)
                    options.append((before[0] + step, (i - di, j - dj)))
            if options:
                best[i, j] = min(options, key=lambda option: option[0])
    steps, at = [], (len(left), len(right))
    while (before := best.get(at, (0.0, None))[1]) is not None:
        steps.append(((before[0], at[0]), (before[1], at[1])))
        at = before
    return steps[::-1]


def _unlike(one: str, other: str) -> float:
    if not one or not other:
        return 0.7
    a, b = bared(one), bared(other)
    row = list(range(len(b) + 1))
    for i, left in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, right in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (left != right))
    return row[-1] / max(len(a), len(b))


def _edits(pairs: Iterable[_Pair]) -> dict[_Pair, float]:
    """Return -log of how often each letter, or two, is read as which signs; learnt in rounds from the pairs."""
    counted = Counter(pair for pair in pairs if _unlike(pair[0], pair[1]) <= 0.7)
    costs: dict[_Pair, float] = {}
    for _ in range(_ROUNDS):
        used: Counter[_Pair] = Counter()
        for (true, noisy), count in counted.items():
            for edit in _cheapest(true, noisy, costs):
                used[edit] += count
        totals: Counter[str] = Counter()
        for (true, _read), count in used.items():
            totals[true] += count
        singles = Counter(c for (true, _n), count in counted.items() for c in true for _ in range(count))
        pairs_of = Counter(
            "".join(two) for (true, _n), count in counted.items() for two in pairwise(true) for _ in range(count)
        )
        of = {**singles, **pairs_of, "": sum(singles.values())}
        costs = {edit: -math.log(count / of[edit[0]]) for edit, count in used.items() if count >= _RAREST}
    return costs


def _cheapest(true: str, noisy: str, costs: dict[_Pair, float]) -> list[_Pair]:
    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None]] = {(0, 0): (0.0, None)}
    for i in range(len(true) + 1):
        for j in range(len(noisy) + 1):
            options = [best[i, j]] if (i, j) in best else []
            for di, dj in ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1), (2, 2), (1, 3), (2, 3)):
                if (before := best.get((i - di, j - dj))) is not None and i >= di and j >= dj:
                    edit = (true[i - di : i], noisy[j - dj : j])
                    options.append((before[0] + costs.get(edit, _first_cost(edit)), (i - di, j - dj)))
            best[i, j] = min(options, key=lambda option: option[0])
    found, at = [], (len(true), len(noisy))
    while (before := best[at][1]) is not None:
        found.append((true[before[0] : at[0]], noisy[before[1] : at[1]]))
        at = before
    return found


def _first_cost(edit: _Pair) -> float:
    true, noisy = edit
    if true == noisy and len(true) == 1:
        return 0.1
    if len(true) == len(noisy) == 1:
        return 1.0 if bared(true) == bared(noisy) else 5.0
    return 6.0 + 1.5 * (len(true) + len(noisy))


if __name__ == "__main__":
    sys.exit(main())
