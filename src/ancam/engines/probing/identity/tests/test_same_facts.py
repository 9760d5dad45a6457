"""The signs are those of the shared reference folder, made exact, where that folder stands beside the repository."""

from pathlib import Path

import pytest
import yaml

from ancam.reference import reference

SHARED = Path(__file__).resolve().parents[6].parent / "shared" / "reference" / "fingerprints.yaml"
RANK = {"unverified": 0, "low": 0, "weak": 0, "medium": 1, "strong": 2, "high": 2}
# A sign of the shared file may stand here in a more exact place.
PLACES = {
    "http_path": {"http_refusal", "http_answer", "http_script"},
    "http_body": {"http_script", "http_inline", "http_title"},
    "http_realm": {"http_realm", "rtsp_realm"},
    "tls_cn": {"tls_name"},
    "rtsp_path": {"rtsp_realm"},
}
# What says nothing: an open telnet port, a path any server may have, a name or header that most servers bear; and the
# realm of Dahua's platform, which proves Dahua whatever the brand.
SAYS_NOTHING = {
    ("goahead-wificam", "telnet"),
    ("ptzoptics", "telnet"),
    ("hikvision-oem", "onvif_manufacturer"),
    ("reolink", "http_server"),
    ("panasonic", "http_server"),
    ("nuuo", "http_server"),
    ("canon", "http_server"),
    ("honeywell", "http_realm"),
    ("upnp-generic", "port"),
    ("uniview-ipc", "port"),
    ("tplink-vigi", "port"),
    ("wyze", "port"),
    ("digiever", "http_path"),
    ("beward-brickcom", "http_path"),
}

pytestmark = pytest.mark.skipif(not SHARED.is_file(), reason="no shared reference folder beside the repository")


def shared():
    return yaml.safe_load(SHARED.read_text(encoding="utf-8"))["fingerprints"] if SHARED.is_file() else []


def ours():
    return {item["id"]: item for item in reference("fingerprints")["fingerprints"]}


def test_every_fingerprint_of_the_shared_file_is_here_and_no_surer():
    for theirs in shared():
        mine = ours()[theirs["id"]]

        assert RANK[mine["confidence"]] <= RANK[theirs["confidence"]], theirs["id"]


@pytest.mark.parametrize("theirs", shared(), ids=lambda item: item["id"])
def test_every_type_of_sign_is_here_in_its_exact_place(theirs):
    types = {sign["type"] for sign in ours()[theirs["id"]]["signs"]}

    for sign in theirs["evidence"]:
        if (theirs["id"], sign["type"]) not in SAYS_NOTHING:
            assert types & PLACES.get(sign["type"], {sign["type"]}), sign


@pytest.mark.parametrize("theirs", shared(), ids=lambda item: item["id"])
def test_exact_values_are_the_same(theirs):
    values = {str(sign["value"]).casefold() for sign in ours()[theirs["id"]]["signs"]}

    for sign in theirs["evidence"]:
        if sign["type"] in ("favicon_md5", "favicon_mmh3", "oui"):
            for value in sign["value"] if isinstance(sign["value"], list) else [sign["value"]]:
                assert value.split(" ")[0].casefold() in values, theirs["id"]


def test_no_sign_weighs_more_than_in_the_shared_file():
    for theirs in shared():
        weights = {(sign["type"], str(sign["value"]).casefold()): sign["weight"] for sign in theirs["evidence"]}

        for sign in ours()[theirs["id"]]["signs"]:
            stated = weights.get((sign["type"], str(sign["value"]).casefold()), "strong")
            assert RANK[sign["weight"]] <= RANK[stated], (theirs["id"], sign)


def test_what_is_not_of_the_shared_file_is_said_to_be_unchecked():
    known = {item["id"] for item in shared()}

    for item in ours().values():
        if item["id"] not in known:
            assert (item["source"], item["confidence"] == "high") == ("chưa đối chiếu", False), item["id"]


def test_a_port_or_a_prefix_is_never_more_than_a_hint():
    weights = {sign["weight"] for item in ours().values() for sign in item["signs"] if sign["type"] in ("port", "oui")}

    assert weights == {"weak"}
