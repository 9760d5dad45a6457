"""The header of DVRIP (Xiongmai) on TCP 34567 and UDP 34569: twenty bytes before a body of JSON."""

import struct
from dataclasses import dataclass

_HEADER = struct.Struct("<BBxxIIBBHI")
HEADER_SIZE = _HEADER.size
BODY_LIMIT = 262_144


@dataclass(frozen=True, slots=True)
class DvripHeader:
    """A header. message: the number of the message; length: of the body that follows, as the device says."""

    session: int
    sequence: int
    message: int
    length: int


def read_header(data: bytes) -> DvripHeader | None:
    """Return the header that data begin with, None when they do not, or are too few, or announce more than a body."""
    if len(data) < HEADER_SIZE or data[0] != 0xFF:
        return None
    _magic, version, session, sequence, _channel, _end, message, length = _HEADER.unpack_from(data)
    return DvripHeader(session, sequence, message, length) if version <= 1 and length <= BODY_LIMIT else None


def written_header(message: int, length: int) -> bytes:
    """Return the header of a message without a session."""
    return _HEADER.pack(0xFF, 0, 0, 0, 0, 0, message, length)
