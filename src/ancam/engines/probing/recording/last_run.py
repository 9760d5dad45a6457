"""What the last finished run over an owner's addresses saw, kept across runs to tell what has changed since."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ancam.engines.probing.judging.fleet import FleetRow, row_from
from ancam.engines.probing.permission.addresses import AddressSet
from ancam.engines.probing.recording.records import replace

_KEPT = ("ip", "is_camera", "vendor", "model", "firmware", "serial", "mac", "findings", "keys", "complete")


class LastRun:
    """The cameras of one owner as they were seen last; of addresses that a run did not ask, the earlier sight stays."""

    def __init__(self, state: Path, unit: str) -> None:
        self._path = state / f"last-run-{hashlib.sha256(unit.encode()).hexdigest()[:16]}.json"

    def rows(self, targets: AddressSet) -> list[FleetRow] | None:
        """Return the cameras at these addresses, None when no run is known; one that cannot be read counts as none."""
        records = self._records()
        return None if records is None else [row_from(record) for record in records if record["ip"] in targets]

    def keep(self, rows: Iterable[dict[str, Any]], targets: AddressSet) -> None:
        """Keep the cameras of a finished run; raises NotKept."""
        others = [record for record in self._records() or () if record["ip"] not in targets]
        seen = [{key: row[key] for key in _KEPT} for row in rows if row["is_camera"]]
        replace(self._path, json.dumps([*others, *seen], ensure_ascii=False).encode())

    def _records(self) -> Sequence[dict[str, Any]] | None:
        try:
            records: list[dict[str, Any]] = json.loads(self._path.read_bytes())
            for record in records:
                row_from(record)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None
        return records
