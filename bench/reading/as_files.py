"""`bench/reading`: a labelled letter as the files it would come in, its tables with real cells.

usage: as_files.py NAME FOLDER [docx|odt|pdf|html ...]
"""

import html
import io
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.shared import Pt

LETTERS = Path(__file__).parent / "letters"
_PLACE = re.compile(r"\[\[(?P<name>[^\]]+)\]\]")
_CONVERTING_S = 120


def parts_of(name: str) -> tuple[list[str], dict[str, Any]]:
    """Return the lines of a labelled letter, `[[NAME]]` where a table stands, and its tables by that name."""
    label = json.loads((LETTERS / f"{name}.json").read_text(encoding="utf-8"))
    return (LETTERS / f"{name}.txt").read_text(encoding="utf-8").splitlines(), label.get("tables", {})


def as_docx(lines: list[str], tables: dict[str, Any]) -> bytes:
    """Return the letter as a .docx."""
    document = docx.Document()
    for line in lines:
        placed = _PLACE.fullmatch(line.strip())
        if placed and placed["name"] in tables:
            _add_table(document, tables[placed["name"]])
        elif line.strip():
            document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_table(document: Document, table: dict[str, Any]) -> None:
    rows = table["rows"]
    made = document.add_table(rows=len(rows), cols=max(map(len, rows)), style="Table Grid")
    for top, left, bottom, right in table.get("merges", ()):
        made.cell(top, left).merge(made.cell(bottom, right))
    covered = _covered(table)
    for number, row in enumerate(rows):
        cells = made.rows[number].cells
        for column, words in enumerate(row):
            if (number, column) not in covered:
                cells[column].text = words
                for run in cells[column].paragraphs[0].runs:
                    run.font.size = Pt(10)


def _covered(table: dict[str, Any]) -> set[tuple[int, int]]:
    """Return the places that a merged area takes, without its first."""
    return {
        (row, column)
        for top, left, bottom, right in table.get("merges", ())
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
        if (row, column) != (top, left)
    }


def as_html(lines: list[str], tables: dict[str, Any]) -> bytes:
    """Return the letter as a web page."""
    body: list[str] = []
    for line in lines:
        placed = _PLACE.fullmatch(line.strip())
        if placed and placed["name"] in tables:
            body.append(_html_table(tables[placed["name"]]))
        else:
            body.append(f"<p>{html.escape(line)}</p>")
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{''.join(body)}</body></html>".encode()


def _html_table(table: dict[str, Any]) -> str:
    covered = _covered(table)
    spans = {(t, left): (b - t + 1, r - left + 1) for t, left, b, r in table.get("merges", ())}
    made = ""
    for number, row in enumerate(table["rows"]):
        made += "<tr>"
        for column, words in enumerate(row):
            if (number, column) not in covered:
                down, right = spans.get((number, column), (1, 1))
                inner = html.escape(words).replace("\n", "<br>")
                made += f'<td rowspan="{down}" colspan="{right}">{inner}</td>'
        made += "</tr>"
    return f'<table border="1">{made}</table>'


def converted(letter: bytes, suffix: str) -> bytes:
    """Return a .docx as a .pdf or an .odt, made by LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "letter.docx"
        source.write_bytes(letter)
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", suffix]
        subprocess.run([*command, "--outdir", folder, source], check=True, capture_output=True, timeout=_CONVERTING_S)
        return source.with_suffix(f".{suffix}").read_bytes()


def as_file(name: str, suffix: str) -> bytes:
    """Return a labelled letter as a file of a kind: docx, odt, pdf or html."""
    lines, tables = parts_of(name)
    if suffix == "html":
        return as_html(lines, tables)
    letter = as_docx(lines, tables)
    return letter if suffix == "docx" else converted(letter, suffix)


def main() -> int:
    """Write the files of one letter into a folder."""
    name, folder, *suffixes = sys.argv[1:]
    for suffix in suffixes or ["docx", "odt", "pdf", "html"]:
        (Path(folder) / f"{name}.{suffix}").write_bytes(as_file(name, suffix))
    return 0


if __name__ == "__main__":
    sys.exit(main())
