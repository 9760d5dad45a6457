from datetime import UTC, datetime, timedelta

import pytest

from ancam.engines.probing.judging.tests.facts_made import NOW, camera, certificate, evidence_of, facts, said_of, tls

NOT_SEEN = ("not-assessable", "not-seen")
TLS_CHECKS = [f"CHK-TLS-0{number}" for number in range(1, 9)]


@pytest.mark.parametrize("check", TLS_CHECKS)
def test_without_tls_nothing_is_said_of_it(check):
    assert said_of(check, facts(closed=[443, 8443])) == ("not-assessable", "not-offered")
    assert said_of(check, facts(closed=[8443], silent=[443])) == ("not-assessable", "silent")


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (tls(highest="TLSv1.1"), ("fail", "tls_legacy_protocol")),
        (tls(highest="TLSv1"), ("fail", "tls_legacy_protocol")),
        (tls(highest="SSLv3"), ("fail", "tls_legacy_protocol")),
        (tls(accepts_legacy=True), ("inconclusive", "")),
        (tls(accepts_legacy=None), ("inconclusive", "")),
        (tls(accepts_legacy=False), ("supports_pass", "")),
        (tls(highest="TLSv1.3", accepts_legacy=False), ("supports_pass", "")),
        (tls(highest=""), ("not-assessable", "unclear")),
    ],
)
def test_versions(seen, expected):
    assert said_of("CHK-TLS-01", facts(seen)) == expected


def test_one_old_port_beside_a_current_one_is_a_failure_of_the_device():
    host = facts(tls(accepts_legacy=False), tls(port=8443, highest="TLSv1.1"))

    assert evidence_of("CHK-TLS-01", host) == "cổng 8443: cao nhất TLSv1.1"


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (tls(accepts_weak_cipher=True), ("fail", "tls_weak_cipher")),
        (tls(cipher="DES-CBC3-SHA"), ("fail", "tls_weak_cipher")),
        (tls(cipher="TLS_RSA_WITH_RC4_128_SHA"), ("fail", "tls_weak_cipher")),
        (tls(accepts_weak_cipher=False), NOT_SEEN),
        (tls(), ("not-assessable", "not-asked")),
    ],
)
def test_ciphers(seen, expected):
    assert said_of("CHK-TLS-02", facts(seen)) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"not_after": NOW - timedelta(seconds=1)}, ("inconclusive", "tls_expired")),
        ({"not_before": NOW + timedelta(seconds=1)}, ("inconclusive", "tls_expired")),
        ({"not_after": NOW, "not_before": NOW}, NOT_SEEN),
        ({}, NOT_SEEN),
    ],
)
def test_validity(said, expected):
    assert said_of("CHK-TLS-03", facts(tls(shown=certificate(**said)))) == expected


def test_self_signed_means_that_issuer_and_subject_are_one():
    itself = certificate(subject="CN=cam", issuer="CN=cam")
    nameless = certificate(subject="", issuer="")

    assert said_of("CHK-TLS-04", facts(tls(shown=itself))) == ("inconclusive", "tls_self_signed")
    assert said_of("CHK-TLS-04", facts(tls(shown=nameless))) == ("inconclusive", "tls_self_signed")
    assert said_of("CHK-TLS-04", facts(tls())) == NOT_SEEN
    assert said_of("CHK-TLS-04", facts(tls(shown=None))) == ("not-assessable", "unclear")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"key_bits": 512}, ("fail", "tls_weak_key")),
        ({"key_bits": 1023}, ("fail", "tls_weak_key")),
        ({"signature_hash": "md5"}, ("fail", "tls_weak_key")),
        ({"key_bits": 1024}, ("inconclusive", "tls_weak_key")),
        ({"key_bits": 2047}, ("inconclusive", "tls_weak_key")),
        ({"signature_hash": "SHA-1"}, ("inconclusive", "tls_weak_key")),
        ({"key_type": "ec", "key_bits": 192}, ("inconclusive", "tls_weak_key")),
        ({"key_type": "dsa", "key_bits": 1024}, ("inconclusive", "tls_weak_key")),
        ({"key_type": "ec", "key_bits": 256}, NOT_SEEN),
        ({"key_type": "ed25519", "key_bits": 0, "signature_hash": ""}, NOT_SEEN),
        ({}, NOT_SEEN),
    ],
)
def test_keys_and_signatures(said, expected):
    assert said_of("CHK-TLS-05", facts(tls(shown=certificate(**said)))) == expected


def test_the_weaker_of_two_keys_decides():
    doubtful, broken = certificate(key_bits=1024), certificate(key_bits=512)

    host = facts(tls(shown=doubtful), tls(port=8443, shown=broken))

    assert said_of("CHK-TLS-05", host) == ("fail", "tls_weak_key")


@pytest.mark.parametrize(
    "name", ["General", "localhost", "www.example.com", "HIKVISION", "Default Certificate", "KBVision"]
)
def test_names_that_a_maker_gives_to_every_device(name):
    host = facts(tls(shown=certificate(common_name=name)))

    assert said_of("CHK-TLS-06", host, camera("Dahua", brand="KBVision")) == ("inconclusive", "tls_default_certificate")


def test_a_name_of_the_devices_own_is_no_default():
    assert said_of("CHK-TLS-06", facts(tls(shown=certificate(common_name="axis-accc8e012345")))) == NOT_SEEN


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (tls(has_forward_secrecy=False), ("inconclusive", "tls_no_forward_secrecy")),
        (tls(has_forward_secrecy=True), NOT_SEEN),
        (tls(highest="TLSv1.3"), NOT_SEEN),
        (tls(), ("not-assessable", "not-asked")),
    ],
)
def test_forward_secrecy(seen, expected):
    assert said_of("CHK-TLS-08", facts(seen)) == expected


def test_a_shared_key_is_found_among_several_devices():
    assert said_of("CHK-TLS-07", facts(tls())) == ("not-assessable", "needs-fleet")


def test_days_are_written_as_people_read_them():
    host = facts(tls(shown=certificate(not_after=datetime(2020, 2, 29, tzinfo=UTC))))

    assert "29/02/2020" in evidence_of("CHK-TLS-03", host)
