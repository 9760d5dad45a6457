"""The enrolled keys, and the public prefixes of units: ancam/trust/1. Who is in it is an administrator's act."""

import base64
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from ancam.engines.probing.errors import (
    FieldRefused,
    KeyAlreadyEnrolled,
    KeyNotThere,
    PrefixRefused,
    TrustExposed,
    TrustMissing,
    TrustUnreachable,
)
from ancam.engines.probing.permission.addresses import AddressSet, Network
from ancam.engines.probing.permission.authorisation import SIDES
from ancam.engines.probing.permission.fields import Fields
from ancam.engines.probing.permission.scope import PUBLIC
from ancam.engines.probing.permission.strict_yaml import MOST_BYTES, read_strictly
from ancam.kit.folding import fold, squeeze
from ancam.kit.whole_files import replace_file

SCHEMA = "ancam/trust/1"
NAME = "tệp khóa tin cậy"
KEY_BYTES = 32
WIDEST = {4: 8, 6: 20}
_MOST_ENTRIES = 10_000
_OTHERS = 0o077
_HEAD = """# Các khóa được công nhận khi ký văn bản cho phép kiểm tra, và các dải địa chỉ công cộng của từng đơn vị.
# Chỉ thay đổi bằng lệnh: ancam authorize keys enroll | revoke
"""


@dataclass(frozen=True, slots=True)
class EnrolledKey:
    """One public key: whose it is, for which side and unit, and who enrolled it. `revoked_at` None while it counts."""

    id: str
    public: bytes
    side: str
    unit: str
    person: str
    enrolled_at: datetime
    enrolled_by: str
    revoked_at: datetime | None = None
    revoked_by: str = ""


@dataclass(frozen=True, slots=True)
class PublicPrefix:
    """Public addresses that a unit holds, and who saw the proof of it."""

    unit: str
    prefix: Network
    enrolled_at: datetime
    enrolled_by: str


@dataclass(frozen=True, slots=True)
class Trust:
    """The content of the file. `digest`: the SHA-256 of the bytes it was read from, empty when it is new."""

    keys: tuple[EnrolledKey, ...] = ()
    public_prefixes: tuple[PublicPrefix, ...] = ()
    digest: str = ""

    def key(self, key_id: str) -> EnrolledKey | None:
        """Return the key of this id, revoked or not."""
        return next((key for key in self.keys if key.id == key_id), None)

    def prefixes_of(self, unit: str) -> tuple[Network, ...]:
        """Return the public prefixes of a unit."""
        return tuple(held.prefix for held in self.public_prefixes if is_same_name(held.unit, unit))

    @property
    def counting(self) -> frozenset[str]:
        """The ids of the keys that are not revoked."""
        return frozenset(key.id for key in self.keys if not key.revoked_at)

    def with_key(self, key: EnrolledKey) -> "Trust":
        """Return it with a further key. Raises `KeyAlreadyEnrolled`."""
        if there := self.key(key.id):
            raise KeyAlreadyEnrolled(key=key.id, person=there.person)
        return replace(self, keys=(*self.keys, key))

    def without_key(self, key_id: str, *, at: datetime, by: str) -> "Trust":
        """Return it with this key revoked: it stays, so that nobody enrols it anew. Raises `KeyNotThere`."""
        found = self.key(key_id)
        if not found or found.revoked_at:
            raise KeyNotThere(key=key_id)
        revoked = replace(found, revoked_at=at, revoked_by=by)
        return replace(self, keys=tuple(revoked if key is found else key for key in self.keys))

    def with_prefix(self, held: PublicPrefix) -> "Trust":
        """Return it with a further public prefix. Raises `PrefixRefused`."""
        _require_enrollable(held.prefix)
        if held.prefix in self.prefixes_of(held.unit):
            raise PrefixRefused(prefix=held.prefix, reason="dải này đã đăng ký cho đơn vị")
        return replace(self, public_prefixes=(*self.public_prefixes, held))

    def without_prefix(self, unit: str, prefix: Network) -> "Trust":
        """Return it without this public prefix. Raises `PrefixRefused`."""
        left = tuple(
            held for held in self.public_prefixes if held.prefix != prefix or not is_same_name(held.unit, unit)
        )
        if len(left) == len(self.public_prefixes):
            raise PrefixRefused(prefix=prefix, reason="dải này không đăng ký cho đơn vị")
        return replace(self, public_prefixes=left)

    def narrowed_by(self, other: "Trust") -> "Trust":
        """Return it with every key revoked that the other has revoked; nothing that counts there comes to count."""
        revoked = {key.id: key for key in other.keys if key.revoked_at}
        keys = [_revoked_as(key, revoked.pop(key.id, key)) for key in self.keys]
        return replace(self, keys=(*keys, *revoked.values()))


