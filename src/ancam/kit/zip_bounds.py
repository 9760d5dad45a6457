"""How many entries an archive can have, asked before anything is made of it, and what a broken one raises."""

import struct
import zipfile
import zlib

_ENTRY = b"PK\x01\x02"
PACKINGS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How the parts of an office file may be packed; other ways have errors of their own."""

BROKEN_ARCHIVE = (
    zipfile.BadZipFile, zlib.error, struct.error, ValueError, OSError, EOFError, NotImplementedError,
)  # fmt: skip
"""What `zipfile` raises for an archive whose bytes are damaged: a list that points before the file is a ValueError."""


def most_entries(data: bytes) -> int:
    """Return how many entries a zip archive has at most: as often as the mark of one stands in its bytes.

    `ZipFile` makes an object for each entry: an archive with a list of many megabytes would take gigabytes. What the
    archive says of its list is not asked: that stands in several places, and we might read another than `ZipFile` does.
    """
    return data.count(_ENTRY)
