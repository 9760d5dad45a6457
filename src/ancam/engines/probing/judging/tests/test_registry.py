import ast
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ancam.engines.probing.detail import Advice, Detail, Verdict
from ancam.engines.probing.facts import (
    Ask,
    Banner,
    ClockReading,
    LoginAttempt,
    LoginResult,
    PortState,
    SoapKind,
    SshFacts,
)
from ancam.engines.probing.judging import registry
from ancam.engines.probing.judging.answers import one_line
from ancam.engines.probing.judging.reasons import REASONS, reason_in_words
from ancam.engines.probing.judging.registry import judges
from ancam.engines.probing.judging.tests.facts_made import (
    EVERY_MODE,
    SDP,
    call,
    camera,
    certificate,
    described,
    facts,
    judged,
    page,
    said_of,
    tls,
    told,
)
from ancam.reference import reference

LISTED = {item["id"]: item for item in reference("device-checks")["checks"]}
FINDINGS = {item["id"] for item in reference("device-checks")["findings"]}
MODULES = sorted(Path(registry.__file__).parent.glob("*.py"))


def test_every_check_of_the_list_has_a_judgement_and_no_other():
    assert judges().keys() == LISTED.keys()


def test_two_families_never_answer_one_check():
    family = SimpleNamespace(CHECKS={"CHK-TLS-01": lambda look: None})

    with pytest.raises(ValueError, match="CHK-TLS-01"):
        judges([family, family])


def test_every_reason_that_is_given_has_its_words():
    given_reasons = {
        node.args[0].value
        for module in MODULES
        for node in ast.walk(ast.parse(module.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("NotSeen", "_because")
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }

    assert given_reasons <= REASONS.keys()
    assert reason_in_words("locked") == "Thiết bị đang khóa đăng nhập"
    assert reason_in_words("một lý do khác") == "một lý do khác"


@pytest.mark.parametrize("kind", ["printer", "router", "nas", "web", "trap", "unknown"])
def test_a_host_that_is_no_camera_is_not_judged(kind):
    printer = replace(camera(""), is_camera=False, kind=kind)

    judgement = judged(facts(page(""), closed=[443]), printer)

    assert (judgement.details, judgement.not_assessable, judgement.findings) == ((), (), ())


def test_nothing_is_believed_of_a_trap():
    host = facts(page(""), closed=[443])
    host.is_trap = True

    judgement = judged(host)

    assert judgement.details == ()
    assert {one.why for one in judgement.not_assessable} == {"trap"}


def test_the_dialogues_own_reason_wins():
    host = facts(described(200, SDP))
    host.unasked["CHK-RTSP-01"] = "no-login-offered"

    assert said_of("CHK-RTSP-01", host) == ("not-assessable", "no-login-offered")


def test_a_look_cut_short_is_the_reason_for_what_was_not_asked():
    host = facts(page(""))
    host.cut_short = "budget-time"

    assert said_of("CHK-RTSP-01", host) == ("not-assessable", "budget-time")
    assert said_of("CHK-HTTP-04", host) == ("fail", "http_cleartext")


def test_a_check_whose_mode_is_not_authorised_is_not_answered():
    host = facts(page(""), told("sadp", 37020, activated="false"), closed=[443])

    judgement = judged(host, modes=frozenset({"discovery"}))

    assert judgement.findings == ("not_activated",)
    assert said_of("CHK-HTTP-01", host, modes=frozenset({"discovery"})) == ("not-assessable", "mode-not-authorised")


def test_what_needs_no_packet_is_always_answered_but_capture_must_be_authorised():
    old = camera(firmware="V5.5.82 build 190220")

    nothing = frozenset[str]()

    outdated = said_of("CHK-FW-03", facts(), old, modes=nothing, built_on=lambda *_: date(2019, 2, 20))
    assert outdated == ("inconclusive", "firmware_outdated")
    assert said_of("CHK-BOT-01", facts(), old, modes=nothing) == ("not-assessable", "mode-not-authorised")


def test_a_detail_carries_what_the_list_says_of_its_check():
    inside = next(one for one in judged(facts(page("")), camera()).details if one.check == "CHK-HTTP-04")
    outside = next(one for one in judged(facts(page("")), is_exposed=True).details if one.check == "CHK-HTTP-04")

    assert (inside.severity, outside.severity) == ("high", "critical")
    assert inside.requirements == tuple(LISTED["CHK-HTTP-04"]["requirements"])
    assert inside.layer == "product"


def test_a_detail_without_a_finding_only_informs_and_doubtful_data_lowers_confidence():
    details = judged(facts(told("sadp", 37020, activated="true"))).details

    assert {one.check: (one.severity, one.confidence) for one in details}["CHK-CRED-04"] == ("info", 0.9)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("dvr\r\n\x1b[2J\x00 login:\u202e", "dvr [2J login:"),
        ("x" * 200, "x" * 159 + "…"),
        ("password=Bi-mat-99 ok", "password=… ok"),
        ("rtsp://admin:Bi-mat-99@10.77.64.17/live", "rtsp://…@10.77.64.17/live"),
    ],
)
def test_evidence_is_one_line_without_secrets(said, kept):
    assert one_line(said) == kept


