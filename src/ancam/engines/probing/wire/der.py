"""DER, read leniently: devices carry certificates that strict libraries refuse, and those are the ones to judge."""

from collections.abc import Iterator
from dataclasses import dataclass

from ancam.engines.probing.wire.errors import Garbled

INTEGER, BIT_STRING, OCTET_STRING, OBJECT_ID, SEQUENCE = 0x02, 0x03, 0x04, 0x06, 0x30
PART_LIMIT = 256


@dataclass(frozen=True, slots=True)
class Part:
    """One value with its tag: `content` is what is inside, `whole` the same with tag and length."""

    tag: int
    content: bytes
    whole: bytes

    def parts(self) -> Iterator["Part"]:
        """Yield the parts of the content, at most 256. Raises `Garbled` when it is broken."""
        rest = self.content
        for _ in range(PART_LIMIT):
            if not rest:
                return
            part = first_part(rest)
            yield part
            rest = rest[len(part.whole) :]


def first_part(data: bytes) -> Part:
    """Return the value that data begin with. Raises `Garbled` for what is cut, or of a form that DER does not have."""
    if len(data) < 2 or data[0] & 0x1F == 0x1F:
        raise Garbled(protocol="der", why="no value")
    length, start = data[1], 2
    if length & 0x80:
        start = 2 + (length & 0x7F)
        length = int.from_bytes(data[2:start], "big")
        if not 3 <= start <= 6:
            raise Garbled(protocol="der", why="an odd length")
    if start + length > len(data):
        raise Garbled(protocol="der", why="a value that is cut")
    return Part(data[0], data[start : start + length], data[: start + length])


def expected(parts: Iterator[Part], tag: int) -> Part:
    """Return the next part. Raises `Garbled` when there is none or its tag is another."""
    part = next(parts, None)
    if part is None or part.tag != tag:
        raise Garbled(protocol="der", why="another value than expected")
    return part


def dotted(content: bytes) -> str:
    """Return an object identifier as numbers with dots; empty when it is none."""
    numbers: list[int] = []
    value = 0
    for byte in content[:64]:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(value)
            value = 0
    if not numbers:
        return ""
    top = min(numbers[0] // 40, 2)
    return ".".join(map(str, (top, numbers[0] - 40 * top, *numbers[1:])))
