"""XML of a device as a tree of local names: any prefix, bound or not; no document type, no entities, bounded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.sax import ContentHandler, SAXException
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.expatreader import create_parser

from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.text import clean, decoded

BYTE_LIMIT = 262_144
DEPTH_LIMIT = 32
ELEMENT_LIMIT = 5_000
_DECLARATION = re.compile(r"\s*<\?xml\b([^>]{0,200})\?>")
_ENCODING = re.compile(rb"<\?xml[^>]{0,100}\bencoding\s{0,5}=\s{0,5}[\"']([\w.-]{1,40})")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class Element:
    """An element: names without prefix, as written; `text` as written, directly inside, not cleaned."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)
    text: str = ""

    def walk(self) -> Iterator["Element"]:
        """Yield this element and every one below, in document order."""
        waiting: list[Element] = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(reversed(element.children))

    def first(self, name: str) -> "Element | None":
        """Return the first element of a name, this one included; None when there is none."""
        return next((element for element in self.walk() if element.name == name), None)

    def leaves(self) -> Iterator[tuple[str, str]]:
        """Yield the names of elements without children, with their clean texts, in document order."""
        return ((element.name, clean(element.text)) for element in self.walk() if not element.children)


def parsed(data: bytes) -> Element:
    """Return the root of a document; what follows the last tag, such as padding, is left out.

    Raises `Garbled` when it is not well formed, declares a document type, or passes a limit: bytes, depth, elements.
    """
    if len(data) > BYTE_LIMIT:
        raise Garbled(protocol="xml", why="too long")
    declared = _ENCODING.match(data.lstrip())
    text = _NOT_XML.sub("", decoded(data, declared[1].decode() if declared else ""))
    text = _DECLARATION.sub("", text[: text.rfind(">") + 1], count=1).lstrip()
    builder = _Builder()
    parser = create_parser(forbid_dtd=True)
    parser.setContentHandler(builder)
    try:
        parser.feed(text)
        parser.close()
    except (SAXException, DefusedXmlException) as exc:
        raise Garbled(protocol="xml", why=type(exc).__name__) from exc
    return builder.root


class _Builder(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("")
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._count = 0

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        self._count += 1
        if self._count > ELEMENT_LIMIT or len(self._open) >= DEPTH_LIMIT:
            raise Garbled(protocol="xml", why="too deep or too many elements")
        element = Element(_local(name), {_local(key): value for key, value in attrs.items()})
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)
        self._texts.append([])

    def endElement(self, name: str) -> None:
        self._open.pop().text = "".join(self._texts.pop())

    def characters(self, content: str) -> None:
        self._texts[-1].append(content)


def _local(name: str) -> str:
    return clean(name.rpartition(":")[2], 128)
