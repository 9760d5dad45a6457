"""A .docx as PDF, by LibreOffice where it is installed: bounded in time and size."""

from ancam.kit.office import converted

TIME_LIMIT_S = 45
MOST_BYTES = 50_000_000


def as_pdf(content: bytes, *, time_limit_s: float = TIME_LIMIT_S) -> bytes:
    """Return the .docx as PDF; raise `NotConverted`. The program is killed with all it started when time is up."""
    return converted(content, "docx", "pdf:writer_pdf_Export", time_limit_s=time_limit_s, most_bytes=MOST_BYTES)
