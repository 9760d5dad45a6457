"""What the project's papers say of it is true."""

import re
from pathlib import Path

import pytest

from ancam.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
PAPERS = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("README.md")]


def test_every_setting_is_documented_for_the_operator_and_none_that_does_not_exist():
    code = "".join(path.read_text() for path in (ROOT / "src/ancam/site").glob("*.py"))
    documented = set(re.findall(r"`(ANCAM_\w+)`", (ROOT / "docs/van-hanh.md").read_text()))
    read = set(re.findall(r'env_\w+\("(ANCAM_\w+)"', code))

    passphrases = {"ANCAM_BACKUP_PASSPHRASE", "ANCAM_KEY_PASSPHRASE"}
    said_to_commands = passphrases | {f"{name}_FILE" for name in passphrases}
    assert documented == read | said_to_commands | {
        "ANCAM_SECRET_KEY_FILE",
        "ANCAM_ENCRYPTION_KEY_FILE",
        "ANCAM_OIDC_CLIENT_SECRET_FILE",
    }


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_to_a_file_leads_somewhere(paper):
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", paper.read_text())

    assert not [link for link in links if not (paper.parent / link).exists()]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_command_named_exists(paper):
    text = paper.read_text()
    words = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set(re.findall(r"`make ([a-z-]+)", text)) <= words
    assert set(re.findall(r"`(?:\S*/)?ancam ([a-z]+)", text)) <= set(COMMANDS)


def test_the_glossary_uses_the_words_that_the_screens_use():
    from ancam.accounts.models import Role
    from ancam.directives.models import DutyKind

    glossary = (ROOT / "GLOSSARY.md").read_text()

    for label in [*Role.labels, *DutyKind.labels]:
        assert str(label).lower() in glossary.lower(), label


def test_every_file_by_which_a_threat_is_answered_exists():
    named = set(re.findall(r"`([\w./]+/[\w.]*)`", (ROOT / "THREAT_MODEL.md").read_text()))

    assert len(named) > 40
    assert not [name for name in sorted(named) if not ((ROOT / name).exists() or (ROOT / "src/ancam" / name).exists())]
