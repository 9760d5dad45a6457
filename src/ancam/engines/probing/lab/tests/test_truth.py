"""The truth that is written is the truth that is seen by one who knows each device's own paths.

The comparison asks devices by plain sockets with what is in `devices.yaml` and `sites.yaml`, and draws no conclusion
for which one would have to know how an assessor works.
"""

import datetime
import json

import pytest
from cryptography import x509

from ancam.engines.probing.lab.devices import kinds, sites
from ancam.engines.probing.lab.given_away import identity_grades
from ancam.engines.probing.lab.placing import Placed, place, plan
from ancam.engines.probing.lab.tests.asking import (
    an_address,
    any_tls,
    hear,
    http_ask,
    onvif_ask,
    rtsp_ask,
    running,
)
from ancam.engines.probing.lab.tests.test_tls import shaken
from ancam.engines.probing.lab.truth import row_of, tally, truth

CONTRACT = {
    "http_cleartext",
    "tls_missing",
    "tls_self_signed",
    "tls_expired",
    "tls_legacy_protocol",
    "tls_weak_key",
    "rtsp_no_auth",
    "rtsp_basic_auth",
    "snapshot_open",
    "onvif_no_auth",
    "http_basic_auth",
    "telnet_open",
    "ftp_open",
    "vendor_port_exposed",
}
VENDOR_PORTS = {"Hikvision": 8000, "EZVIZ": 8000, "Dahua": 37777, "XiongMai": 34567}


def of_web(placed: Placed) -> set[str]:
    seen = set[str]()
    webs = [(port, service == "web-tls") for port, service in placed.tcp.items() if service in ("web", "web-tls")]
    for port, is_tls in webs:
        home = http_ask(placed.ip, "/", port=port, is_tls=is_tls)
        leads_to_https = home.header("location").startswith("https://")
        if not is_tls and not leads_to_https:
            seen.add("http_cleartext")
        routes = sites()[placed.kind.site].routes
        answers = {
            route.target: http_ask(placed.ip, route.target, port=port, is_tls=is_tls, method="HEAD") for route in routes
        }
        if not is_tls and any(answer.header("www-authenticate").startswith("Basic") for answer in answers.values()):
            seen.add("http_basic_auth")
        if any(answer.header("content-type") == "image/jpeg" and answer.status == 200 for answer in answers.values()):
            seen.add("snapshot_open")
    if webs and not any(is_tls for _, is_tls in webs) and http_serves(placed):
        seen.add("tls_missing")
    return seen


def http_serves(placed: Placed) -> bool:
    return "web" in placed.tcp.values()


def of_tls(placed: Placed) -> set[str]:
    seen = set[str]()
    for port in [port for port, service in placed.tcp.items() if service == "web-tls"]:
        version, _, made = shaken(placed.ip, any_tls(), port)
        now = datetime.datetime.now(datetime.UTC)
        if version in ("TLSv1", "TLSv1.1"):
            seen.add("tls_legacy_protocol")
        if made.issuer == made.subject:
            seen.add("tls_self_signed")
        if not made.not_valid_before_utc <= now <= made.not_valid_after_utc:
            seen.add("tls_expired")
        key = made.public_key()
        is_sha1 = made.signature_algorithm_oid == x509.SignatureAlgorithmOID.RSA_WITH_SHA1
        if is_sha1 or getattr(key, "key_size", 4096) in (512, 1024):
            seen.add("tls_weak_key")
    return seen


def of_streams(placed: Placed) -> set[str]:
    seen = set[str]()
    for port in [port for port, service in placed.tcp.items() if service == "rtsp"]:
        path = next(path for path in placed.kind.rtsp.paths if "user=" not in path)
        said = rtsp_ask(placed.ip, path, port=port)
        if said.startswith("RTSP/1.0 200"):
            seen.add("rtsp_no_auth")
        if "realm=" in said and "Digest" not in said:
            seen.add("rtsp_basic_auth")
    return seen


