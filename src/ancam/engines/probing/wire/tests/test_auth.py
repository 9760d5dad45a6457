import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.wire.auth import Challenge, basic, challenges, digest
from ancam.engines.probing.wire.errors import Garbled


def test_several_challenges_stand_in_one_header():
    found = challenges(
        ['Digest realm="Login to 6A, B", qop="auth,auth-int", nonce=abc/+=, opaque="", Basic realm="a\\"b", NTLM',
         "Negotiate YII+abc==, Bearer"]
    )  # fmt: skip

    assert found == [
        Challenge("digest", {"realm": "Login to 6A, B", "qop": "auth,auth-int", "nonce": "abc/+=", "opaque": ""}),
        Challenge("basic", {"realm": 'a"b'}),
        Challenge("ntlm"),
        Challenge("negotiate", {"token68": "YII+abc=="}),
        Challenge("bearer"),
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Basic realm=IP Camera", [Challenge("basic", {"realm": "IP Camera"})]),
        ('basic   REALM = "x', [Challenge("basic", {"realm": "x"})]),
        ('Digest realm="a", realm="b"', [Challenge("digest", {"realm": "a"})]),
        (", ,Basic", [Challenge("basic")]),
        ('realm="x"', [Challenge("realm")]),
        ("", []),
        ("\x00", []),
    ],
)
def test_odd_challenges_are_read_as_far_as_they_go(value, expected):
    assert challenges([value]) == expected


def test_challenges_and_their_parameters_are_bounded():
    many = "Digest " + ", ".join(f"p{number}=1" for number in range(100))

    assert len(challenges([many])[0].params) == 32
    assert len(challenges(["A, " * 1_000] * 10)) == 16


# The first two are the examples of RFC 7616; the third that of RFC 2069 as corrected.
RFC_7616 = {
    "realm": "http-auth@example.org", "qop": "auth, auth-int", "nonce": "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
    "opaque": "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS",
}  # fmt: skip


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_examples_of_the_standard_come_out(algorithm, response):
    answer = digest(
        Challenge("digest", {**RFC_7616, "algorithm": algorithm}),
        method="GET", uri="/dir/index.html", username="Mufasa", password="Circle of Life",
        cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
    )  # fmt: skip

    assert f'response="{response}"' in answer
    assert f"algorithm={algorithm}, qop=auth, nc=00000001, cnonce=" in answer
    assert answer.startswith('Digest username="Mufasa", realm="http-auth@example.org", nonce="7ypf')
    assert answer.endswith('opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"')


def test_a_challenge_without_qop_is_answered_in_the_older_way():
    answer = digest(
        Challenge("digest", {"realm": "testrealm@host.com", "nonce": "dcd98b7102dd2f0e8b11d0f600bfb0c093"}),
        method="GET", uri="/dir/index.html", username="Mufasa", password="CircleOfLife", cnonce="unused",
    )  # fmt: skip

    assert 'response="1949323746fe6a43ef61f9606e7febea"' in answer
    assert "qop" not in answer
    assert "cnonce" not in answer


def test_a_session_hash_binds_the_client_nonce():
    params = {"realm": "r", "nonce": "n", "algorithm": "md5-sess"}
    asked = {"method": "GET", "uri": "/", "username": 'a"b', "password": "p"}

    one, other = (digest(Challenge("digest", params), cnonce=cnonce, **asked) for cnonce in ("1", "2"))

    assert one.split("response=")[1][:34] != other.split("response=")[1][:34]
    assert 'username="a\\"b"' in one
    assert one.endswith('algorithm=md5-sess, cnonce="1"')
    assert "qop=auth" in digest(Challenge("digest", {**params, "qop": "auth"}), cnonce="1", **asked)


@pytest.mark.parametrize(
    "challenge",
    [
        Challenge("basic", {"realm": "x", "nonce": "n"}),
        Challenge("digest", {"realm": "x"}),
        Challenge("digest", {"nonce": "n", "algorithm": "MD4"}),
        Challenge("digest", {"nonce": "n", "qop": "auth-int"}),
    ],
)
def test_a_challenge_that_cannot_be_answered_is_refused(challenge):
    with pytest.raises(Garbled):
        digest(challenge, method="GET", uri="/", username="a", password="b", cnonce="c")


def test_basic_encodes_name_and_password():
    assert basic("admin", "mật khẩu") == "Basic YWRtaW46beG6rXQga2jhuql1"


def test_a_hash_is_named_as_the_standard_does():
    assert Challenge("digest", {"algorithm": "sha256"}).algorithm == "SHA-256"
    assert Challenge("digest", {"algorithm": "md5-sess"}).algorithm == Challenge("digest").algorithm == "MD5"
    assert Challenge("basic").algorithm == ""


@given(st.lists(st.text(max_size=200), max_size=4))
def test_no_header_raises_anything(values):
    for challenge in challenges(values):
        assert str(challenge).isprintable() or challenge.params
