"""Which advisories touch a device: the maker, the range, the model, and how sure that is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ancam.engines.firmware.advisories import Advisories, Certainty, Ground, Match, advisories_for
from ancam.engines.firmware.versions import read_version
from ancam.reference import reference

CONTENT = reference("camera-advisories")
VENDORS = [vendor["name"] for vendor in CONTENT["vendors"]]


def found(vendor: str, model: str, firmware: str, *signs: str) -> dict[str, Match]:
    return {match.id: match for match in advisories_for(vendor, model, firmware, signs=signs)}


def test_a_build_before_the_fixed_one_is_possibly_affected():
    match = found("Hikvision", "DS-2CD2143G0-I", "V5.5.82 build 190220")["CVE-2021-36260"]

    assert match.certainty is Certainty.POSSIBLE
    assert match.grounds == (Ground.VERSION_IN_RANGE, Ground.MODELS_IN_WORDS)
    assert "210625" in match.fixed_in
    assert match.is_exploited
    assert match.severity == 9.8


def test_the_fixed_build_is_not_in_the_range():
    assert "CVE-2021-36260" not in found("Hikvision", "DS-2CD2143G0-I", "V5.5.82 build 210625")
    assert "CVE-2021-33044" not in found("Dahua", "IPC-HDW3441T", "2.800.0000000.31.R, Build Date 2021-06-08")


def test_a_listed_model_is_surer_than_an_unknown_one_and_another_model_is_none():
    firmware = "V5.3.0 build 150513"
    listed = found("Hikvision", "DS-2CD2432F-IW", firmware)["CVE-2017-7921"]
    unknown = found("Hikvision", "", firmware)["CVE-2017-7921"]

    assert listed.grounds == (Ground.VERSION_IN_RANGE, Ground.MODEL_LISTED)
    assert unknown.grounds == (Ground.VERSION_IN_RANGE, Ground.MODEL_UNKNOWN)
    assert listed.confidence > unknown.confidence
    assert "CVE-2017-7921" not in found("Hikvision", "DS-7616NI-E2", firmware)


def test_a_model_under_another_brands_name_counts_as_unknown():
    match = found("Dahua", "KX-2011N4", "2.800.0000000.16.R.200308")["CVE-2021-33044"]

    assert match.grounds == (Ground.VERSION_IN_RANGE, Ground.MODEL_UNKNOWN)


def test_a_brand_with_advisories_of_its_own_is_found_on_its_platform_by_its_models_alone():
    assert "CVE-2021-32941" in found("Hikvision", "N48PBB", "V3.4.100 build 190220")
    assert "CVE-2021-32941" not in found("Hikvision", "", "V3.4.100 build 190220")
    assert "CVE-2021-32941" in found("Annke", "", "V3.4.100 build 190220")


def test_another_makers_advisories_never_match():
    assert found("Axis", "DS-2CD2432F-IW", "V5.3.0 build 150513") == {}
    assert found("", "DS-2CD2432F-IW", "V5.3.0 build 150513", "uc-httpd 1.0.0") == {}
    assert found("Epson", "WF-2860", "05.22.XF26K8") == {}


def test_firmware_that_cannot_be_read_or_is_not_known_matches_nothing():
    assert found("Hikvision", "DS-2CD2432F-IW", "") == {}
    assert found("Hikvision", "DS-2CD2432F-IW", "latest") == {}
    assert found("Dahua", "IPC-HDW3441T", "2.800.0000000.16.R") == {}


def test_an_advisory_without_a_range_matches_by_what_the_device_shows():
    by_sign = found("XiongMai", "", "", "uc-httpd 1.0.0")["CVE-2017-7577"]

    assert (by_sign.certainty, by_sign.grounds) == (Certainty.POSSIBLE, (Ground.SIGN,))
    assert found("XiongMai", "", "V5.00.R02.00000000.10010.000000") == {}
    assert "CVE-2025-34036" in found("TVT", "TD-2104TS", "", "cross web server")


def test_an_advisory_of_every_version_matches_by_the_listed_model():
    match = found("Edimax", "IC-7100", "3.06")["CVE-2025-1316"]

    assert match.grounds == (Ground.EVERY_VERSION, Ground.MODEL_LISTED)
    assert found("Edimax", "", "3.06") == {}


def test_a_range_for_every_model_needs_no_model():
    assert found("Axis", "", "11.9.60")["CVE-2025-0324"].grounds == (Ground.VERSION_IN_RANGE, Ground.MODEL_LISTED)


def test_matches_come_surest_first():
    matches = advisories_for("Hikvision", "DS-2CD2432F-IW", "V5.3.0 build 150513")

    assert matches[0].id == "CVE-2017-7921"
    assert [match.confidence for match in matches] == sorted((match.confidence for match in matches), reverse=True)


def an_advisory(**changes: object) -> Advisories:
    item = {
        "id": "THU-2026-1",
        "vendor": "Thử",
        "scheme": "semver",
        "ranges": [{"models": "TX-1", "constraints": [{"op": "=", "version": "1.2.3"}], "comparable": True}],
        "by_maker": True,
        "fixed_in": None,
        "source": "cảnh báo bịa để thử",
        "confidence": "high",
        "severity": None,
        "kev": None,
        **changes,
    }
    return Advisories({"vendors": [{"name": "Thử", "scheme": "semver"}], "advisories": [item]})


def test_only_the_build_that_the_makers_own_advisory_names_is_affected():
    (match,) = an_advisory().touching("Thử", "TX-1", "1.2.3")

    assert match.certainty is Certainty.AFFECTED
    assert match.grounds == (Ground.BUILD_NAMED, Ground.MODEL_LISTED)
    assert match.fixed_in == ""
    assert not match.is_exploited


@pytest.mark.parametrize(
    ("changes", "model", "firmware"),
    [
        ({"by_maker": False}, "TX-1", "1.2.3"),
        ({}, "", "1.2.3"),
        ({}, "TX-1", "1.2.3.4"),  # the maker names 1.2.3, this is a build of it
    ],
)
def test_anything_less_is_possible(changes, model, firmware):
    (match,) = an_advisory(**changes).touching("Thử", model, firmware)

    assert match.certainty is Certainty.POSSIBLE


def test_a_bound_that_cannot_be_read_is_left_to_a_person():
    ranges = [{"models": "TX-1", "constraints": [{"op": "<", "version": "bản mới"}], "comparable": True}]

    assert an_advisory(ranges=ranges).touching("Thử", "TX-1", "1.0.0") == ()


def test_every_bound_of_the_data_that_is_called_comparable_can_be_read():
    unread = [
        (item["id"], limit["version"])
        for item in CONTENT["advisories"]
        for row in item["ranges"]
        for limit in row["constraints"]
        if row["comparable"] and not read_version(item["scheme"], limit["version"])
    ]

    assert unread == []


@settings(deadline=None)
@given(st.sampled_from(["", *VENDORS]), st.text(max_size=60), st.text(max_size=60), st.lists(st.text(max_size=40)))
def test_no_answer_of_a_device_breaks_the_look_up(vendor, model, firmware, signs):
    for match in advisories_for(vendor, model, firmware, signs=signs):
        assert 0 < match.confidence < 1
        assert match.certainty is Certainty.POSSIBLE


def test_a_build_after_the_last_of_a_range_is_no_match_for_a_model_the_range_does_not_list():
    """Another platform of the maker may number lower and be younger."""
    later = found("Hikvision", "CS-C6N-A0-1C2WFR", "V5.3.8 build 250902")
    then = found("Hikvision", "CS-C6N-A0-1C2WFR", "V5.3.5 build 160105")

    assert "CVE-2017-7921" not in later
    assert "CVE-2017-7921" in then


def test_the_number_alone_decides_for_a_model_that_the_range_lists():
    assert "CVE-2017-7921" in found("Hikvision", "DS-2CD2042F-I", "V5.3.0 build 180101")
