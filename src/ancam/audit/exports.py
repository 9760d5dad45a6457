"""The ledger as a file that proves itself: written by an instance, checked by anyone without one. Pure values.

One JSON object on each row. The first says what the file is; each that follows is a line of the ledger with its sealed
fields and its digest; the last says how many there were, so that a file cut short is seen.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ancam.audit.errors import ExportBroken, ExportLacksHead, ExportRefused
from ancam.audit.rules import AFFECTED, GENESIS, SEALED, parse_head, seal, sealed_fields
from ancam.kit.errors import Wording

FORMAT = "ancam-ledger/1"
LONGEST_ROW = 4_000_000
MOST_RUNS = 20
_LINE_KEYS = frozenset((*SEALED, "digest"))


@dataclass(frozen=True, slots=True)
class ExportVerdict:
    """What a sound export holds.

    lines: how many lines of the ledger. runs: (first, last) number of each unbroken part, in order, the first twenty;
    `run_count` is how many there are. head: the last line's, which answers for everything before it.
    """

    lines: int
    runs: tuple[tuple[int, int], ...]
    run_count: int
    head: str

    @property
    def is_whole(self) -> bool:
        """Tell whether the file holds every line from the first one of the ledger on."""
        return self.run_count == 1 and self.runs[0][0] == 1

    @property
    def numbers(self) -> str:
        """Return the numbers present in words, `1-40, 43`."""
        words = [f"{first}-{last}" if last > first else f"{first}" for first, last in self.runs]
        return ", ".join([*words, "…"] if self.run_count > len(self.runs) else words)


def export_rows(lines: Iterable[Mapping[str, Any]], *, head: str, made_at: str, filters: str) -> Iterator[str]:
    """Yield the rows of an export, oldest line first. `head` is the ledger's own at that time."""
    yield _row({"format": FORMAT, "head": head, "made_at": made_at, "filters": filters})
    count, last = 0, ""
    for line in lines:
        count, last = count + 1, f"{line['number']}:{line['digest']}"
        yield _row({**sealed_fields(line), "digest": line["digest"]})
    yield _row({"lines": count, "last": last})


def check_export(rows: Iterable[str], *, name: str, kept_head: str = "") -> ExportVerdict:
    """Check each line's own seal, and its link to the line before wherever that one is present too.

    `kept_head` must be among the lines, or be the one right before the first. Raises `ExportRefused` for what is no
    whole export, `ExportBroken` at the first line that fails, `ExportLacksHead`. Reads row by row.
    """
    reader = _Reader(name, kept_head)
    for number, row in enumerate(rows, start=1):
        reader.take(number, row)
    return reader.verdict()


class _Reader:
    """Goes through an export once and keeps only what the verdict needs."""

    def __init__(self, name: str, kept_head: str) -> None:
        self.name = name
        self.kept_head = kept_head
        self.kept = parse_head(kept_head)
        self.begun = self.ended = False
        self.kept_found = not kept_head
        self.lines = self.run_count = self.row = 0
        self.runs: list[tuple[int, int]] = []
        self.number, self.digest = 0, GENESIS
        self.run_from = 0

    def take(self, row: int, text: str) -> None:
        self.row = row
        values = self._parsed(text)
        if not self.begun:
            self._require(values.get("format") == FORMAT, Wording("không có phần đầu của bản xuất"))
            self.begun = True
        elif self.ended:
            self._require(False, Wording("thừa sau phần cuối"))
        elif values.keys() == {"lines", "last"}:
            last = f"{self.number}:{self.digest}" if self.lines else ""
            self._require(values == {"lines": self.lines, "last": last}, Wording("phần cuối không khớp số dòng đã đọc"))
            self.ended = True
        else:
            self._take_line(values)

    def verdict(self) -> ExportVerdict:
        self._require(self.ended, Wording("tệp bị cắt, thiếu phần cuối"))
        self._end_run()
        found = ExportVerdict(self.lines, tuple(self.runs), self.run_count, f"{self.number}:{self.digest}")
        if not self.kept_found:
            raise ExportLacksHead(name=self.name, head=self.kept_head, numbers=found.numbers or "0")
        return found

    def _take_line(self, line: dict[str, Any]) -> None:
        known = line.keys() - {AFFECTED} == _LINE_KEYS
        sealed = known and isinstance(line["number"], int) and line["number"] > self.number
        self._require(sealed, Wording("không phải một dòng nhật ký theo thứ tự"))
        number = line["number"]
        follows = number == self.number + 1
        if line["digest"] != seal(line) or (follows and line["previous_digest"] != self.digest):
            raise ExportBroken(name=self.name, number=number)
        if not self.lines or not follows:
            self._end_run()
            self.run_from = number
        if self.kept in ((number, line["digest"]), (number - 1, line["previous_digest"])):
            self.kept_found = True
        self.lines, self.number, self.digest = self.lines + 1, number, line["digest"]

    def _end_run(self) -> None:
        if self.lines:
            self.run_count += 1
            if len(self.runs) < MOST_RUNS:
                self.runs.append((self.run_from, self.number))

    def _parsed(self, text: str) -> dict[str, Any]:
        self._require(len(text) <= LONGEST_ROW, Wording("quá dài"))
        try:
            values = json.loads(text)
        except (ValueError, RecursionError):
            values = None
        self._require(isinstance(values, dict), Wording("không đọc được"))
        return dict(values)

    def _require(self, holds: bool, why: Wording) -> None:
        if not holds:
            raise ExportRefused(name=self.name, row=self.row, why=why)


def _row(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
