"""The parts of a .docx and their zip, with nothing in them that depends on the machine or the hour.

python-docx's own blank document brings 870 KB of styles, theme fonts and a picture; the six parts here are all that
Word and LibreOffice need, and each says Times New Roman and vi-VN.
"""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from xml.etree.ElementTree import Element, tostring
from xml.sax.saxutils import escape

from ancam.engines.drafting.measures import fixed_words, measure
from ancam.engines.drafting.wordml import RELATIONS, el, spacer, twips

_HEADER_ID = "rId3"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: a fixed stamp keeps equal values equal bytes


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks that share a page set-up; pages are counted from 1 in each, and the first shows no number."""

    blocks: tuple[Element, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself. `dated` stands for the hour of writing, which a pure function cannot know."""

    title: str
    author: str
    dated: date
    template: str


def word_file(sections: Sequence[Section], properties: Properties) -> bytes:
    """Return the sections as one .docx, each beginning a page."""
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relations(),
        "docProps/app.xml": _application(properties),
        "docProps/core.xml": _core(properties),
        "word/_rels/document.xml.rels": _document_relations(),
        "word/document.xml": _serialised(_document(sections)),
        "word/header1.xml": _serialised(_header()),
        "word/settings.xml": _serialised(_settings()),
        "word/styles.xml": _serialised(_styles()),
    }
    return _zipped(parts)


def _zipped(parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # zipfile writes the platform's own number otherwise
            archive.writestr(entry, content)
    return buffer.getvalue()


def _serialised(root: Element) -> bytes:
    return bytes(tostring(root, encoding="UTF-8", xml_declaration=True))


def _document(sections: Sequence[Section]) -> Element:
    blocks: list[Element] = []
    for section in sections[:-1]:
        blocks += [*section.blocks, spacer(_page_setup(section))]
    last = sections[-1]
    blocks += [*last.blocks, spacer(), _page_setup(last)]
    return el("document", el("body", *blocks))


def _page_setup(section: Section) -> Element:
    header = el("headerReference", type="default")
    header.set(f"{{{RELATIONS}}}id", _HEADER_ID)
    return el(
        "sectPr",
        header,
        el("type", val="nextPage"),
        _page_size(landscape=section.landscape),
        _margins(landscape=section.landscape),
        el("pgNumType", start=1),
        el("titlePg"),
    )


def _page_size(*, landscape: bool) -> Element:
    short, long = twips(measure("page.width")), twips(measure("page.height"))
    if landscape:
        return el("pgSz", w=long, h=short, orient="landscape")
    return el("pgSz", w=short, h=long)


def _margins(*, landscape: bool) -> Element:
    edges = ("top", "right", "bottom", "left")
    names = {edge: "landscape.margin" if landscape else f"margin.{edge}" for edge in edges}
    distance = twips(measure("page_number.distance"))
    return el(
        "pgMar",
        **{edge: twips(measure(name)) for edge, name in names.items()},
        header=distance,
        footer=distance,
        gutter=0,
    )


def _header() -> Element:
    size = round(measure("page_number.size") * 2)
    look = el("rPr", el("sz", val=size), el("szCs", val=size))
    words = el("t")
    words.text = "2"
    number = el("fldSimple", el("r", look, words), instr=" PAGE ")
    return el("hdr", el("p", el("pPr", el("jc", val="center")), number))


def _settings() -> Element:
    uri = "http://schemas.microsoft.com/office/word"
    mode = el("compatSetting", name="compatibilityMode", uri=uri, val=15)
    return el("settings", el("defaultTabStop", val=720), el("compat", mode))


def _styles() -> Element:
    font, language, size = fixed_words("font"), fixed_words("language"), round(measure("body.size") * 2)
    run = el(
        "rPr",
        el("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font),
        el("color", val="000000"),
        el("sz", val=size),
        el("szCs", val=size),
        el("lang", val=language, eastAsia=language, bidi=language),
    )
    defaults = el("docDefaults", el("rPrDefault", run), el("pPrDefault", el("pPr")))
    return el("styles", defaults, *_default_styles(font))


def _default_styles(font: str) -> list[Element]:
    fonts = el("rPr", el("rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font))
    return [
        el("style", el("name", val="Normal"), el("qFormat"), fonts, type="paragraph", default=1, styleId="Normal"),
        el("style", el("name", val="Default Paragraph Font"), type="character", default=1, styleId="DefaultFont"),
        el("style", el("name", val="Normal Table"), type="table", default=1, styleId="TableNormal"),
    ]


def _content_types() -> bytes:
    word_parts = (("document", "document.main"), ("header1", "header"), ("settings", "settings"), ("styles", "styles"))
    overrides = {f"/word/{name}.xml": f"{_WORD_TYPE}.{kind}+xml" for name, kind in word_parts}
    overrides["/docProps/core.xml"] = "application/vnd.openxmlformats-package.core-properties+xml"
    overrides["/docProps/app.xml"] = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    lines = [f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides.items()]
    relations = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return _declared(f'<Types xmlns="{_PACKAGE}/content-types">{relations}{"".join(lines)}</Types>')


def _package_relations() -> bytes:
    core = f"{_PACKAGE}/relationships/metadata/core-properties"
    return _relations(
        ("rId1", f"{RELATIONS}/officeDocument", "word/document.xml"),
        ("rId2", core, "docProps/core.xml"),
        ("rId3", f"{RELATIONS}/extended-properties", "docProps/app.xml"),
    )


def _document_relations() -> bytes:
    return _relations(
        ("rId1", f"{RELATIONS}/styles", "styles.xml"),
        ("rId2", f"{RELATIONS}/settings", "settings.xml"),
        (_HEADER_ID, f"{RELATIONS}/header", "header1.xml"),
    )


def _relations(*relations: tuple[str, str, str]) -> bytes:
    lines = [f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in relations]
    return _declared(f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>')


def _application(properties: Properties) -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    template = f"<Template>{escape(properties.template)}</Template>"
    return _declared(f'<Properties xmlns="{space}">{template}<Application>AnCam</Application></Properties>')


def _core(properties: Properties) -> bytes:
    spaces = (
        f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    stamp = f"{properties.dated.isoformat()}T00:00:00Z"
    dates = [f'<dcterms:{act} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{act}>' for act in ("created", "modified")]
    words = (
        f"<dc:title>{escape(properties.title)}</dc:title><dc:creator>{escape(properties.author)}</dc:creator>"
        f"<dc:language>{fixed_words('language')}</dc:language>"
    )
    return _declared(f"<cp:coreProperties {spaces}>{words}{''.join(dates)}</cp:coreProperties>")


def _declared(content: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}'.encode()