@dataclass(frozen=True, slots=True)
class TrustPutBack:
    """What became of a kept trust file.

    `is_new`: there was none, and it is there as it was kept. Else the one that was there stays: `revoked` are the ids
    of keys that the kept one has revoked and that are revoked now; `left_out` the ids of keys that count in the kept
    one and not here, `left_out_prefixes` its public prefixes that are not enrolled here.
    """

    is_new: bool
    revoked: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    left_out_prefixes: tuple[PublicPrefix, ...] = ()

    def as_values(self) -> dict[str, Any]:
        """Return it as JSON can say it."""
        prefixes = [{"unit": held.unit, "prefix": str(held.prefix)} for held in self.left_out_prefixes]
        return {
            "is_new": self.is_new,
            "revoked": list(self.revoked),
            "left_out": list(self.left_out),
            "left_out_prefixes": prefixes,
        }


def is_same_name(one: str, other: str) -> bool:
    """Tell whether two names of units are one: capitals and spaces do not matter, diacritics do."""
    return squeeze(one).casefold() == squeeze(other).casefold()


def is_same_person(one: str, other: str) -> bool:
    """Tell whether two names may be one person's: also when the diacritics were left out."""
    return fold(one) == fold(other)


def key_id(public: bytes) -> str:
    """Return the id of a public key: the first 16 hexadecimal digits of the SHA-256 of its 32 bytes."""
    return sha256(public).hexdigest()[:16]


def read_trust(path: Path) -> Trust:
    """Return the enrolled keys. Raises `TrustRefused` and `DocumentRefused`; a file open to others is not believed."""
    return parse_trust(believed_bytes(path))


def believed_bytes(path: Path) -> bytes:
    """Return the bytes of a trust file that is nobody else's. Raises `TrustRefused`."""
    try:
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError as exc:
        raise TrustMissing(path=path) from exc
    except OSError as exc:
        raise TrustUnreachable(path=path, reason=exc.strerror or str(exc)) from exc
    if state.st_mode & _OTHERS or state.st_uid not in (0, os.geteuid()):
        raise TrustExposed(path=path, mode=f"{state.st_mode & 0o777:04o}")
    return data


def parse_trust(data: bytes) -> Trust:
    """Return what the bytes of a trust file say. Raises `DocumentRefused`."""
    top = Fields(read_strictly(data, NAME), NAME, "", ("schema", "keys", "public_prefixes"))
    if (schema := top.required("schema")) != SCHEMA:
        raise top.refused("schema", schema, SCHEMA)
    names = ("id", "public", "side", "unit", "person", "enrolled_at", "enrolled_by", "revoked_at", "revoked_by")
    keys = tuple(_key(entry) for entry in top.sections("keys", names, most=_MOST_ENTRIES))
    if len({key.id for key in keys}) < len(keys):
        raise FieldRefused(name=NAME, field="keys", found="một khóa ghi hai lần", accepted="mỗi khóa một lần")
    held = top.sections("public_prefixes", ("unit", "prefix", "enrolled_at", "enrolled_by"), most=_MOST_ENTRIES)
    return Trust(keys, tuple(_prefix(entry) for entry in held), sha256(data).hexdigest())


def trust_bytes(trust: Trust) -> bytes:
    """Return the file that `parse_trust` reads back."""
    content = {
        "schema": SCHEMA,
        "keys": [_plain_key(key) for key in trust.keys],
        "public_prefixes": [
            {
                "unit": held.unit,
                "prefix": str(held.prefix),
                "enrolled_at": held.enrolled_at.isoformat(),
                "enrolled_by": held.enrolled_by,
            }
            for held in trust.public_prefixes
        ],
    }
    return (_HEAD + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1_000)).encode()


