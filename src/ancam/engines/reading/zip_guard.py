"""The bounds of a .docx archive, checked before any of it is unpacked or parsed."""

import io
import zipfile
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ancam.engines.reading.errors import DamagedFile, EncryptedFile, UnsafeArchive
from ancam.engines.reading.limits import Limits
from ancam.kit.zip_bounds import BROKEN_ARCHIVE

_CHUNK = 1_000_000


class GuardedArchive:
    """A zip archive, known to open, whose sizes are within the limits as declared and as read."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        """Open the archive; raises `UnsafeArchive` or `EncryptedFile`."""
        self._name = name
        self._limits = limits
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        entries = self._archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        if len(entries) > limits.max_zip_entries or unpacked > limits.max_zip_bytes:
            raise UnsafeArchive(name=name)
        if unpacked > max(len(data), 10_000) * limits.max_zip_ratio:
            raise UnsafeArchive(name=name)
        if any(entry.flag_bits & 1 for entry in entries):
            raise EncryptedFile(name=name)

    def names(self) -> list[str]:
        """Return the names of the parts."""
        return self._archive.namelist()

    def xml(self, part: str) -> Element:
        """Return the root of an XML part.

        Raises `UnsafeArchive` when it outgrows the bound or declares a document type, `DamagedFile` when it is broken.
        """
        try:
            root: Element = fromstring(self._bytes(part), forbid_dtd=True)
        except DefusedXmlException as exc:
            raise UnsafeArchive(name=self._name) from exc
        except ParseError as exc:
            raise DamagedFile(name=self._name) from exc
        return root

    def _bytes(self, part: str) -> bytes:
        chunks: list[bytes] = []
        size = 0
        try:
            with self._archive.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > self._limits.max_xml_bytes:
                        raise UnsafeArchive(name=self._name)
                    chunks.append(chunk)
        except BROKEN_ARCHIVE as exc:
            raise DamagedFile(name=self._name) from exc
        return b"".join(chunks)
