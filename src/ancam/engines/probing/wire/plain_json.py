"""JSON of a device as flat text fields."""

import json
from collections.abc import Mapping
from typing import Any

from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.text import clean, decoded, lines

BYTE_LIMIT = 262_144
DEPTH_LIMIT = 6
FIELD_LIMIT = 256


def json_object(data: bytes) -> dict[str, Any]:
    """Return the object that data begin with; padding behind it is left out. Raises `Garbled` when there is none."""
    text = decoded(data[:BYTE_LIMIT]).strip("\x00 \t\r\n")
    try:
        value, _end = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError) as exc:
        raise Garbled(protocol="json", why=type(exc).__name__) from exc
    if not isinstance(value, dict):
        raise Garbled(protocol="json", why="no object")
    return value


def flat(fields: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Return fields as text under small-letter names: `{"A": {"B": true}}` as `{"a.b": "true"}`.

    A list is its texts joined with line feeds, null is left out; the first of a name counts; what lies deeper than 6
    levels or beyond 256 fields is left out.
    """
    found: dict[str, str] = {}
    for key, value in fields.items():
        name = f"{prefix}{clean(key.lower(), 64)}"
        if isinstance(value, dict) and name.count(".") < DEPTH_LIMIT:
            inner = flat(value, f"{name}.")
        elif isinstance(value, list):
            inner = {name: lines(_text(one) for one in value[:FIELD_LIMIT] if not isinstance(one, dict | list))}
        else:
            inner = {} if value is None or isinstance(value, dict) else {name: _text(value)}
        for inner_name, text in inner.items():
            if len(found) < FIELD_LIMIT:
                found.setdefault(inner_name, text)
    return found


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else clean(str(value))