def change_trust(path: Path, change: Callable[[Trust], Trust]) -> Trust:
    """Change the file, made when absent, and return its new content; two who change it at once wait for each other.

    Written whole or not at all, for this account alone (0600). Raises as `read_trust` and `change` do.
    """
    with _alone(path):
        return _write(path, change(read_trust(path) if path.exists() else Trust()))


def put_back_trust(path: Path, data: bytes) -> TrustPutBack:
    """Put a kept trust file where there is none; one that is there stays, and the kept one can only narrow it.

    Which key counts on a machine is an administrator's act on that machine: a key that was revoked since the file was
    kept would count again. Raises `TrustRefused` and `DocumentRefused`; nothing has changed then.
    """
    kept = parse_trust(data)
    with _alone(path):
        if not path.exists():
            replace_file(path, data)
            return TrustPutBack(is_new=True)
        here = read_trust(path)
        after = here.narrowed_by(kept)
        if after != here:
            _write(path, after)
    return TrustPutBack(
        is_new=False,
        revoked=tuple(sorted(here.counting - after.counting)),
        left_out=tuple(sorted(kept.counting - after.counting)),
        left_out_prefixes=tuple(
            held for held in kept.public_prefixes if held.prefix not in here.prefixes_of(held.unit)
        ),
    )


def _write(path: Path, trust: Trust) -> Trust:
    data = trust_bytes(trust)
    written = parse_trust(data)
    replace_file(path, data)
    return written


def _revoked_as(key: EnrolledKey, other: EnrolledKey) -> EnrolledKey:
    if key.revoked_at:
        return key
    return replace(key, revoked_at=other.revoked_at, revoked_by=other.revoked_by)


def _key(entry: Fields) -> EnrolledKey:
    encoded = entry.needed_text("public")
    try:
        public = base64.b64decode(encoded, validate=True)
    except ValueError as exc:
        raise entry.refused("public", encoded, "khóa công khai Ed25519 dạng base64") from exc
    if len(public) != KEY_BYTES:
        raise entry.refused("public", encoded, "khóa công khai Ed25519 dạng base64")
    if (said := entry.needed_text("id")) != key_id(public):
        raise entry.refused("id", said, f"mã của chính khóa công khai: {key_id(public)}")
    if (side := entry.needed_text("side")) not in SIDES:
        raise entry.refused("side", side, ", ".join(SIDES))
    return EnrolledKey(
        id=said,
        public=public,
        side=side,
        unit=entry.needed_text("unit"),
        person=entry.needed_text("person"),
        enrolled_at=entry.instant("enrolled_at"),
        enrolled_by=entry.needed_text("enrolled_by"),
        revoked_at=entry.instant("revoked_at") if entry.has("revoked_at") else None,
        revoked_by=entry.text("revoked_by"),
    )


def _prefix(entry: Fields) -> PublicPrefix:
    prefix = entry.network("prefix")
    _require_enrollable(prefix)
    by = entry.needed_text("enrolled_by")
    return PublicPrefix(entry.needed_text("unit"), prefix, entry.instant("enrolled_at"), by)


def _require_enrollable(prefix: Network) -> None:
    if AddressSet.of([prefix]) - PUBLIC:
        raise PrefixRefused(prefix=prefix, reason="dải có địa chỉ không thuộc Internet hoặc luôn cấm")
    if prefix.prefixlen < WIDEST[prefix.version]:
        raise PrefixRefused(prefix=prefix, reason=f"dải rộng hơn /{WIDEST[prefix.version]}")


def _plain_key(key: EnrolledKey) -> dict[str, Any]:
    plain = {
        "id": key.id,
        "public": base64.b64encode(key.public).decode(),
        "side": key.side,
        "unit": key.unit,
        "person": key.person,
        "enrolled_at": key.enrolled_at.isoformat(),
        "enrolled_by": key.enrolled_by,
    }
    if key.revoked_at:
        plain |= {"revoked_at": key.revoked_at.isoformat(), "revoked_by": key.revoked_by}
    return plain


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the right to change the file; it ends with this process whatever happens to it.

    Raises `TrustUnreachable`, also for what the machine refuses inside.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path.with_name(f".{path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
    except OSError as exc:
        raise TrustUnreachable(path=path, reason=exc.strerror or str(exc)) from exc
