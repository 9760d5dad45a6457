"""The laboratory is written from what protocols say in public, not from how the assessor reads them."""

import ast
from pathlib import Path

import pytest

from ancam.engines.probing import lab

SOURCES = sorted(Path(next(iter(lab.__path__))).glob("*.py"))
OURS = ("ancam.engines.probing.lab", "ancam.kit")


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_it_imports_nothing_of_the_assessors(source):
    tree = ast.parse(source.read_text("utf-8"))
    steps = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom | ast.Import)]
    named = [f"{getattr(step, 'module', '')}.{alias.name}".lstrip(".") for step in steps for alias in step.names]

    assert [name for name in named if name.startswith("ancam") and not name.startswith(OURS)] == []
