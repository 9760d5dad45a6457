"""`bench/reading`: whether each label agrees with its letter and with itself; exit 1, a line for each that does not.

usage: check_labels.py
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ancam.reference import reference
from ancam.reference.working_days import public_calendar

LETTERS = Path(__file__).parent / "letters"
ANOMALIES = {"impossible_date", "past_deadline", "deadline_on_rest_day", "deadline_by_reference", "conflict_within"}
CADENCES = {"none", "monthly", "quarterly", "yearly", "periodic", "continuous"}
OPERATORS = {"before", "by", "within", "relative", "none"}


def main() -> int:
    """Check every label of the folder."""
    labels = sorted(LETTERS.glob("*.json"))
    faults = [f"{path.name}: {fault}" for path in labels for fault in faults_of(path)]
    print(*faults, f"{len(labels)} nhãn, {len(faults)} chỗ không khớp", sep="\n")
    return 1 if faults else 0


def faults_of(path: Path) -> Iterator[str]:
    """Yield what contradicts the letter, or itself, in a label."""
    label = json.loads(path.read_text(encoding="utf-8"))
    said = _said(path.with_suffix(".txt").read_text(encoding="utf-8"), label)
    kinds = {kind["id"] for kind in reference("duty-kinds")["kinds"]}
    for one in label["obligations"]:
        place = f"{one['clause']} ({one['words']})"
        if _squeezed(one["words"]) not in said:
            yield f"{place}: chữ không có trong văn bản"
        for name in (*one["leads"], *one["supports"], *one["report_to"]):
            if _squeezed(name) not in said:
                yield f"{place}: {name} không có trong văn bản"
        if one["kind"] not in kinds or one["cadence"] not in CADENCES or not set(one["anomalies"]) <= ANOMALIES:
            yield f"{place}: loại, nhịp hoặc bất thường lạ"
        yield from (f"{place}: {fault}" for fault in _faults_of_deadline(one["deadline"], one["anomalies"]))


def _said(text: str, label: dict[str, Any]) -> str:
    cells = [cell for table in label.get("tables", {}).values() for row in table["rows"] for cell in row]
    return _squeezed("\n".join([text, *cells]))


def _squeezed(text: str) -> str:
    return " ".join(text.split()).casefold()


def _faults_of_deadline(deadline: dict[str, Any], anomalies: list[str]) -> Iterator[str]:
    operator = deadline["operator"]
    if operator not in OPERATORS:
        yield f"thời hạn {operator} lạ"
    if deadline["last_day"] is None:
        return
    last, named = date.fromisoformat(deadline["last_day"]), date.fromisoformat(deadline["date"])
    if last not in ((named, named - timedelta(days=1)) if operator == "before" else (named,)):
        yield f"ngày cuối {last} không theo {operator} {named}"
    if (not public_calendar().is_working_day(last)) != ("deadline_on_rest_day" in anomalies):
        yield f"{last} là ngày nghỉ hay không, nhãn nói khác"


if __name__ == "__main__":
    sys.exit(main())
