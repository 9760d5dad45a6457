"""What was done to the devices, counted by the devices themselves."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(slots=True)
class Harm:
    """What one device counted since it was started.

    most_in_a_second: new connections within one second of the clock. guessed_logins: requests that carried a name or
    password which is not the owner's. writes: requests that would have changed the device. pictures: more than 16
    bytes of a picture taken, or a stream set up. after_few_left: logins sent though the device had said that few
    attempts remain. raw_print: connections to port 9100.
    """

    connections: int = 0
    most_at_once: int = 0
    most_in_a_second: int = 0
    datagrams: int = 0
    requests: int = 0
    bytes_received: int = 0
    bytes_sent: int = 0
    guessed_logins: int = 0
    owner_logins: int = 0
    owner_refusals: int = 0
    lockouts: int = 0
    hangs: int = 0
    writes: int = 0
    pictures: int = 0
    user_lists: int = 0
    after_few_left: int = 0
    raw_print: int = 0
    _at_once: int = field(default=0, repr=False)
    _second: int = field(default=-1, repr=False)
    _in_second: int = field(default=0, repr=False)

    def opened(self, now_s: float) -> int:
        """Count a connection made at `now_s` of a steady clock; return how many are open now."""
        self.connections += 1
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        second = int(now_s)
        self._in_second = self._in_second + 1 if second == self._second else 1
        self._second = second
        self.most_in_a_second = max(self.most_in_a_second, self._in_second)
        return self._at_once

    def closed(self) -> None:
        """Count a connection that ended."""
        self._at_once -= 1

    def as_row(self) -> dict[str, int]:
        """Return the counters by name."""
        return {name: value for name, value in asdict(self).items() if not name.startswith("_")}


_WORST = {"most_at_once", "most_in_a_second"}


def report(counted: dict[str, Harm]) -> dict[str, Any]:
    """Return the content of a harm file: each device's counters and their sums (for the `most_…`, the greatest)."""
    rows = {ip: harm.as_row() for ip, harm in counted.items()}
    total = {
        name: (max if name in _WORST else sum)([row[name] for row in rows.values()] or [0]) for name in Harm().as_row()
    }
    return {"schema": "ancam/lab-harm/1", "total": total, "devices": rows}