def of_onvif(placed: Placed) -> set[str]:
    service = placed.kind.onvif
    if not service.name:
        return set()
    ports = {name: port for port, name in placed.tcp.items()}
    is_tls = "onvif" not in ports and ("web" not in ports or placed.posture.web == "redirect")
    port = ports.get("onvif", ports["web-tls"] if is_tls else ports.get("web"))
    if port is None:
        return set()
    calls = [("GetDeviceInformation", service.device_path), ("GetStreamUri", service.media_path)]
    answers = [onvif_ask(placed.ip, call, path=path, port=port, is_tls=is_tls) for call, path in calls]
    seen = {"onvif_no_auth"} if any(answer.status == 200 for answer in answers) else set()
    return seen | ({"http_cleartext"} if "onvif" in ports else set())


def of_ports(placed: Placed) -> set[str]:
    seen = {"vendor_port_exposed"} if VENDOR_PORTS.get(placed.kind.vendor) in placed.tcp else set()
    if 23 in placed.tcp and hear(placed.ip, 23, count=12)[:1] == b"\xff":
        seen.add("telnet_open")
    if 21 in placed.tcp and hear(placed.ip, 21, count=4).startswith(b"220 "):
        seen.add("ftp_open")
    return seen


@pytest.mark.network
@pytest.mark.parametrize("seed", [3, 19])
def test_what_is_written_is_what_is_seen(seed):
    network = an_address().rpartition(".")[0]
    placed = [
        one
        for one in plan(f"{network}.0/24", 200, seed, mix=["cameras"])
        if one.posture.manner in ("plain", "one-request", "fragile", "names-elsewhere")
    ]
    written = truth(placed)["devices"]
    with running(*placed):
        for one, row in zip(placed, written, strict=True):
            seen = of_web(one) | of_tls(one) | of_streams(one) | of_onvif(one) | of_ports(one)
            decided = CONTRACT - set(row["undecided"])
            assert seen & decided == set(row["findings"]) & decided, (one.kind.id, one.posture)


def test_findings_are_those_of_the_list(shared):
    import yaml

    listed = yaml.safe_load((shared / "reference" / "device-checks.yaml").read_text("utf-8"))
    known = {row["id"] for row in listed["finding_ids"]}

    for row in truth(plan("127.77.0.0/16", 3000, 5))["devices"]:
        assert {*row["findings"], *row["undecided"], *row["with_default_credential"]} <= known
        assert not set(row["findings"]) & set(row["undecided"])


def test_every_finding_that_can_be_set_up_is_set_up_somewhere():
    counts = tally(truth(plan("127.77.0.0/16", 3000, 5))["devices"])

    assert CONTRACT | {"not_activated", "firmware_vulnerable"} <= set(counts)


def test_a_truth_can_be_written_as_json():
    placed = plan("127.77.0.0/24", 100, 5)

    assert json.loads(json.dumps(truth(placed)))["devices"][0]["ip"] == placed[0].ip


@pytest.mark.parametrize("kind", [kind for kind in kinds().values() if not kind.is_camera], ids=lambda kind: kind.id)
def test_decoys_and_traps_have_no_findings_to_score(kind):
    row = row_of(place("127.0.0.9", kind.id))

    assert (row["is_camera"], row["is_scored"], row["findings"], row["undecided"]) == (False, False, [], [])


def test_keys_that_several_devices_share_are_found_on_each():
    shared = [
        place(f"127.0.0.{n}", "hikvision-camera", mark=n, web="both", proof="shared-key", ssh="shared-key")
        for n in (1, 2)
    ]
    alone = place("127.0.0.3", "dahua-camera", web="both", proof="shared-key", ssh="shared-key")
    rows = truth([*shared, alone])["devices"]

    assert all({"tls_shared_key", "ssh_shared_key"} <= set(row["findings"]) for row in rows[:2])
    assert not {"tls_shared_key", "ssh_shared_key"} & set(rows[2]["findings"])


def written(kind: str, **posture) -> dict:
    return row_of(place("127.0.0.9", kind, **posture))


def test_firmware_counts_where_it_can_be_learnt():
    learnt, hidden = written("hikvision-camera", old_firmware=True), written("sony-camera", old_firmware=True)
    opened = written("sony-camera", old_firmware=True, onvif="open")

    assert learnt["firmware"] == "V5.5.82 build 190220" and "firmware_vulnerable" in learnt["findings"]
    assert hidden["firmware"] == "" and "firmware_vulnerable" in hidden["undecided"]
    assert opened["firmware"] == "1.80.00" and "firmware_vulnerable" in opened["findings"]
    assert written("hikvision-camera")["firmware"] == "V5.7.23 build 251017"


