"""A passphrase: from a file, from the environment, or asked on the terminal. It is never an argument.

ANCAM_BACKUP_PASSPHRASE or ANCAM_BACKUP_PASSPHRASE_FILE: of backups, for a timer. No default.
ANCAM_KEY_PASSPHRASE or ANCAM_KEY_PASSPHRASE_FILE: of a key that signs authorisations. No default.
"""

import argparse
import getpass
import os
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from ancam.cli.language import phrase
from ancam.keeping.errors import FileTrouble, PassphraseRefused
from ancam.kit.errors import Wording

LEAST = 12
MOST_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a passphrase seals, in words, and the variable of the environment that may hold it."""

    vi: str
    en: str
    variable: str


BACKUP = Purpose(Wording("mật khẩu sao lưu"), "backup passphrase", "ANCAM_BACKUP_PASSPHRASE")
SIGNING_KEY = Purpose(Wording("mật khẩu của khóa ký"), "passphrase of the signing key", "ANCAM_KEY_PASSPHRASE")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `--passphrase-file`."""
    told = phrase("tệp chứa mật khẩu, một dòng", "a file that holds the passphrase, one line")
    parser.add_argument("--passphrase-file", metavar=phrase("TỆP", "FILE"), help=told)


def new_passphrase(named_file: str | None, purpose: Purpose = BACKUP) -> str:
    """Return the passphrase to seal with; on a terminal it is asked twice. Raises `PassphraseRefused`."""
    given = _given(named_file, purpose)
    said = _asked(purpose) if given is None else given
    if len(said) < LEAST:
        raise _refused(purpose, f"cần ít nhất {LEAST} ký tự")
    if given is None and said != _asked(purpose, again=True):
        raise _refused(purpose, "hai lần nhập không giống nhau")
    return said


def known_passphrase(named_file: str | None, purpose: Purpose = BACKUP) -> str:
    """Return the passphrase to open with. Raises `PassphraseRefused` when there is none."""
    given = _given(named_file, purpose)
    said = _asked(purpose) if given is None else given
    if not said:
        raise _refused(purpose, "mật khẩu để trống")
    return said


def _refused(purpose: Purpose, reason: str) -> PassphraseRefused:
    return PassphraseRefused(secret=purpose.vi, variable=purpose.variable, reason=reason)


def _given(named_file: str | None, purpose: Purpose) -> str | None:
    path = named_file or os.environ.get(f"{purpose.variable}_FILE", "").strip()
    said = _in_file(Path(path)) if path else os.environ.get(purpose.variable, "")
    return _same_on_every_keyboard(said) if path or said else None


def _in_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES).decode().partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as exc:
        raise FileTrouble(name=path, reason=getattr(exc, "strerror", None) or "không phải chữ UTF-8") from exc


def _asked(purpose: Purpose, *, again: bool = False) -> str:
    if not (sys.stdin.isatty() or sys.stderr.isatty()):
        raise _refused(purpose, "không có màn hình để hỏi")
    what = phrase(purpose.vi, purpose.en)
    question = phrase(f"Nhập lại {what}: ", f"Once more, {what}: ") if again else f"{what[:1].upper()}{what[1:]}: "
    return _same_on_every_keyboard(getpass.getpass(question))


def _same_on_every_keyboard(said: str) -> str:
    """Vietnamese letters come composed from one keyboard and in pieces from another."""
    return unicodedata.normalize("NFC", said)
