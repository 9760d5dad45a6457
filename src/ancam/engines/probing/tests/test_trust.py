"""The file of enrolled keys: enrolled, revoked, written and read back; believed only when it is nobody else's."""

import threading
from dataclasses import replace
from datetime import UTC, datetime
from ipaddress import ip_network

import pytest
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
from ancam.engines.probing.permission.signatures import private_from, private_pem, public_from, public_pem
from ancam.engines.probing.permission.trust import (
    PublicPrefix,
    Trust,
    change_trust,
    key_id,
    parse_trust,
    put_back_trust,
    read_trust,
    trust_bytes,
)
from ancam.engines.probing.tests.authorisations import ASSESSOR, NOON, OWNER, TRUST, signer

PREFIX = PublicPrefix("Sở Văn hóa tỉnh Đông Sơn", ip_network("113.160.10.0/24"), NOON, "Trần Thị Quản Trị")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / "trust.yaml"


def test_what_is_enrolled_and_revoked_is_read_back(path):
    change_trust(path, lambda trust: trust.with_key(OWNER.enrolled).with_key(ASSESSOR.enrolled).with_prefix(PREFIX))
    written = change_trust(path, lambda trust: trust.without_key(OWNER.enrolled.id, at=NOON, by="Trần Thị Quản Trị"))

    assert read_trust(path) == written
    assert written.key(OWNER.enrolled.id) == replace(OWNER.enrolled, revoked_at=NOON, revoked_by="Trần Thị Quản Trị")
    assert written.key(ASSESSOR.enrolled.id) == ASSESSOR.enrolled
    assert written.prefixes_of(" sở văn hóa  tỉnh Đông Sơn") == (ip_network("113.160.10.0/24"),)
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(written.digest) == 64


def test_two_who_enrol_at_once_lose_nothing(path):
    signers = [signer(seed, f"Người {seed}", "owner") for seed in range(10, 18)]
    threads = [
        threading.Thread(target=change_trust, args=(path, lambda trust, one=one: trust.with_key(one.enrolled)))
        for one in signers
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {key.id for key in read_trust(path).keys} == {one.enrolled.id for one in signers}


def test_a_key_is_enrolled_once_for_one_person_even_after_it_was_revoked():
    revoked = TRUST.without_key(OWNER.enrolled.id, at=NOON, by="x")

    for trust in (TRUST, revoked):
        with pytest.raises(KeyAlreadyEnrolled):
            trust.with_key(replace(OWNER.enrolled, side="assessor", person="Người khác"))


def test_only_a_key_that_counts_is_revoked():
    revoked = TRUST.without_key(OWNER.enrolled.id, at=NOON, by="x")

    for trust, name in ((revoked, OWNER.enrolled.id), (Trust(), "0" * 16)):
        with pytest.raises(KeyNotThere):
            trust.without_key(name, at=NOON, by="x")


@pytest.mark.parametrize(
    "prefix", ["10.0.0.0/24", "192.0.2.0/24", "112.0.0.0/6", "2400::/12", "169.254.169.254", "::/0"]
)
def test_only_public_prefixes_are_enrolled(prefix):
    with pytest.raises(PrefixRefused):
        TRUST.with_prefix(replace(PREFIX, prefix=ip_network(prefix)))


def test_a_prefix_is_enrolled_once_for_a_unit_and_taken_back():
    trust = TRUST.with_prefix(PREFIX).with_prefix(replace(PREFIX, unit="Sở Y tế tỉnh Đông Sơn"))

    with pytest.raises(PrefixRefused):
        trust.with_prefix(PREFIX)
    left = trust.without_prefix(PREFIX.unit, PREFIX.prefix)
    assert (left.prefixes_of(PREFIX.unit), len(left.public_prefixes)) == ((), 1)
    with pytest.raises(PrefixRefused):
        left.without_prefix(PREFIX.unit, PREFIX.prefix)


def test_no_file_is_no_trust(path):
    with pytest.raises(TrustMissing):
        read_trust(path)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o644])
def test_a_file_open_to_others_is_not_believed_nor_changed(path, mode):
    change_trust(path, lambda trust: trust.with_key(OWNER.enrolled))
    path.chmod(mode)

    with pytest.raises(TrustExposed) as refusal:
        read_trust(path)
    with pytest.raises(TrustExposed):
        change_trust(path, lambda trust: trust)
    assert f"{mode:04o}" in str(refusal.value)