def test_grades_say_how_well_a_field_is_known():
    assert identity_grades(place("127.0.0.9", "panasonic-camera"))["model"] == "B"
    assert identity_grades(place("127.0.0.9", "panasonic-camera"))["vendor"] == "C"
    assert identity_grades(place("127.0.0.9", "netwave-camera")) == {"firmware": "B", "mac": "B"}
    assert identity_grades(place("127.0.0.9", "netwave-camera", manner="mute")) == {}


@pytest.mark.parametrize(
    ("kind", "posture", "found", "undecided"),
    [
        ("hikvision-camera", {"password": "default"}, set(), set()),
        ("hikvision-camera", {"password": "default", "lockout": "few-left"}, set(), {"default_credential"}),
        ("xm-dvr", {"password": "default"}, set(), {"default_credential"}),
        ("hikvision-camera", {"password": "not-activated"}, {"not_activated"}, set()),
        ("axis-camera", {"password": "not-activated"}, set(), {"not_activated"}),
        ("hikvision-camera", {"manner": "dribble"}, set(), {"http_cleartext", "tls_missing"}),
        ("hikvision-camera", {"manner": "dribble", "onvif": "open"}, set(), {"onvif_no_auth"}),
        ("hikvision-camera", {"manner": "xml-bomb", "onvif": "open"}, {"http_cleartext"}, {"onvif_no_auth"}),
        ("hikvision-camera", {"manner": "xml-bomb", "config_open": True}, set(), {"config_open"}),
        ("hikvision-camera", {"manner": "names-elsewhere", "onvif": "open"}, {"onvif_no_auth"}, set()),
        ("hikvision-camera", {"manner": "names-elsewhere", "onvif": "media-open"}, set(), {"onvif_no_auth"}),
        ("hikvision-camera", {"manner": "head-differs"}, set(), {"backup_file_open"}),
        ("tvt-recorder", {"manner": "redirects-away"}, set(), {"web_plugin_required"}),
        ("hikvision-camera", {"clock_off_s": 90}, {"clock_skew"}, set()),
        ("dahua-camera", {"clock_off_s": 90}, {"clock_skew"}, set()),
        ("imou-camera", {"clock_off_s": 90}, set(), set()),
        ("grandstream-camera", {}, {"cookie_flags_missing", "security_headers_missing"}, set()),
        ("hipcam", {"recordings_open": True}, {"recordings_open", "directory_listing", "http_basic_auth"}, set()),
        ("dahua-camera", {"telnet": "shell"}, {"telnet_no_password", "telnet_open"}, set()),
        ("hikvision-camera", {"web": "both", "tls": "weak-cipher"}, {"tls_weak_cipher"}, set()),
        ("hikvision-camera", {"web": "both", "tls": "no-forward-secrecy"}, {"tls_no_forward_secrecy"}, set()),
        ("hikvision-camera", {"ssh": "weak"}, {"ssh_open", "ssh_weak_crypto"}, set()),
        ("hanwha-camera", {}, {"vendor_service_open"}, {"http_digest_md5"}),
        ("netwave-camera", {}, {"config_open"}, {"firmware_vulnerable"}),
        ("camera-on-34567-alone", {}, {"vendor_port_exposed", "firmware_outdated"}, set()),
    ],
)
def test_a_posture_makes_its_findings_true(kind, posture, found, undecided):
    row = written(kind, **posture)

    assert found <= set(row["findings"])
    assert undecided <= set(row["undecided"])
    assert not set(row["findings"]) & set(row["undecided"])


