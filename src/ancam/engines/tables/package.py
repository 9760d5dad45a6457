"""The archive that a workbook is, within bounds before any of it is handed to a parser."""

import io
import zipfile
from collections.abc import Container, Iterator

from ancam.engines.tables.errors import DamagedTable, NotATable, UnsafeTable
from ancam.engines.tables.limits import Limits
from ancam.kit.errors import Wording
from ancam.kit.zip_bounds import BROKEN_ARCHIVE, PACKINGS, most_entries

_CHUNK = 256_000
WORKBOOK = "xl/workbook.xml"


class Package:
    """A workbook's parts, met in any letter case as spreadsheets do.

    The bound on unpacked bytes counts everything that is read, each time it is read; what nobody asks for stays packed.
    """

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        """Open the archive; raises `UnsafeTable`, `DamagedTable`, `NotATable`."""
        self._name = name
        self._left = limits.max_unpacked_bytes
        # Before `ZipFile` makes an object for each entry.
        if most_entries(data) > limits.max_parts:
            raise UnsafeTable(name=name)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except BROKEN_ARCHIVE as exc:
            raise DamagedTable(name=name) from exc
        self._parts = {entry.filename.lower(): entry for entry in self._archive.infolist()}
        self._require_plain()
        self._require_workbook()

    def chunks(self, part: str) -> Iterator[bytes]:
        """Yield a part unpacked, piece by piece.

        Raises `UnsafeTable` at the bound, `DamagedTable` when it is broken or not there.
        """
        entry = self._parts.get(part.lower())
        if entry is None:
            raise DamagedTable(name=self._name)
        try:
            with self._archive.open(entry) as stream:
                while chunk := stream.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise UnsafeTable(name=self._name)
                    yield chunk
        except BROKEN_ARCHIVE as exc:
            raise DamagedTable(name=self._name) from exc

    def _require_plain(self) -> None:
        entries = self._archive.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise DamagedTable(name=self._name)
        # One name, one part: two readers must not see two workbooks in one file.
        doubled = len(self._parts) != len(entries)
        unknown = any(entry.compress_type not in PACKINGS for entry in entries)
        if doubled or unknown:
            raise UnsafeTable(name=self._name)

    def _require_workbook(self) -> None:
        if any(part.endswith(("vbaproject.bin", "vbadata.xml")) for part in self._parts):
            raise NotATable(name=self._name, kind=Wording("bảng tính có macro (.xlsm)"))
        if WORKBOOK not in self._parts:
            raise NotATable(name=self._name, kind=_other_kind(self._parts))


def _other_kind(parts: Container[str]) -> Wording:
    if "xl/workbook.bin" in parts:
        return Wording("bảng tính nhị phân (.xlsb)")
    if "word/document.xml" in parts:
        return Wording("văn bản Word")
    if "content.xml" in parts:
        return Wording("tệp OpenDocument")
    return Wording("tệp nén")
