"""The labelled letters: each with its bytes, its label, and what has been done to it."""

import hashlib
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LETTERS, NOISY = HERE / "letters", HERE / "noisy"
_RANK = re.compile(r"(?:Đại|Thượng|Trung|Thiếu) (?:tướng|tá|úy) |(?:TS|ThS|BS|PGS|GS)\. ?")
_PLACE_OF_A_TABLE = re.compile(r"\[\[[^\]]+\]\]")
_FOOT = "Nơi nhận"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as the reader gets it, with what a careful person reads in the clean one."""

    name: str
    data: bytes
    label: dict[str, Any]
    suffix: str = ".txt"

    @property
    def text(self) -> str:
        """The letter's characters; only for letters in UTF-8."""
        return self.data.decode()

    @property
    def issuer(self) -> str:
        """The id of the group whose letters are alike."""
        return str(self.label["issuer_group"])


def letters_of(folder: Path = LETTERS) -> list[Letter]:
    """Return the labelled letters of a folder by name, tables still in their labels."""
    return [
        Letter(path.stem, path.with_suffix(".txt").read_bytes(), json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(folder.glob("*.json"))
    ]


def noisy_letters(level: str, folder: Path = NOISY) -> tuple[list[Letter], list[str]]:
    """Return the recognised texts kept for a level with their clean labels, and the names of those out of date.

    A text is out of date when its letter was changed after the scan.
    """
    kept, stale = [], []
    recipe = json.loads((folder / level / "recipe.json").read_text(encoding="utf-8"))
    for letter in letters_of():
        if (made := recipe["letters"].get(letter.name)) is None:
            continue
        if made["letter_sha256"] == digest(letter):
            kept.append(replace(letter, data=(folder / level / f"{letter.name}.txt").read_bytes()))
        else:
            stale.append(letter.name)
    return kept, stale


def digest(letter: Letter) -> str:
    """Return what tells one wording of a letter from another."""
    return hashlib.sha256(letter.data).hexdigest()[:16]


def with_text(letter: Letter, text: str) -> Letter:
    """Return the letter with another wording."""
    return replace(letter, data=text.encode())


def without_tables(letter: Letter) -> Letter:
    """Return a letter with neither its tables nor the duties that stand only in their cells."""
    if "tables" not in letter.label:
        return letter
    text = _PLACE_OF_A_TABLE.sub("", letter.text)
    label = dict(letter.label)
    del label["tables"]
    # The body may say the same task in the same words as a row that is gone.
    appended = text.partition(_FOOT)[2]
    label["obligations"] = [
        one
        for one in label["obligations"]
        if squeezed(one["words"]) in squeezed(appended if one.get("location") == "appendix" else text)
    ]
    stay = {one.get("id") for one in label["obligations"]}
    label["obligations"] = [_alone(one, stay) for one in label["obligations"]]
    return Letter(letter.name, text.encode(), label)


def _alone(one: dict[str, Any], stay: set[Any]) -> dict[str, Any]:
    """Return a duty without its ties to duties that are gone, and without the conflict they made."""
    if all(link["id"] in stay for link in one.get("links", ())):
        return one
    links = [link for link in one["links"] if link["id"] in stay]
    return {**one, "links": links, "anomalies": [code for code in one["anomalies"] if code != "conflict_within"]}


def squeezed(text: str) -> str:
    """Return a text in small letters with single spaces."""
    return " ".join(text.split()).casefold()


def without_rank(name: str) -> str:
    """Return a person's name without the rank or degree before it."""
    return _RANK.sub("", name)
