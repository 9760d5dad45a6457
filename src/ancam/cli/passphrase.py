"""The passphrase of a backup: from a file, from the environment, or asked on the terminal. It is never an argument.

ANCAM_BACKUP_PASSPHRASE or ANCAM_BACKUP_PASSPHRASE_FILE: for a timer. No default.
"""

import argparse
import getpass
import os
import sys
import unicodedata
from pathlib import Path

from ancam.cli.language import phrase
from ancam.keeping.errors import FileTrouble, PassphraseRefused

LEAST = 12
MOST_BYTES = 4096


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare `--passphrase-file`."""
    told = phrase("tệp chứa mật khẩu sao lưu, một dòng", "a file that holds the passphrase, one line")
    parser.add_argument("--passphrase-file", metavar=phrase("TỆP", "FILE"), help=told)


def new_passphrase(named_file: str | None) -> str:
    """Return the passphrase to seal with; on a terminal it is asked twice. Raises `PassphraseRefused`."""
    given = _given(named_file)
    said = _asked(phrase("Mật khẩu sao lưu: ", "Backup passphrase: ")) if given is None else given
    if len(said) < LEAST:
        raise PassphraseRefused(reason=f"cần ít nhất {LEAST} ký tự")
    if given is None and said != _asked(phrase("Nhập lại mật khẩu: ", "Once more: ")):
        raise PassphraseRefused(reason="hai lần nhập không giống nhau")
    return said


def known_passphrase(named_file: str | None) -> str:
    """Return the passphrase to open with. Raises `PassphraseRefused` when there is none."""
    given = _given(named_file)
    said = _asked(phrase("Mật khẩu sao lưu: ", "Backup passphrase: ")) if given is None else given
    if not said:
        raise PassphraseRefused(reason="mật khẩu để trống")
    return said


def _given(named_file: str | None) -> str | None:
    path = named_file or os.environ.get("ANCAM_BACKUP_PASSPHRASE_FILE", "").strip()
    said = _in_file(Path(path)) if path else os.environ.get("ANCAM_BACKUP_PASSPHRASE", "")
    return _same_on_every_keyboard(said) if path or said else None


def _in_file(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES).decode().partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as exc:
        raise FileTrouble(name=path, reason=getattr(exc, "strerror", None) or "không phải chữ UTF-8") from exc


def _asked(question: str) -> str:
    if not (sys.stdin.isatty() or sys.stderr.isatty()):
        raise PassphraseRefused(reason="không có màn hình để hỏi")
    return _same_on_every_keyboard(getpass.getpass(question))


def _same_on_every_keyboard(said: str) -> str:
    """Vietnamese letters come composed from one keyboard and in pieces from another."""
    return unicodedata.normalize("NFC", said)