@pytest.mark.parametrize(
    ("kind", "posture", "is_found"),
    [
        ("hikvision-camera", {"password": "default"}, True),
        ("hikvision-camera", {"password": "default", "lockout": "few-left"}, False),
        ("hikvision-camera", {"password": "default", "manner": "huge-head"}, False),
        ("hikvision-camera", {}, False),
        ("xm-dvr", {"password": "default"}, False),
        ("xm-ipc-questek", {"password": "default"}, True),
        ("foscam-camera", {"password": "default"}, True),
        ("geovision-camera", {"password": "default"}, True),
        ("bosch-camera", {"password": "default"}, False),
        ("ezviz-camera", {"password": "default"}, False),
    ],
)
def test_a_kept_default_is_found_by_the_one_login_that_may_be_tried(kind, posture, is_found):
    assert written(kind, **posture)["with_default_credential"] == (["default_credential"] if is_found else [])


@pytest.mark.parametrize(
    ("kind", "posture", "found", "undecided"),
    [
        ("onvif-camera", {"ftp": "anonymous"}, {"ftp_anonymous"}, set()),
        ("onvif-camera", {"snmp": "public"}, {"snmp_public_community"}, set()),
        ("onvif-camera", {"ftp": "anonymous", "snmp": "public"}, {"ftp_anonymous"}, {"snmp_public_community"}),
        ("onvif-camera", {"ftp": "login", "snmp": "public"}, set(), {"snmp_public_community"}),
        ("onvif-camera", {"ftp": "login", "snmp": "own-community"}, set(), set()),
        ("onvif-camera", {"ftp": "anonymous", "manner": "dribble"}, set(), {"ftp_anonymous"}),
        ("onvif-camera", {"ftp": "anonymous", "lockout": "few-left"}, set(), {"ftp_anonymous"}),
        ("axis-camera", {"ftp": "anonymous", "snmp": "public"}, set(), {"ftp_anonymous", "snmp_public_community"}),
        ("axis-camera", {"ftp": "anonymous", "password": "default"}, {"default_credential"}, {"ftp_anonymous"}),
    ],
)
def test_one_guess_shows_one_thing_and_leaves_the_others_open(kind, posture, found, undecided):
    row = written(kind, **posture)
    guessed = {"default_credential", "ftp_anonymous", "snmp_public_community"}

    assert set(row["with_default_credential"]) == found
    assert set(row["undecided"]) & guessed == undecided
    assert not set(row["findings"]) & guessed
    assert ("ftp_open" in row["findings"]) is ("ftp" in posture)
    assert (161 in row["udp"]) is ("snmp" in posture)


def test_a_default_that_several_keep_is_sure_only_where_model_and_login_are_seen():
    def shared(kind: str, *postures: dict) -> list[str]:
        placed = [place(f"127.0.0.{n}", kind, mark=n, password="default", **more) for n, more in enumerate(postures, 1)]
        name = "default_credential_shared"
        rows = truth(placed)["devices"]
        places = ("with_default_credential", "undecided")
        return [next((place for place in places if name in row[place]), "") for row in rows]

    sure, open_ = "with_default_credential", "undecided"
    assert shared("hikvision-camera", {}) == [""]
    assert shared("hikvision-camera", {}, {}) == [sure, sure]
    assert shared("hikvision-camera", {}, {"config_open": True}) == [open_, open_]
    assert shared("wificam", {}, {}) == [open_, open_]


def test_a_realm_gives_away_nothing_where_nobody_is_refused():
    assert "rtsp_info_disclosed" in written("dahua-camera")["findings"]
    assert "rtsp_info_disclosed" in written("dahua-camera", stream="open")["undecided"]
    assert "rtsp_info_disclosed" in written("hipcam")["findings"]


def test_a_stream_of_no_known_maker_is_found_where_onvif_tells_it():
    assert "rtsp_no_auth" in written("onvif-camera", stream="open")["undecided"]
    assert "rtsp_no_auth" in written("onvif-camera", stream="open", onvif="media-open")["findings"]
    assert "rtsp_no_auth" in written("onvif-camera", stream="open", onvif="open", manner="xml-bomb")["undecided"]


def test_what_stands_where_nobody_can_check_it_is_left_open():
    assert "upnp_info_disclosed" in written("hikvision-nvr")["findings"]
    assert "upnp_info_disclosed" in written("hikvision-nvr", web="https")["undecided"]
    assert "tls_missing" in written("camera-on-8080-alone")["undecided"]
