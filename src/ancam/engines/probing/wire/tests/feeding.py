"""Ways to feed a reader: what it makes of an answer must not depend on how the answer was cut into pieces."""

from collections.abc import Callable, Iterable
from typing import Any

from ancam.engines.probing.wire.errors import Garbled


def at_once(data: bytes) -> list[bytes]:
    """Return the answer as one piece."""
    return [data]


def by_byte(data: bytes) -> list[bytes]:
    """Return the answer as pieces of one byte."""
    return [data[index : index + 1] for index in range(len(data))]


def outcome(reader: Any, pieces: Iterable[bytes], read: Callable[[Any], Any]) -> Any:
    """Return what a reader makes of the pieces and the end of the stream: its value, or "garbled"."""
    try:
        for piece in pieces:
            reader.feed(piece)
            if reader.is_done:
                break
        reader.finish()
        return read(reader)
    except Garbled:
        return "garbled"
