"""Files of an authorisation and of the keys that sign it: read within bounds, written whole or not at all."""

import io
from pathlib import Path
from typing import Any

import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ancam.engines.probing.permission.authorisation import Signature, read_authorisation
from ancam.engines.probing.permission.signatures import private_from, private_pem, public_from, public_pem
from ancam.engines.probing.permission.strict_yaml import MOST_BYTES, read_strictly
from ancam.keeping.age import SealedReader, SealedWriter
from ancam.keeping.errors import BackupDamaged, FileTrouble, NotABackup, WouldOverwrite, WrongPassphrase
from ancam.kit.errors import AnCamError
from ancam.kit.whole_files import replace_file

_MOST_KEY_BYTES = 100_000
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class KeyFileRefused(AnCamError):
    """The file is no key that can sign, or no public key. Values: `name`, `reason`."""

    what = "Không dùng được tệp khóa {name}"
    ground = "{reason}"
    next_step = "Đề nghị dùng tệp do lệnh ancam authorize keys new tạo"


class KeyPassphraseWrong(AnCamError):
    """The passphrase does not open the key. Values: `name`."""

    what = "Mật khẩu không mở được khóa {name}"
    next_step = "Đề nghị nhập đúng mật khẩu đã đặt khi tạo khóa"


def read_bytes(path: Path) -> bytes:
    """Return a file, of which an authorisation's reader will say if it is too long. Raises `FileTrouble`."""
    return _read(path, MOST_BYTES + 1)


def write_key(path: Path, key: Ed25519PrivateKey, passphrase: str) -> Path:
    """Write a new private key as PEM sealed with a passphrase (age), and the public key beside it; return the latter.

    Raises `WouldOverwrite` when either is there already, `FileTrouble`.
    """
    public = path.with_name(f"{path.name}.pub")
    for place in (path, public):
        if place.exists():
            raise WouldOverwrite(name=place)
    sealed = io.BytesIO()
    writer = SealedWriter(sealed, passphrase)
    writer.write(private_pem(key))
    writer.close()
    write_whole(path, sealed.getvalue())
    write_whole(public, public_pem(key.public_key()))
    return public


def open_key(path: Path, passphrase: str) -> Ed25519PrivateKey:
    """Return the private key of a file. Raises `FileTrouble`, `KeyFileRefused`, `KeyPassphraseWrong`."""
    data = _read(path, _MOST_KEY_BYTES)
    try:
        return private_from(SealedReader(io.BytesIO(data), passphrase).read(_MOST_KEY_BYTES))
    except WrongPassphrase as exc:
        raise KeyPassphraseWrong(name=path) from exc
    except (NotABackup, BackupDamaged, ValueError) as exc:
        raise KeyFileRefused(name=path, reason="không phải khóa riêng Ed25519 có mật khẩu, hoặc đã hỏng") from exc


def read_public_key(path: Path) -> Ed25519PublicKey:
    """Return the public key of a file. Raises `FileTrouble`, `KeyFileRefused`."""
    try:
        return public_from(_read(path, _MOST_KEY_BYTES))
    except ValueError as exc:
        raise KeyFileRefused(name=path, reason="không phải khóa công khai Ed25519 dạng PEM") from exc


def with_signatures(data: bytes, signatures: tuple[Signature, ...]) -> bytes:
    """Return an authorisation with these signatures instead of its own; its comments stay, but in a flow-style file."""
    content = read_strictly(data, "")
    entries = [{"key": one.key, "by": one.by, "value": one.value} for one in signatures]
    text = data.decode()
    made = _replaced(text, _dumped({"signatures": entries})).encode()
    if _is_as_wanted(made, content, entries):
        return made
    return _dumped({**content, "signatures": entries}).encode()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file, or leave what is there as it was; a new one is for this account alone. Raises `FileTrouble`."""
    try:
        replace_file(path, data, mode=path.stat().st_mode & 0o777 if path.exists() else 0o600)
    except OSError as exc:
        raise FileTrouble(name=path, reason=exc.strerror or str(exc)) from exc


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most)
    except OSError as exc:
        raise FileTrouble(name=path, reason=exc.strerror or str(exc)) from exc


def _replaced(text: str, section: str) -> str:
    """Return the text with its section `signatures` as this, at its place or at the end."""
    lines = text.splitlines(keepends=True)
    root = yaml.compose(text, Loader=_Loader)
    for key, value in root.value if root else ():
        if key.value == "signatures":
            first, last = key.start_mark.line, value.end_mark.line
            if (
                isinstance(value, yaml.SequenceNode) and not value.flow_style
            ):  # a block ends where the next thing begins, behind its comments
                while last > first and (last >= len(lines) or not lines[last].strip()[:2].startswith("- ")):
                    last -= 1
                while last + 1 < len(lines) and lines[last + 1].startswith((" ", "\t")):
                    last += 1
            return "".join([*lines[:first], section, *lines[last + 1 :]])
    return f"{text.rstrip()}\n\n{section}"


def _is_as_wanted(made: bytes, content: dict[str, Any], entries: list[dict[str, str]]) -> bool:
    try:
        read_authorisation(made)
        return read_strictly(made, "") == {**content, "signatures": entries}
    except AnCamError:
        return False


def _dumped(content: dict[str, Any]) -> str:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1_000)
