"""Invented authorisations and the keys of those who sign them."""

import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from typing import Any

import yaml
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ancam.engines.probing.permission.authorisation import read_authorisation
from ancam.engines.probing.permission.guard import Permit, permit
from ancam.engines.probing.permission.signatures import raw_public, sign
from ancam.engines.probing.permission.surroundings import Interface, Surroundings
from ancam.engines.probing.permission.trust import EnrolledKey, Trust, key_id

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
"""Monday 23/11/2026, 12:00 in Việt Nam: within the valid days and hours of `CONTENT`."""

CONTENT: dict[str, Any] = {
    "schema": "ancam/authorization/1",
    "document": {
        "number": "27/QĐ-VHĐS",
        "issued_on": "2026-11-02",
        "issuer": "Sở Văn hóa tỉnh Đông Sơn",
        "signer": "Lương Thị Mai",
        "signer_role": "Giám đốc",
    },
    "owner": {"unit": "Sở Văn hóa tỉnh Đông Sơn", "systems": ["Camera bảo tàng"]},
    "assessor": {
        "unit": "Trung tâm Giám sát an toàn Đông Sơn",
        "person": "Phan Quốc Huy",
        "contact": "giamsat@dongson.example",
    },
    "valid": {"from": "2026-11-20T00:00+07:00", "to": "2026-12-20T00:00+07:00", "daily": ["08:00-17:30"]},
    "allow": ["10.77.64.0/22"],
    "deny": ["10.77.64.9", "10.77.65.0/28"],
    "checks": ["discovery", "readonly"],
    "credentials": {"owner": {"username": "kiemtra", "password_env": "ANCAM_OWNER_PASSWORD"}},
    "limits": {"connections_per_s": 500, "per_host_connections": 2},
}

FIRST = Surroundings(is_first_namespace=True, interfaces=(), has_default_route=True)
LABORATORY = Surroundings(False, (Interface("lo", ""), Interface("veth0", "veth")), has_default_route=False)


def content(**changes: Any) -> dict[str, Any]:
    """Return `CONTENT` with values changed at paths such as `valid__daily`; None takes a field out."""
    made = copy.deepcopy(CONTENT)
    for path, value in changes.items():
        *way, last = path.split("__")
        holder = reduce(lambda inner, name: inner[name], way, made)
        if value is None:
            del holder[last]
        else:
            holder[last] = value
    return made


def as_yaml(values: dict[str, Any]) -> bytes:
    """Return values as a file."""
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False).encode()


@dataclass(frozen=True)
class Signer:
    """A person of one side with a key."""

    person: str
    side: str
    unit: str
    key: Ed25519PrivateKey

    @property
    def enrolled(self) -> EnrolledKey:
        """The key as an administrator enrols it."""
        public = raw_public(self.key.public_key())
        at = datetime(2026, 11, 1, tzinfo=UTC)
        return EnrolledKey(key_id(public), public, self.side, self.unit, self.person, at, "Trần Thị Quản Trị")


def signer(seed: int, person: str, side: str, unit: str = "") -> Signer:
    """Return a signer whose key is the same in every run."""
    usual = CONTENT["owner"]["unit"] if side == "owner" else CONTENT["assessor"]["unit"]
    return Signer(person, side, unit or usual, Ed25519PrivateKey.from_private_bytes(bytes([seed] * 32)))


OWNER = signer(1, "Lương Thị Mai", "owner")
ASSESSOR = signer(2, "Phan Quốc Huy", "assessor")
TRUST = Trust(keys=(OWNER.enrolled, ASSESSOR.enrolled))


def signed(values: dict[str, Any], *signers: Signer) -> bytes:
    """Return values as a file signed by these; by owner and assessor when nobody is named."""
    authorisation = read_authorisation(as_yaml(values))
    made = [sign(authorisation, one.key, by=one.side) for one in signers or (OWNER, ASSESSOR)]
    return as_yaml({**values, "signatures": [{"key": s.key, "by": s.by, "value": s.value} for s in made]})


def permitted(data: bytes, **given: Any) -> Permit:
    """Return the permit at noon, signed, from the machine's first namespace, but for what is given."""
    usual: dict[str, Any] = {"trust": TRUST, "now": NOON, "unsigned": False, "surroundings": FIRST}
    return permit(data, **{**usual, **given})
