"""Ed25519 signatures of both sides over an authorisation."""

import base64

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from ancam.engines.probing.errors import (
    KeyOfOtherSide,
    KeyOfOtherUnit,
    KeyRevoked,
    KeyUnknown,
    SamePerson,
    SignatureBroken,
    SignatureMissing,
    TooManySignatures,
)
from ancam.engines.probing.permission.authorisation import SIDES, Authorisation, Signature
from ancam.engines.probing.permission.trust import EnrolledKey, Trust, is_same_name, is_same_person, key_id
from ancam.engines.probing.permission.windows import instant_in_words

SIDE_WORDS = {"owner": "bên chủ quản", "assessor": "bên kiểm tra"}


def sign(authorisation: Authorisation, key: Ed25519PrivateKey, *, by: str) -> Signature:
    """Return a side's signature over an authorisation."""
    value = base64.b64encode(key.sign(authorisation.signed)).decode()
    return Signature(key_id(raw_public(key.public_key())), by, value)


def require_signed(authorisation: Authorisation, trust: Trust) -> tuple[EnrolledKey, EnrolledKey]:
    """Return the keys of the owner's and the assessor's side, both of which signed exactly this content.

    Every signature that is there must hold; raises the first `AuthorisationRefused` that tells why one does not count,
    `SignatureMissing`, `TooManySignatures` or `SamePerson`.
    """
    signers: dict[str, EnrolledKey] = {}
    for signature in authorisation.signatures:
        key = _signer(signature, authorisation, trust)
        if key.side in signers:
            raise TooManySignatures(side=SIDE_WORDS[key.side])
        signers[key.side] = key
    for side in SIDES:
        if side not in signers:
            raise SignatureMissing(side=SIDE_WORDS[side], option=side)
    owner, assessor = signers["owner"], signers["assessor"]
    if is_same_person(owner.person, assessor.person):
        raise SamePerson(person=owner.person)
    return owner, assessor


def _signer(signature: Signature, authorisation: Authorisation, trust: Trust) -> EnrolledKey:
    key = trust.key(signature.key)
    if not key:
        raise KeyUnknown(key=signature.key)
    if key.revoked_at:
        raise KeyRevoked(key=key.id, revoked=instant_in_words(key.revoked_at))
    if key.side != signature.by:
        raise KeyOfOtherSide(key=key.id, side=SIDE_WORDS[key.side], claimed=SIDE_WORDS[signature.by])
    named = authorisation.owner.unit if key.side == "owner" else authorisation.assessor.unit
    if not is_same_name(key.unit, named):
        raise KeyOfOtherUnit(key=key.id, unit=key.unit, field=f"{key.side}.unit", named=named)
    if not _holds(signature.value, key.public, authorisation.signed):
        raise SignatureBroken(key=key.id)
    return key


def _holds(value: str, public: bytes, signed: bytes) -> bool:
    try:
        signature = base64.b64decode(value, validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)
    except (ValueError, InvalidSignature):
        return False
    # One signature has one spelling, so that two files that differ are never taken for one.
    return base64.b64encode(signature).decode() == value


def raw_public(key: Ed25519PublicKey) -> bytes:
    """Return the 32 bytes of a public key."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def private_pem(key: Ed25519PrivateKey) -> bytes:
    """Return a private key as PEM, unsealed: whoever keeps it seals it."""
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_pem(key: Ed25519PublicKey) -> bytes:
    """Return a public key as PEM."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def private_from(pem: bytes) -> Ed25519PrivateKey:
    """Return the private key of a PEM text. Raises `ValueError` when it holds none of Ed25519."""
    try:
        key = load_pem_private_key(pem, password=None)
    except TypeError as exc:
        raise ValueError("sealed in another way") from exc
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("not Ed25519")
    return key


def public_from(pem: bytes) -> Ed25519PublicKey:
    """Return the public key of a PEM text. Raises `ValueError` when it holds none of Ed25519."""
    key = load_pem_public_key(pem)
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("not Ed25519")
    return key
