"""The latest time that was seen, kept across runs: a clock that is set back opens no closed window."""

from datetime import datetime, timedelta
from pathlib import Path

from ancam.engines.probing.errors import ClockSetBack
from ancam.engines.probing.recording.records import replace

_FILE = "latest-time"
# Clocks are corrected by seconds; who sets one back to use an old authorisation sets it back by more.
_TOLERANCE = timedelta(minutes=5)


def require_forward(folder: Path, now: datetime) -> None:
    """Raise ClockSetBack when an earlier run saw a later time; a file that cannot be read counts as none."""
    try:
        recorded = datetime.fromisoformat((folder / _FILE).read_text(encoding="ascii").strip())
        is_back = now < recorded - _TOLERANCE
    except (OSError, ValueError, TypeError):
        return
    if is_back:
        raise ClockSetBack(now=f"{now:%H:%M %d/%m/%Y}", recorded=f"{recorded.astimezone(now.tzinfo):%H:%M %d/%m/%Y}")


def keep_time(folder: Path, now: datetime) -> None:
    """Keep the time; called at the start and the end of a run."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace(folder / _FILE, now.isoformat().encode())
