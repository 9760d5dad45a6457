"""A reading as the JSON object that other programs rely on."""

from dataclasses import asdict
from datetime import date
from typing import Any

from ancam.engines.reading.model import Obligation, Reading

SCHEMA = "ancam/reading/1"


def to_json(reading: Reading) -> dict[str, Any]:
    """Return the reading as plain values for `json.dumps`: dates as `YYYY-MM-DD`, tuples as lists."""
    content: dict[str, Any] = {
        "schema": SCHEMA,
        "source": asdict(reading.source),
        "document": asdict(reading.document),
        "obligations": [_obligation(one) for one in reading.obligations],
        "anomalies": [asdict(one) for one in reading.anomalies],
        "text": reading.text,
    }
    plain: dict[str, Any] = _plain(content)
    return plain


def refusal_json(name: str, reason: str) -> dict[str, Any]:
    """Return the object of a file that could not be read."""
    return {"schema": SCHEMA, "source": {"name": name}, "error": reason}


def _obligation(one: Obligation) -> dict[str, Any]:
    return asdict(one)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
