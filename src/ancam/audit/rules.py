"""How a line is sealed and how a chain is checked; pure values, so that an auditor can repeat it elsewhere."""

import hashlib
import json
from collections.abc import Iterable, Mapping
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


def seal(line: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hex) of a line's sealed fields as UTF-8 JSON, keys sorted, no spaces."""
    sealed = {name: line[name] for name in SEALED}
    text = json.dumps(sealed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_break(lines: Iterable[Mapping[str, Any]]) -> int | None:
    """Return the number of the first line that is missing, altered or out of its chain; None when all hold."""
    expected, previous = 1, GENESIS
    for line in lines:
        sound = line["number"] == expected and line["previous_digest"] == previous and line["digest"] == seal(line)
        if not sound:
            return expected
        expected, previous = expected + 1, line["digest"]
    return None
