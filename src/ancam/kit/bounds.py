"""Limits on what comes from outside, and the words for sizes."""

from collections.abc import Iterable, Iterator

from ancam.kit.errors import AnCamError


class TooLarge(AnCamError):
    """More bytes than the limit. Values: `limit_bytes`."""

    what = "Tệp vượt quá giới hạn {limit}"
    next_step = "Đề nghị tách hoặc nén ảnh trong tệp rồi gửi lại"

    def __init__(self, *, limit_bytes: int) -> None:
        super().__init__(limit_bytes=limit_bytes, limit=size_in_words(limit_bytes))


def limited(chunks: Iterable[bytes], limit_bytes: int) -> Iterator[bytes]:
    """Yield the chunks unchanged; raise `TooLarge` as soon as their sum passes the limit."""
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limit_bytes:
            raise TooLarge(limit_bytes=limit_bytes)
        yield chunk


def size_in_words(size_bytes: int) -> str:
    """Return a size as an official reads it: `2 GB`, `30 MB`, `1,5 MB`, `820 KB`; anything above nothing is 1 KB."""
    if round(size_bytes / 1_000) < 1_000:
        return f"{max(1, round(size_bytes / 1_000)) if size_bytes else 0} KB"
    scale, unit = (1_000_000, "MB") if round(size_bytes / 1_000_000, 1) < 1_000 else (1_000_000_000, "GB")
    return f"{size_bytes / scale:.1f}".removesuffix(".0").replace(".", ",") + f" {unit}"
