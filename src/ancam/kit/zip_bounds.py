"""How much an archive says of itself, asked before anything is made of it."""

import struct

_END = struct.Struct("<4s4H2LH")
_END_MARK = b"PK\x05\x06"
_WITHIN = 66_000


def directory_bytes(data: bytes) -> int:
    """Return the size that a zip archive declares for its list of entries; 0 when it has no such end, and is damaged.

    `ZipFile` makes an object for each entry: an archive with a list of many megabytes would take gigabytes.
    """
    at = data.rfind(_END_MARK, max(0, len(data) - _WITHIN))
    if at < 0 or len(data) - at < _END.size:
        return 0
    size: int = _END.unpack_from(data, at)[5]
    return size
