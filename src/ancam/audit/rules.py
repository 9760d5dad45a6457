"""How a line is sealed and how a chain is checked; pure values, so that an auditor can repeat it elsewhere."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64
SEALED = (
    "number",
    "at",
    "actor_id",
    "actor_name",
    "agency_id",
    "agency_name",
    "action",
    "action_name",
    "object_type",
    "object_id",
    "object_name",
    "change",
    "previous_digest",
)
AFFECTED = "affected"
_HEAD = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})")


def seal(line: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) of a line's sealed fields as UTF-8 JSON, keys sorted, no spaces.

    The ids of affected agencies are sealed where there are any, so that lines from before keep their seal.
    """
    sealed = sealed_fields(line)
    text = json.dumps(sealed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def sealed_fields(line: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is sealed of a line: always the same fields, and the affected agencies where there are any."""
    affected = {AFFECTED: line[AFFECTED]} if line.get(AFFECTED) else {}
    return {name: line[name] for name in SEALED} | affected


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a chain holds: the number and digest of its last sound line, and whether the next one failed."""

    number: int
    digest: str
    broken: bool


def walk_chain(lines: Iterable[Mapping[str, Any]], *, after: int = 0, previous: str = GENESIS) -> Reached:
    """Follow the chain from the line after `after`, whose digest is `previous`, and say how far it holds.

    It stops at the first line that is missing, altered or out of its chain. Lines that end early are no break here:
    the caller knows how many there should be.
    """
    number, digest = after, previous
    for line in lines:
        sound = line["number"] == number + 1 and line["previous_digest"] == digest and line["digest"] == seal(line)
        if not sound:
            return Reached(number, digest, broken=True)
        number, digest = number + 1, line["digest"]
    return Reached(number, digest, broken=False)


def first_break(lines: Iterable[Mapping[str, Any]]) -> int | None:
    """Return the number of the first line that is missing, altered or out of its chain; None when all hold."""
    reached = walk_chain(lines)
    return reached.number + 1 if reached.broken else None


def parse_head(text: str) -> tuple[int, str] | None:
    """Return number and digest of a head written `N:DIGEST`, or None when it is not written so."""
    match = _HEAD.fullmatch(text.strip().lower())
    return (int(match[1]), match[2]) if match else None