def test_a_file_that_cannot_be_read_or_written_is_told(tmp_path):
    with pytest.raises(TrustUnreachable):
        read_trust(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(TrustUnreachable):
        change_trust(tmp_path / "file" / "trust.yaml", lambda trust: trust)


def test_a_change_that_is_refused_leaves_the_file_as_it_was(path):
    change_trust(path, lambda trust: trust.with_key(OWNER.enrolled))
    before = path.read_bytes()

    with pytest.raises(KeyAlreadyEnrolled):
        change_trust(path, lambda trust: trust.with_key(OWNER.enrolled))

    assert path.read_bytes() == before
    assert not [left for left in path.parent.iterdir() if left.suffix not in (".yaml", ".lock")]


def altered(**changes):
    content = yaml.safe_load(trust_bytes(TRUST.with_prefix(PREFIX)))
    content["keys"][0].update(changes)
    return yaml.safe_dump(content, allow_unicode=True).encode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"public": "không"}, "keys[1].public"),
        ({"public": "AAAA"}, "keys[1].public"),
        ({"id": "0" * 16}, "keys[1].id"),
        ({"side": "police"}, "keys[1].side"),
        ({"enrolled_at": "hôm qua"}, "keys[1].enrolled_at"),
    ],
)
def test_a_file_whose_keys_do_not_fit_is_refused(changes, field):
    with pytest.raises(FieldRefused) as refusal:
        parse_trust(altered(**changes))

    assert refusal.value.field == field


def test_a_file_of_another_kind_or_with_a_key_twice_is_refused():
    twice = yaml.safe_load(trust_bytes(TRUST))
    twice["keys"].append(dict(twice["keys"][0]))

    with pytest.raises(FieldRefused):
        parse_trust(b"schema: ancam/authorization/1")
    with pytest.raises(FieldRefused):
        parse_trust(yaml.safe_dump(twice, allow_unicode=True).encode())
    with pytest.raises(PrefixRefused):
        parse_trust(trust_bytes(replace(TRUST, public_prefixes=(replace(PREFIX, prefix=ip_network("10.0.0.0/8")),))))


def test_ids_are_the_digest_of_the_key():
    assert key_id(bytes(32)) == "66687aadf862bd77"
    assert OWNER.enrolled.enrolled_at == datetime(2026, 11, 1, tzinfo=UTC)


def test_keys_are_kept_as_pem():
    pem = private_pem(OWNER.key)

    assert private_pem(private_from(pem)) == pem
    assert public_pem(public_from(public_pem(OWNER.key.public_key()))) == public_pem(OWNER.key.public_key())


def test_only_ed25519_keys_are_taken():
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

    other = generate_private_key(SECP256R1())
    sealed = OWNER.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"x"))

    for pem in (private_pem(other), b"x", sealed):  # type: ignore[arg-type]
        with pytest.raises(ValueError):
            private_from(pem)
    for pem in (public_pem(other.public_key()), b"x"):  # type: ignore[arg-type]
        with pytest.raises(ValueError):
            public_from(pem)


LATER = signer(3, "Vũ Thị Hà", "assessor").enrolled


def test_a_kept_file_is_put_back_as_it_was_where_there_is_none(path):
    kept = trust_bytes(TRUST.with_prefix(PREFIX))

    assert put_back_trust(path, kept).as_values() == {
        "is_new": True,
        "revoked": [],
        "left_out": [],
        "left_out_prefixes": [],
    }

    assert path.read_bytes() == kept
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_trust(path).prefixes_of(PREFIX.unit) == (PREFIX.prefix,)


def test_a_kept_file_enrols_nothing_where_an_administrator_has_decided_otherwise(path):
    change_trust(path, lambda trust: trust.with_key(OWNER.enrolled))
    change_trust(path, lambda trust: trust.without_key(OWNER.enrolled.id, at=NOON, by="x"))
    before = path.read_bytes()

    put_back = put_back_trust(path, trust_bytes(TRUST.with_prefix(PREFIX)))

    assert path.read_bytes() == before
    assert put_back.as_values() == {
        "is_new": False,
        "revoked": [],
        "left_out": sorted([OWNER.enrolled.id, ASSESSOR.enrolled.id]),
        "left_out_prefixes": [{"unit": PREFIX.unit, "prefix": "113.160.10.0/24"}],
    }


def test_a_key_that_a_kept_file_has_revoked_counts_no_longer_and_is_not_enrolled_later(path):
    change_trust(path, lambda trust: trust.with_key(OWNER.enrolled).with_key(ASSESSOR.enrolled))
    kept = TRUST.with_key(LATER)
    for key in (OWNER.enrolled, LATER):
        kept = kept.without_key(key.id, at=NOON, by="Trần Thị Quản Trị")

    put_back = put_back_trust(path, trust_bytes(kept))

    trust = read_trust(path)
    assert (put_back.revoked, put_back.left_out) == ((OWNER.enrolled.id,), ())
    assert trust.counting == {ASSESSOR.enrolled.id}
    assert trust.key(OWNER.enrolled.id) == replace(OWNER.enrolled, revoked_at=NOON, revoked_by="Trần Thị Quản Trị")
    with pytest.raises(KeyAlreadyEnrolled):
        trust.with_key(LATER)


def test_beside_a_file_that_is_not_believed_none_is_put_back(path):
    change_trust(path, lambda trust: trust.with_key(OWNER.enrolled))
    path.chmod(0o644)
    before = path.read_bytes()

    with pytest.raises(TrustExposed):
        put_back_trust(path, trust_bytes(TRUST))
    assert path.read_bytes() == before
