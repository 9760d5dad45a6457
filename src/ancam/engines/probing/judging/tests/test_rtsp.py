import pytest

from ancam.engines.probing.facts import Ask
from ancam.engines.probing.judging.tests.facts_made import (
    SDP,
    camera,
    described,
    evidence_of,
    facts,
    judged,
    page,
    said_of,
    tls,
)

OPEN = ("fail", "rtsp_no_auth")
NOT_SEEN = ("not-assessable", "not-seen")
WRONG_PATH = described(200, SDP, ask=Ask.NO_SUCH_PATH)
AUDIO_ONLY = b"v=0\r\nm=audio 0 RTP/AVP 0\r\n"


@pytest.mark.parametrize(
    ("answers", "vendor", "expected"),
    [
        ([described(200, SDP)], "Hikvision", OPEN),
        ([described(200, SDP), described(404, ask=Ask.NO_SUCH_PATH)], "", OPEN),
        ([described(200, SDP)], "", OPEN),
        ([described(200, SDP), WRONG_PATH], "Hikvision", OPEN),
        ([described(200, SDP), WRONG_PATH], "", ("inconclusive", "")),
        ([described(200, SDP, path="/onvif/media"), WRONG_PATH], "Hikvision", ("inconclusive", "")),
        ([described(200, SDP, path="/onvif/media")], "Hikvision", OPEN),
        (
            [described(200, SDP, path="/onvif/media"), WRONG_PATH, described(401)],
            "Hikvision",
            ("inconclusive", ""),
        ),
        ([described(200, b""), WRONG_PATH], "Hikvision", ("inconclusive", "")),
        ([described(200, AUDIO_ONLY)], "Hikvision", ("inconclusive", "")),
        ([described(404)], "Hikvision", ("inconclusive", "")),
        ([described(401)], "Hikvision", ("supports_pass", "")),
        ([described(401), described(200, SDP, port=8554)], "Hikvision", OPEN),
        ([described(0)], "Hikvision", ("not-assessable", "unclear")),
        ([WRONG_PATH], "Hikvision", ("not-assessable", "not-asked")),
        ([WRONG_PATH], "", ("not-assessable", "unknown-platform")),
        ([described(200, SDP, ask=Ask.OWNER_READ)], "Hikvision", ("not-assessable", "not-asked")),
    ],
)
def test_only_a_described_picture_on_a_documented_path_is_open(answers, vendor, expected):
    assert said_of("CHK-RTSP-01", facts(*answers), camera(vendor)) == expected


def test_a_device_that_answers_every_path_is_less_sure():
    sure = judged(facts(described(200, SDP))).details
    doubted = judged(facts(described(200, SDP), WRONG_PATH)).details

    assert [one.confidence for one in sure if one.check == "CHK-RTSP-01"] == [0.97]
    assert [one.confidence for one in doubted if one.check == "CHK-RTSP-01"] == [0.85]


def test_a_silent_rtsp_port_is_no_pass():
    assert said_of("CHK-RTSP-01", facts(silent=[554])) == ("not-assessable", "silent")
    assert said_of("CHK-RTSP-01", facts(closed=[554])) == ("not-assessable", "not-offered")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([described(401, www_authenticate='Basic realm="cam"')], ("fail", "rtsp_basic_auth")),
        ([described(401, www_authenticate=['Basic realm="cam"', 'Digest realm="cam", nonce="1"'])], NOT_SEEN),
        ([described(401, www_authenticate='Basic realm="cam"', is_tls=True)], ("not-assessable", "no-challenge")),
        ([described(200, SDP)], ("not-assessable", "no-challenge")),
        ([], ("not-assessable", "not-asked")),
    ],
)
def test_basic_alone(answers, expected):
    assert said_of("CHK-RTSP-02", facts(*answers)) == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (facts(described(401), closed=[322]), ("inconclusive", "rtsp_unencrypted")),
        (facts(described(401), described(401, is_tls=True, port=322)), NOT_SEEN),
        (facts(described(401), tls(port=322)), NOT_SEEN),
        (facts(described(401), silent=[322]), ("not-assessable", "silent")),
        (facts(described(401)), ("not-assessable", "not-asked")),
        (facts(described(0), open=[554]), ("not-assessable", "unclear")),
    ],
)
def test_encryption(host, expected):
    assert said_of("CHK-RTSP-03", host) == expected


def realm(text: str) -> dict[str, str]:
    return {"www_authenticate": f'Digest realm="{text}", nonce="688a39dd9bf9d4f062dc2daa550f13bd"'}


TELLS = ("inconclusive", "rtsp_info_disclosed")


@pytest.mark.parametrize(
    ("headers", "who", "expected"),
    [
        ({"server": "Dahua Rtsp Server"}, camera(""), TELLS),
        ({"server": "Hipcam RealServer/V1.0"}, camera(""), TELLS),
        (realm("Login to 4K01234PAG"), camera(""), TELLS),
        (realm("AXIS_00408C123456"), camera(""), TELLS),
        (realm("iPolis_00408C123456"), camera(""), TELLS),
        (realm("DS-2CD2T42WD-I5"), camera(model="DS-2CD2T42WD-I5"), TELLS),
        (realm("688a39dd9bf9d4f062dc2daa550f13bd"), camera("Uniview"), NOT_SEEN),
        (realm("active"), camera("ACTi"), NOT_SEEN),
        (realm("RtspServer"), camera("XiongMai"), NOT_SEEN),
        ({"server": "Rtsp Server"}, camera("Dahua"), NOT_SEEN),
    ],
)
def test_what_rtsp_tells_of_the_device(headers, who, expected):
    assert said_of("CHK-RTSP-04", facts(described(401, **headers)), who) == expected


def test_a_nonce_is_not_repeated():
    host = facts(described(401, www_authenticate='Digest realm="Login to 4K01234PAG", nonce="abcdef99"'))

    assert "abcdef99" not in evidence_of("CHK-RTSP-04", host)


def test_what_the_owners_account_was_told_is_no_disclosure():
    host = facts(described(200, SDP, ask=Ask.OWNER_READ, server="Dahua Rtsp Server"))

    assert said_of("CHK-RTSP-04", host, camera("Dahua")) == NOT_SEEN
    assert said_of("CHK-RTSP-04", facts(closed=[554])) == ("not-assessable", "not-offered")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([described(200, SDP + AUDIO_ONLY, ask=Ask.OWNER_READ)], ("inconclusive", "")),
        ([described(200, SDP, ask=Ask.OWNER_READ)], NOT_SEEN),
        ([described(200, SDP + AUDIO_ONLY)], ("inconclusive", "")),
        ([described(200, b"hello", ask=Ask.OWNER_READ)], ("not-assessable", "needs-owner-account")),
        ([described(401, ask=Ask.OWNER_READ)], ("not-assessable", "needs-owner-account")),
        ([page("", ask=Ask.OWNER_READ)], ("not-assessable", "not-asked")),
    ],
)
def test_sound_needs_the_makers_papers_beside_it(answers, expected):
    assert said_of("CHK-RTSP-05", facts(*answers)) == expected
