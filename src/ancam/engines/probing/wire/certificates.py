"""What an X.509 certificate says, also one that breaks rules: odd serial numbers, short keys, old hashes."""

import hashlib
import ipaddress
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

from ancam.engines.probing.facts import Certificate
from ancam.engines.probing.wire.der import (
    BIT_STRING,
    INTEGER,
    OBJECT_ID,
    OCTET_STRING,
    SEQUENCE,
    Part,
    dotted,
    expected,
    first_part,
)
from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.text import clean, decoded

BYTE_LIMIT = 65_536
NAME_LIMIT = 100
SUBJECT_LIMIT = 4_000

_ATTRIBUTES = {
    "2.5.4.3": "CN", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST", "2.5.4.9": "STREET", "2.5.4.10": "O",
    "2.5.4.11": "OU", "0.9.2342.19200300.100.1.1": "UID", "0.9.2342.19200300.100.1.25": "DC",
}  # fmt: skip
_SIGNATURE_HASHES = {
    "1.2.840.113549.1.1.2": "md2", "1.2.840.113549.1.1.4": "md5", "1.2.840.113549.1.1.5": "sha1",
    "1.3.14.3.2.29": "sha1", "1.2.840.113549.1.1.11": "sha256", "1.2.840.113549.1.1.12": "sha384",
    "1.2.840.113549.1.1.13": "sha512", "1.2.840.113549.1.1.14": "sha224", "1.2.840.10040.4.3": "sha1",
    "1.2.840.10045.4.1": "sha1", "1.2.840.10045.4.3.1": "sha224", "1.2.840.10045.4.3.2": "sha256",
    "1.2.840.10045.4.3.3": "sha384", "1.2.840.10045.4.3.4": "sha512", "2.16.840.1.101.3.4.3.1": "sha224",
    "2.16.840.1.101.3.4.3.2": "sha256",
}  # fmt: skip
_HASHES = {
    "1.3.14.3.2.26": "sha1", "2.16.840.1.101.3.4.2.1": "sha256", "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512", "2.16.840.1.101.3.4.2.4": "sha224",
}  # fmt: skip
_PSS = "1.2.840.113549.1.1.10"
_KEY_TYPES = {
    "1.2.840.113549.1.1.1": "rsa", _PSS: "rsa", "1.2.840.10045.2.1": "ec", "1.3.101.112": "ed25519",
    "1.2.840.10040.4.1": "dsa",
}  # fmt: skip
_CURVE_BITS = {
    "1.2.840.10045.3.1.1": 192, "1.3.132.0.33": 224, "1.2.840.10045.3.1.7": 256, "1.3.132.0.10": 256,
    "1.3.132.0.34": 384, "1.3.132.0.35": 521,
}  # fmt: skip
_CHARSETS = {0x1E: "utf-16-be", 0x1C: "utf-32-be", 0x14: "latin-1"}
# Year, the rest up to the minute, seconds, zone; by the tags of UTCTime and GeneralizedTime.
_REST_OF_TIME = r"((?:[0-9]{2}){4})([0-9]{2})?(?:\.[0-9]{1,9})?(?:Z|([+-])([0-9]{2})([0-9]{2}))?"
_UTC_TIME = 0x17
_TIMES = {_UTC_TIME: re.compile(r"([0-9]{2})" + _REST_OF_TIME), 0x18: re.compile(r"([0-9]{4})" + _REST_OF_TIME)}
_ALTERNATIVE_NAMES = "2.5.29.17"


def certificate_facts(der: bytes) -> Certificate:
    """Return what a certificate says. Nothing is verified. Raises `Garbled` when it is none, or too long.

    is_self_signed: it names itself as its issuer.
    """
    if len(der) > BYTE_LIMIT:
        raise Garbled(protocol="x509", why="too long")
    parts = first_part(der).parts()
    fields = expected(parts, SEQUENCE).parts()
    signature = expected(parts, SEQUENCE)
    part = next(fields, None)
    if part is not None and part.tag == 0xA0:
        part = next(fields, None)
    if part is None or part.tag != INTEGER:
        raise Garbled(protocol="x509", why="no serial number")
    expected(fields, SEQUENCE)
    issuer = expected(fields, SEQUENCE)
    validity = expected(fields, SEQUENCE).parts()
    subject = expected(fields, SEQUENCE)
    key = expected(fields, SEQUENCE)
    key_type, key_bits = _key(key)
    return Certificate(
        subject=_name(subject),
        issuer=_name(issuer),
        common_name=next((text for kind, text in _attributes(subject) if kind == "CN"), ""),
        alternative_names=_alternative_names(fields),
        not_before=_time(next(validity, None)),
        not_after=_time(next(validity, None)),
        key_type=key_type,
        key_bits=key_bits,
        signature_hash=_signature_hash(signature),
        is_self_signed=issuer.whole == subject.whole,
        sha256=hashlib.sha256(der).hexdigest(),
        key_sha256=hashlib.sha256(key.whole).hexdigest(),
    )


