"""How many entries an archive can have, asked before anything is made of it."""

_ENTRY = b"PK\x01\x02"


def most_entries(data: bytes) -> int:
    """Return how many entries a zip archive has at most: as often as the mark of one stands in its bytes.

    `ZipFile` makes an object for each entry: an archive with a list of many megabytes would take gigabytes. What the
    archive says of its list is not asked: that stands in several places, and we might read another than `ZipFile` does.
    """
    return data.count(_ENTRY)
