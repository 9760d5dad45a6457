"""What the guide to assessing a network shows is what the commands print."""

import re
import shlex
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
import time_machine

from ancam.cli.main import main
from ancam.engines.probing.permission.windows import VIETNAM

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "kiem-tra-mang.md"
SHOWN_AT = datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)
# Ids of keys and digests differ in every run.
RANDOM = re.compile(r"\b(?:[0-9a-f]{64}|[0-9a-f]{16})\b")


@dataclass
class Shown:
    """One command of the guide and the lines below it."""

    command: str
    output: list[str] = field(default_factory=list)


def shown_in(text: str) -> list[Shown]:
    found: list[Shown] = []
    is_below = False
    for line in text.splitlines():
        if line.startswith("    $ "):
            found.append(Shown(line.removeprefix("    $ ")))
            is_below = True
        elif is_below and line.startswith("    "):
            found[-1].output.append(line.removeprefix("    "))
        else:
            is_below = False
    return found


def printed(command: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Run a command of the guide and return what it prints; `| tail -n N` keeps the last lines."""
    said, _, tail = command.partition(" | tail -n ")
    with time_machine.travel(SHOWN_AT, tick=False):
        assert main(shlex.split(said)[1:]) == 0
    lines = capsys.readouterr().out.splitlines()
    return lines[-int(tail) :] if tail else lines


def test_every_output_of_the_guide_is_what_the_command_prints(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANCAM_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ANCAM_KEY_PASSPHRASE", "con-mèo-trèo-cây-cau")
    monkeypatch.delenv("ANCAM_LANG", raising=False)
    real: dict[str, str] = {}

    def as_printed(line: str) -> str:
        return RANDOM.sub(lambda match: real[match.group()], line)

    shown = shown_in(GUIDE.read_text())
    for one in shown:
        lines = printed(as_printed(one.command), capsys)
        real.update(zip(RANDOM.findall("\n".join(one.output)), RANDOM.findall("\n".join(lines)), strict=False))
        assert [as_printed(line) for line in one.output] == lines, one.command

    assert [one.command.split()[2] for one in shown] == ["keys"] * 5 + ["new", "sign", "sign", "show", "keys"]