def _relative_names(name: Part) -> Iterator[list[tuple[str, str]]]:
    for group in name.parts():
        pairs = []
        for pair in group.parts():
            inside = pair.parts()
            kind = dotted(expected(inside, OBJECT_ID).content)
            value = next(inside, None)
            pairs.append((_ATTRIBUTES.get(kind, kind), _text(value) if value else ""))
        yield pairs


def _attributes(name: Part) -> Iterator[tuple[str, str]]:
    return (pair for group in _relative_names(name) for pair in group)


def _name(name: Part) -> str:
    groups = ["+".join(f"{kind}={_escaped(text)}" for kind, text in group) for group in _relative_names(name)]
    return ",".join(reversed(groups))[:SUBJECT_LIMIT]


def _escaped(text: str) -> str:
    escaped = re.sub(r'([\\,+"<>;])', r"\\\1", text)
    return f"\\{escaped}" if escaped.startswith("#") else escaped


def _text(part: Part) -> str:
    charset = _CHARSETS.get(part.tag)
    return clean(part.content.decode(charset, "replace") if charset else decoded(part.content), 512)


def _time(part: Part | None) -> datetime:
    pattern = _TIMES.get(part.tag) if part else None
    found = pattern.fullmatch(part.content.decode("latin-1").strip()) if part and pattern else None
    if not part or not found:
        raise Garbled(protocol="x509", why="no time")
    year = int(found[1])
    if part.tag == _UTC_TIME:
        year += 1900 if year >= 50 else 2000
    month, day, hour, minute = (int(found[2][index : index + 2]) for index in (0, 2, 4, 6))
    try:
        ahead = timedelta(hours=int(found[5] or 0), minutes=int(found[6] or 0))
        zone = timezone(-ahead if found[4] == "-" else ahead)
        return datetime(year, month, day, hour, minute, int(found[3] or 0), tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError) as exc:
        raise Garbled(protocol="x509", why="a time that does not exist") from exc


def _key(key: Part) -> tuple[str, int]:
    fields = key.parts()
    scheme = expected(fields, SEQUENCE).parts()
    kind = _KEY_TYPES.get(dotted(expected(scheme, OBJECT_ID).content), "other")
    public = expected(fields, BIT_STRING).content[1:]
    try:
        if kind == "rsa":
            return kind, _bits(expected(first_part(public).parts(), INTEGER))
        if kind == "dsa":
            return kind, _bits(expected(expected(scheme, SEQUENCE).parts(), INTEGER))
        if kind == "ec":
            curve = dotted(expected(scheme, OBJECT_ID).content)
            # A point is its form and two numbers as wide as the field.
            return kind, _CURVE_BITS.get(curve, len(public[1:]) // 2 * 8)
    except Garbled:
        return kind, 0
    return kind, 0


def _bits(number: Part) -> int:
    return int.from_bytes(number.content, "big").bit_length()


def _signature_hash(signature: Part) -> str:
    fields = signature.parts()
    kind = dotted(expected(fields, OBJECT_ID).content)
    if kind != _PSS:
        return _SIGNATURE_HASHES.get(kind, "")
    try:
        for parameter in expected(fields, SEQUENCE).parts():
            if parameter.tag == 0xA0:
                return _HASHES.get(dotted(expected(first_part(parameter.content).parts(), OBJECT_ID).content), "")
    except Garbled:
        return ""
    # What RFC 4055 gives when nothing is said.
    return "sha1"


def _alternative_names(fields: Iterator[Part]) -> tuple[str, ...]:
    found: list[str] = []
    try:
        extensions = next((part for part in fields if part.tag == 0xA3), None)
        for extension in first_part(extensions.content).parts() if extensions else ():
            inside = list(extension.parts())
            if inside and dotted(inside[0].content) == _ALTERNATIVE_NAMES and inside[-1].tag == OCTET_STRING:
                found += [text for part in first_part(inside[-1].content).parts() if (text := _general_name(part))]
    except Garbled:
        # Names beside the subject are a bonus: a certificate that spoils them still says the rest.
        pass
    return tuple(found[:NAME_LIMIT])


def _general_name(part: Part) -> str:
    if part.tag == 0x87 and len(part.content) in (4, 16):
        return str(ipaddress.ip_address(part.content))
    return clean(decoded(part.content), 255) if part.tag in (0x81, 0x82, 0x86) else ""
