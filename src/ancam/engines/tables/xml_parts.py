"""A part of XML, seen element by element in one pass, of which only what a watch wants is kept."""

from collections.abc import Callable, Iterable
from typing import Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from ancam.engines.tables.errors import DamagedTable, UnsafeTable
from ancam.engines.tables.limits import Limits


def watch_part(chunks: Iterable[bytes], watch: "Watch") -> None:
    """Pass over a part; `watch` raises as soon as it has seen too much.

    Raises `UnsafeTable` for a document type, `DamagedTable` for what is no XML or says what no workbook does.
    """
    parser: Any = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(watch)
    try:
        for chunk in chunks:
            parser.feed(chunk)
        parser.close()
    except DefusedXmlException as exc:
        raise UnsafeTable(name=watch.name) from exc
    # An unknown encoding is a `LookupError`, as is a string that is not there; a day beyond the calendar overflows.
    except (SAXException, ValueError, LookupError, OverflowError) as exc:
        raise DamagedTable(name=watch.name) from exc


class Watch(ContentHandler):
    """Calls `begins` and `ends` by an element's name without its prefix, and gathers text while it is asked to."""

    def __init__(self, name: str, limits: Limits) -> None:
        """`name` is the file's name, for the words of a refusal."""
        super().__init__()
        self.name, self.limits = name, limits
        self.begins: dict[str, Callable[[AttributesImpl], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}
        self._elements = 0
        self._text: list[str] | None = None

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self._elements += 1
        if self._elements > self.limits.max_elements:
            raise UnsafeTable(name=self.name)
        begins = self.begins.get(name.rpartition(":")[2])
        if begins:
            begins(attrs)

    def endElement(self, name: str) -> None:
        ends = self.ends.get(name.rpartition(":")[2])
        if ends:
            ends()

    def characters(self, content: str) -> None:
        if self._text is not None:
            self._text.append(content)

    def gather(self, attrs: AttributesImpl | None = None) -> None:
        """Keep the text from here on."""
        self._text = []

    def gathered(self) -> str:
        """Return the text since `gather`, and keep none from here on."""
        text, self._text = "".join(self._text or ()), None
        return text
