"""Firmware texts in the numbering of each maker: what is read, what is before what, and what cannot be compared."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.firmware.advisories import build_date, unreadable_version
from ancam.engines.firmware.versions import READERS, any_holds, holds, read_version
from ancam.reference import reference

SCHEMES = {scheme["id"]: scheme for scheme in reference("camera-advisories")["schemes"]}


def is_before(scheme: str, older: str, newer: str) -> bool:
    """Return whether a text is comparable with a bound and lies below it."""
    return any_holds(read_version(scheme, older), "<", read_version(scheme, newer)[0])


@pytest.mark.parametrize("scheme", sorted(READERS))
def test_the_example_of_every_scheme_is_read(scheme):
    assert read_version(scheme, SCHEMES[scheme]["example"])


def test_every_scheme_of_the_data_can_be_read_but_the_one_that_compares_nothing():
    assert set(SCHEMES) - set(READERS) == {"all"}
    assert read_version("all", "1.0.0") == ()


@pytest.mark.parametrize(
    ("scheme", "older", "newer"),
    [
        ("hikvision", "V5.4.0 build 160401", "V5.4.0 build 160530"),
        ("hikvision", "V5.4.0build 160401", "V5.5.82 build 190220"),
        ("hikvision", "V5.4.0_160401", "V5.4.41 build 170310"),
        ("hikvision", "V2.3.8-7", "V2.3.8-8"),
        ("hikvision_build_date", "V5.5.82 build 190220", "build 210625"),
        ("ezviz", "V5.2.3 build 220101", "V5.2.3 build 220725"),
        ("dahua", "2.800.0000000.31.R, Build Date 2021-06-08", "2.800.0000000.33.R, Build Date: 2022-01-02"),
        ("dahua", "version=2.622.0000000.7.R,build:2018-04-13", "V2.400.0000.14.R.20190713"),
        ("dahua", "3.200.0001.5", "3.200.0001.6"),
        ("dahua_build_date", "2.820.0000000.48.R.210531", "2021-06"),
        ("uniview", "DIPC-B1213.6.5.230101", "DIPC-B1213.6.5.230215"),
        ("uniview", "IPC-B6103.16.10.B25.201218", "B6103.20.1.211218"),
        ("axis", "11.9.60", "11.11.140"),
        ("tplink", "1.1.16 Build 211208 Rel.1n", "1.1.16 Build 211209 Rel.37726N"),
        ("tplink", "1.4.6 Build 260709 Rel.27674n", "1.4.6 Build 260709 Rel.27675n"),
        ("tvt_date", "Build 20180131", "2018-02"),
        ("lilin", "2.0b59_20200101", "2.0b60_20200207"),
        ("reolink", "v3.0.0.136_20121102", "v3.0.0.660_21110401"),
        ("foscam", "1.11.1.8_2.52.2.43", "1.9.3.18_2.74.1.59"),
        ("wyze", "4.36.1.5", "4.36.8.32"),
        ("hanwha", "v2.16_170301", "v2.16_170401"),
        ("bosch", "7.80.0128", "7.80.0129"),
        ("vivotek", "FD8177-VVTK-0106a", "FD8177-VVTK-0106b"),
        ("dlink", "1.06.01", "1.06.01 Hotfix"),
        ("dlink", "2.60B14", "2.60B15"),
        ("nuuo", "03.08.0000.0005", "3.9.1"),
        ("qnap", "QVR 4.2.0", "5.0.0"),
        ("beward", "M2.1.6.04C013", "M2.1.6.04C014"),
        ("digiever", "3.1.0.71-10", "3.1.0.71-11"),
        ("milesight", "77.9.0.18-r1", "77.9.0.18-r2"),
        ("ubiquiti", "UVC.S2L.v4.74.88.67", "4.75.43"),
        ("panasonic", "2.03-05", "2.03-06"),
        ("mobotix", "MX-V4.7.2.17", "MX-V4.7.2.18"),
        ("systemk", "2.3.5SK.30084997", "2.3.5SK.30084998"),
        ("synology", "1.0.4-0185", "1.0.5-0185"),
    ],
)
def test_an_older_build_is_before_a_newer_one(scheme, older, newer):
    assert is_before(scheme, older, newer)
    assert not is_before(scheme, newer, older)


@pytest.mark.parametrize(
    ("scheme", "one", "other"),
    [
        ("dahua", "2.622.0000000.7.R", "3.200.0001.6"),  # numbers of two platforms
        ("dahua", "2.622.0000000.7.R", "V2.400.0000.14.R.20170713"),  # no build date to compare
        ("uniview", "DIPC-B1213.6.5.230101", "DIPC-B1216.5.7.230109"),
        ("wyze", "4.9.8.1002", "4.36.8.32"),
        ("milesight", "75.9.0.18-r1", "77.9.0.18-r2"),
        ("xm", "V4.02.R11.00006531.10010.140800", "V5.00.R02.000807D8.10010.346624"),
        ("avtech", "1001-1000-1000-1000", "1023-1007-1011-1009"),
        ("hikvision", "V5.4.0", "V5.4.0 build 160530"),  # the build may be on either side
    ],
)
def test_what_has_no_common_order_is_neither_before_nor_after(scheme, one, other):
    bound = read_version(scheme, other)[0]

    assert not any(any_holds(read_version(scheme, one), order, bound) for order in ("<", "<=", ">=", "="))


def test_a_build_without_order_is_equal_to_itself_alone():
    named = read_version("xm", "V5.00.R02.000807D8.10010.346624.S.ONVIF 21.06")[0]
    same = read_version("xm", "v5.00.r02.000807d8.10010.346624")

    assert any_holds(same, "=", named)
    assert any_holds(same, "<=", named)
    assert not any_holds(same, "<", named)


@pytest.mark.parametrize(
    ("text", "order", "bound", "answer"),
    [
        ("11.5.64", "<=", "11.5", True),
        ("11.6.1", "<=", "11.5", False),
        ("7.70.0098", "=", "7.70", True),
        ("7.70", "=", "7.70.0098", None),
        ("11.8", ">=", "11.8.0", True),
        ("11.8", "<=", "11.8.0", None),
        ("11.8", "<", "11.11.140", True),
    ],
)
def test_a_bound_is_as_precise_as_it_is_written(text, order, bound, answer):
    assert holds(read_version("axis", text)[0], order, read_version("axis", bound)[0]) is answer


@pytest.mark.parametrize("text", ["", "unknown", "V5", "V5.5.0 build 991399", "firmware of 2020"])
def test_what_is_no_version_of_the_maker_is_not_read(text):
    assert read_version("hikvision", text) == ()
    assert read_version("no-such-scheme", text) == ()


def test_an_unreadable_version_is_told_for_a_known_maker_alone():
    assert unreadable_version("Hikvision", "unknown")
    assert not unreadable_version("Hikvision", "V5.5.82 build 190220")
    assert not unreadable_version("Hikvision", " ")
    assert not unreadable_version("Nobody", "unknown")


@pytest.mark.parametrize(
    ("vendor", "firmware", "built_on"),
    [
        ("Hikvision", "V5.5.82 build 190220", date(2019, 2, 20)),
        ("hikvision", "V5.5.82_190220", date(2019, 2, 20)),
        ("Dahua", "2.800.0000000.31.R, Build Date 2021-06-08", date(2021, 6, 8)),
        ("Dahua", "V2.400.0000.14.R.20170713", date(2017, 7, 13)),
        ("Uniview", "DIPC-B1213.6.5.230215", date(2023, 2, 15)),
        ("TP-Link", "1.1.16 Build 211209 Rel.37726N", date(2021, 12, 9)),
        ("Reolink", "v3.0.0.660_21110401", date(2021, 11, 4)),
        ("Hanwha", "1.41.14_20230915", date(2023, 9, 15)),
        ("Merit LILIN", "2.0b60_20200207", date(2020, 2, 7)),
        ("TBK", "20240412", date(2024, 4, 12)),
        ("XiongMai", "V5.00.R02.000807D8.10010.346624 2021-06-03", date(2021, 6, 3)),
        ("Tiandy", "V8.1.2 build 2019-05", date(2019, 5, 1)),
        ("", "2019-08-14 10:00:00", date(2019, 8, 14)),
        ("", "20190814", date(2019, 8, 14)),
        ("", "V1 build 201399, 2013-12-01", date(2013, 12, 1)),
        ("", "V1 build 209999", None),
        ("XiongMai", "V4.02.R11.00000117.10010.141900", None),
        ("Axis", "11.11.140", None),
        ("Hikvision", "V5.5.82 build 190231", None),
    ],
)
def test_the_day_of_a_build_is_read_where_the_text_says_one(vendor, firmware, built_on):
    assert build_date(vendor, firmware) == built_on


numbers = st.integers(min_value=0, max_value=999)
days = st.dates(min_value=date(2010, 1, 1), max_value=date(2030, 12, 31))
builds = st.builds(lambda a, b, c, day: f"V{a}.{b}.{c} build {day:%y%m%d}", numbers, numbers, numbers, days)
part_texts = st.lists(numbers, min_size=2, max_size=5).map(lambda parts: ".".join(map(str, parts)))


@given(builds, builds, builds)
def test_whole_builds_are_in_one_order(one, two, three):
    first, second, third = (read_version("hikvision", text)[0] for text in (one, two, three))

    assert holds(first, "<", second) is (holds(first, ">=", second) is False)
    assert holds(first, "<=", second) is (bool(holds(first, "<", second)) or first == second)
    if holds(first, "<=", second) and holds(second, "<=", third):
        assert holds(first, "<=", third)


@given(part_texts, part_texts, st.lists(numbers, max_size=3))
def test_an_answer_stands_whatever_a_version_may_say_further(text, bound_text, further):
    short, bound = read_version("axis", text)[0], read_version("axis", bound_text)[0]
    whole = read_version("axis", ".".join([text, *map(str, further)]))

    for order in ("<", "<=", ">=", "="):
        answer = holds(short, order, bound)
        assert answer is None or len(further) + text.count(".") > 5 or holds(whole[0], order, bound) is answer


@given(st.sampled_from(sorted(READERS)), st.text(max_size=400))
def test_no_text_breaks_a_reader(scheme, text):
    for version in read_version(scheme, text):
        assert holds(version, "=", version)
    build_date("Hikvision", text)