TEXT = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=80),
    st.sampled_from(["true", "false", "1", "V5.5.82 build 190220", "Basic realm=x", 'Digest realm="x", nonce="y"']),
)
BODY = st.one_of(
    st.binary(max_size=80),
    st.sampled_from([SDP, b"\xff\xd8\xff\xe0", b"<model>x</model>", b"a.mp4", b"<title>Index of /"]),
)
PORT = st.sampled_from([21, 22, 23, 80, 322, 443, 554, 2020, 5555, 8000, 8443, 8888, 9000, 9527, 34567, 37777])
HEADER = st.tuples(
    st.sampled_from(["www-authenticate", "server", "location", "content-type", "content-length", "set-cookie"]), TEXT
)
PAGES = st.builds(
    page,
    BODY,
    ask=st.sampled_from(Ask),
    status=st.sampled_from([0, 200, 206, 302, 400, 401, 403, 404, 429]),
    port=PORT,
    is_tls=st.booleans(),
    method=st.sampled_from(["GET", "HEAD", "POST"]),
    path=TEXT,
).flatmap(lambda one: st.lists(HEADER, max_size=4).map(lambda headers: replace(one, headers=tuple(headers))))
STREAMS = st.builds(
    described,
    st.sampled_from([0, 200, 401, 404]),
    BODY,
    ask=st.sampled_from(Ask),
    port=PORT,
    is_tls=st.booleans(),
    server=TEXT,
    www_authenticate=TEXT,
)
CALLS = st.builds(
    call,
    st.sampled_from(["GetDeviceInformation", "GetProfiles", "GetStreamUri", "GetNTP", "GetScopes"]),
    st.sampled_from(SoapKind),
    port=PORT,
    is_tls=st.booleans(),
    values=st.dictionaries(st.sampled_from(["scopes", "FromDHCP", "DNSname", "IPv4Address"]), TEXT),
    with_credentials=st.booleans(),
    password_as_text=st.booleans(),
)
CERTIFICATES = st.builds(
    certificate,
    subject=TEXT,
    issuer=TEXT,
    common_name=TEXT,
    key_type=st.sampled_from(["rsa", "ec", "ed25519", "dsa", "other"]),
    key_bits=st.integers(-1, 9000),
    signature_hash=TEXT,
)
HANDSHAKES = st.builds(
    tls,
    PORT,
    highest=st.sampled_from(["", "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]),
    cipher=TEXT,
    shown=st.none() | CERTIFICATES,
    accepts_legacy=st.none() | st.booleans(),
    accepts_weak_cipher=st.none() | st.booleans(),
    has_forward_secrecy=st.none() | st.booleans(),
)
FIELDS = ["scopes", "activated", "init", "model", "firmware", "hostname", "builddate", "server", "name"]
DISCOVERED = st.sampled_from(["ws-discovery", "sadp", "dahua", "xm", "ssdp", "mdns", "ubiquiti"]).flatmap(
    lambda protocol: st.dictionaries(st.sampled_from(FIELDS), TEXT).map(lambda values: told(protocol, 3702, **values))
)
NUMBER = st.floats(allow_nan=False, allow_infinity=False, width=32)


@st.composite
def hosts(draw):
    host = facts(*draw(st.lists(PAGES | STREAMS | CALLS | HANDSHAKES | DISCOVERED, max_size=8)))
    host.tcp = draw(st.dictionaries(PORT, st.sampled_from(PortState)))
    host.banners = draw(
        st.lists(st.builds(Banner, PORT, st.sampled_from(["telnet", "ftp", "adb", "unknown"]), TEXT), max_size=3)
    )
    names = st.lists(TEXT, max_size=2).map(tuple)
    host.ssh = draw(st.lists(st.builds(SshFacts, PORT, TEXT, names, names, names), max_size=1))
    attempts = st.builds(
        LoginAttempt, st.sampled_from(list(LISTED)), st.booleans(), st.sampled_from(LoginResult), TEXT, TEXT
    )
    host.logins = draw(st.lists(attempts, max_size=3))
    host.clocks = draw(
        st.lists(st.builds(ClockReading, st.sampled_from(["onvif", "http"]), NUMBER, NUMBER), max_size=2)
    )
    return host


WHO = st.builds(
    camera,
    st.sampled_from(["", "Hikvision", "Dahua", "XiongMai", "Axis", "TVT", "Uniview", "Ubiquiti"]),
    brand=TEXT,
    model=TEXT,
    firmware=TEXT,
)
ADVICE = st.lists(st.builds(Advice, TEXT, st.sampled_from(Verdict), st.floats(0, 1), TEXT), max_size=2)
MODES = st.sets(st.sampled_from(sorted(EVERY_MODE))).map(frozenset)


@settings(max_examples=300, deadline=None)
@given(host=hosts(), who=WHO, modes=MODES, is_exposed=st.booleans(), advice=ADVICE)
def test_whatever_a_device_answers_every_check_is_answered_within_what_it_may_say(host, who, modes, is_exposed, advice):
    judgement = judged(host, who, modes=modes, is_exposed=is_exposed, advisories=lambda _: advice)

    answered = [one.check for one in (*judgement.details, *judgement.not_assessable)]
    assert sorted(answered) == sorted(LISTED)
    assert {one.why for one in judgement.not_assessable} <= REASONS.keys()
    for detail in judgement.details:
        assert_fits_the_list(detail, modes)


def assert_fits_the_list(detail: Detail, modes: frozenset[str]) -> None:
    item = LISTED[detail.check]
    assert item["mode"] in modes | {"passive"}
    assert detail.finding in ("", item["finding"])
    assert detail.finding in FINDINGS | {""}
    assert detail.verdict in item["verdicts"]
    assert (detail.verdict is Verdict.SUPPORTS_PASS) <= (detail.finding == "")
    assert len(detail.evidence) <= 160
    assert detail.evidence.isprintable()
    assert 0 <= detail.confidence <= 1
