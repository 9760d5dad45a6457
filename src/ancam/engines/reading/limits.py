"""How much of a file the reader takes in before it refuses."""

from dataclasses import dataclass

DEEPEST = 200  # elements within elements


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file. Sizes are in bytes; `max_zip_ratio` is unpacked size over packed size of a whole archive.

    Pages without words of their own are recognised: so many, of so many pixels, in so many seconds.
    """

    max_bytes: int = 30_000_000
    max_pages: int = 500
    max_characters: int = 400_000
    max_paragraph: int = 20_000
    max_clauses: int = 5_000
    max_zip_entries: int = 2_000
    max_zip_bytes: int = 150_000_000
    max_zip_ratio: int = 150
    max_xml_bytes: int = 40_000_000
    max_scanned_pages: int = 100
    max_pixels: int = 80_000_000
    seconds_per_page: int = 60
    seconds_of_recognition: int = 900
    seconds_of_conversion: int = 60
