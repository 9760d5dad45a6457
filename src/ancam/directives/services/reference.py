"""Loading the law: regimes and instruments from the reference data."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ancam.audit.services import SYSTEM, Action, Subject, record
from ancam.directives.models import Instrument, Regime
from ancam.directives.models.law import ReferenceRow
from ancam.reference import reference, reference_bytes
from ancam.web.clock import day_of

LOAD_REFERENCE = Action("directives.load_reference", "Nạp dữ liệu pháp luật")
FILE = "legal-instruments"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a loading did: rows added (new or reworded), rows closed, rows left as they were."""

    added: int
    closed: int
    unchanged: int


@transaction.atomic
def load_reference(at: datetime) -> Loaded:
    """Bring the tables in line with `legal-instruments.yaml`. Idempotent; deletes nothing.

    A reworded or vanished item's row is closed by date, and a new wording becomes a new row that letters received
    from then on point to. Adds a line to the ledger only when something changed.
    """
    digest = hashlib.sha256(reference_bytes(FILE)).hexdigest()
    content = reference(FILE)
    regimes = {item["id"]: _regime_columns(item) for item in content["regimes"]}
    instruments = {item["id"]: _instrument_columns(item) for item in content["instruments"]}
    parts = [_load(Regime, regimes, digest, at), _load(Instrument, instruments, digest, at)]
    loaded = Loaded(*(sum(column) for column in zip(*parts, strict=True)))
    if loaded.added or loaded.closed:
        change = {"file": digest, "added": loaded.added, "closed": loaded.closed}
        subject = Subject("directives.reference", FILE, str(content["title"]))
        record(by=SYSTEM, action=LOAD_REFERENCE, subject=subject, change=change, at=at)
    return loaded


def _load(
    model: type[Regime] | type[Instrument], items: dict[str, dict[str, Any]], digest: str, at: datetime
) -> tuple[int, int, int]:
    """Return how many rows of one table were added, closed and left."""
    today = day_of(at)
    current = {row.code: row for row in model._default_manager.filter(superseded_on=None)}
    kept = {code for code, row in current.items() if _same(row, items.get(code))}
    stale = [row.pk for code, row in current.items() if code not in kept]
    model._default_manager.filter(pk__in=stale).update(superseded_on=today)
    for code, columns in items.items():
        if code not in kept:
            model._default_manager.create(code=code, file_digest=digest, recorded_at=at, **columns)
    return len(items) - len(kept), len(stale), len(kept)


def _same(row: ReferenceRow, columns: dict[str, Any] | None) -> bool:
    return columns is not None and row.content_digest == columns["content_digest"]


def _shared_columns(item: dict[str, Any], title: str) -> dict[str, Any]:
    text = json.dumps(item, ensure_ascii=False, sort_keys=True, default=str)
    return {
        "title": title,
        "in_force_from": _day(item["in_force_from"]),
        "in_force_to": _day(item["in_force_to"]),
        "status": item["status"],
        "confidence": item["confidence"],
        "source": item["source"],
        "content": json.loads(text),
        "content_digest": hashlib.sha256(text.encode()).hexdigest(),
    }


def _regime_columns(item: dict[str, Any]) -> dict[str, Any]:
    return {**_shared_columns(item, item["title"]), "law_in_force_from": _day(item["law_in_force_from"])}


def _instrument_columns(item: dict[str, Any]) -> dict[str, Any]:
    return {
        **_shared_columns(item, item["title"]),
        "number": item["number"] or "",
        "kind": item["kind"],
        "issuer": item["issuer"],
        "issued_on": _day(item["issued_on"]),
    }


def _day(value: Any) -> date | None:
    """Return a day of the reference data, given as a date or as its ISO text, or None."""
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
