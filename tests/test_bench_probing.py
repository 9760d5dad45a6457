"""The bench of the assessor: its scores mean what they say, and what nmap says is read as it stands."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from goals import at_least, at_most
from nmap_words import named, read, signs_of
from truth_scores import FieldTally, Tally, field_verdict, score
from unchanged import differing
from wide import Spent, spent

from ancam.engines.probing.lab.placing import place
from ancam.engines.probing.lab.truth import truth

READ_ONLY = ("discovery", "readonly")
CAMERA, OTHER, PRINTER = "127.90.0.17", "127.90.0.18", "127.90.0.19"


@pytest.fixture
def true() -> dict[str, dict[str, Any]]:
    """Two cameras of one model that the maker's default opens, and a printer."""
    placed = [
        place(CAMERA, "hikvision-camera", mark=1, password="default"),
        place(OTHER, "hikvision-camera", mark=2, password="default"),
        place(PRINTER, "printer", mark=3),
    ]
    return {row["ip"]: row for row in truth(placed)["devices"]}


def answered(true: Mapping[str, Mapping[str, Any]], **changes: Any) -> dict[str, dict[str, Any]]:
    """Return the rows of a run that got everything right, but for the changes to the first camera's."""
    fields = ("is_camera", "kind", "vendor", "brand", "model", "firmware", "serial", "mac", "findings")
    rows = {ip: {name: row[name] for name in fields} for ip, row in true.items()}
    rows[CAMERA] |= changes
    return rows


def test_a_run_that_says_what_is_true_scores_one_everywhere(true):
    made = score(true, answered(true), READ_ONLY)

    assert (made.cameras.recall, made.cameras.precision, made.findings.f1) == (1, 1, 1)
    assert made.cameras.right == 2
    assert made.fields["model"] == FieldTally(right=2)
    assert made.differences == []


def test_a_camera_missed_costs_recall_and_all_its_findings(true):
    rows = answered(true)
    del rows[CAMERA]

    made = score(true, rows, READ_ONLY)

    assert made.cameras == Tally(right=1, missed=1)
    assert made.findings.missed == len(true[CAMERA]["findings"])
    assert made.fields["vendor"] == FieldTally(right=1, missed=1)
    assert made.differences == [f"{CAMERA} hikvision-camera: không nhận ra là camera"]


def test_a_printer_taken_for_a_camera_costs_precision(true):
    rows = answered(true)
    rows[PRINTER]["is_camera"] = True

    made = score(true, rows, READ_ONLY)

    assert made.cameras == Tally(right=2, wrong=1)
    assert "nhận nhầm là camera" in made.differences[0]


def test_findings_are_counted_over_all_cameras_and_the_undecided_are_left_out(true):
    undecided = true[CAMERA]["undecided"][0]
    kept = true[CAMERA]["findings"][1:]

    made = score(true, answered(true, findings=[*kept, undecided, "telnet_open"]), READ_ONLY)

    expected = len(true[CAMERA]["findings"])
    assert made.findings == Tally(right=2 * expected - 1, wrong=1, missed=1)
    assert made.findings.f1 == (4 * expected - 2) / (4 * expected)
    assert made.differences[0].endswith(f"thừa telnet_open; thiếu {true[CAMERA]['findings'][0]}")


def test_the_default_login_and_that_it_is_shared_are_expected_when_it_may_be_guessed(true):
    both = [*true[CAMERA]["findings"], "default_credential", "default_credential_shared"]
    rows = answered(true, findings=both)
    rows[OTHER]["findings"] = both

    assert score(true, rows, (*READ_ONLY, "default_credential")).findings.f1 == 1
    assert score(true, rows, READ_ONLY).findings.wrong == 4


def test_what_the_owners_account_reads_is_expected_when_it_may_be_used(true):
    rows = answered(true)
    for ip in (CAMERA, OTHER):
        rows[ip]["findings"] = [*true[ip]["findings"], *true[ip]["with_owner_credential"]]
    owning = (*READ_ONLY, "owner_credential")

    assert "logging_disabled" in true[CAMERA]["with_owner_credential"]
    assert score(true, rows, owning).findings.f1 == 1
    assert score(true, answered(true), owning).findings.missed == 2 * len(true[CAMERA]["with_owner_credential"])
    assert score(true, rows, READ_ONLY).findings.wrong == 2 * len(true[CAMERA]["with_owner_credential"])


def test_what_stands_on_the_box_is_right_and_what_stands_nowhere_is_invented():
    row = {"model": "", "mac": "", "also_vendor": [], "on_the_box": {"model": "DS-1", "mac": "aa:bb"}}

    assert field_verdict("model", row, {"model": "DS-1"}) == "right"
    assert field_verdict("model", row, {"model": "DS-2"}) == "invented"
    assert field_verdict("mac", row, {"mac": "AA:BB"}) == "right"
    assert field_verdict("mac", row, {"mac": ""}) == ""


def test_a_makers_other_name_is_right_and_another_maker_is_wrong():
    row = {"vendor": "Xiongmai", "also_vendor": ["XM"], "on_the_box": {}}

    assert field_verdict("vendor", row, {"vendor": "XM"}) == "right"
    assert field_verdict("vendor", row, {"vendor": "Dahua"}) == "wrong"
    assert field_verdict("vendor", row, {}) == "missed"


def test_nothing_found_has_no_f1_and_nothing_to_find_no_miss():
    assert Tally(missed=1).f1 == 0
    assert (Tally().precision, Tally().recall) == (1, 1)


NMAP = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<nmaprun scanner="nmap" args="nmap -sV 127.90.0.0/22" startstr="Sun Nov 22 11:17:36 2026" version="7.93">
<host><status state="up"/><address addr="127.90.0.17" addrtype="ipv4"/><ports>
<port protocol="tcp" portid="80"><state state="open"/>
<service name="http" product="{product}" servicefp="{raw}"/></port>
<port protocol="tcp" portid="554"><state state="open"/><service name="rtsp"/></port>
<port protocol="tcp" portid="23"><state state="closed"/><service name="telnet" product="camera"/></port></ports></host>
<host><status state="up"/><address addr="127.90.0.19" addrtype="ipv4"/><ports>
<port protocol="tcp" portid="80"><state state="open"/><script id="http-title" output="{title}"/></port></ports></host>
<host><status state="up"/><address addr="127.90.0.20" addrtype="ipv4"/><ports>
<port protocol="tcp" portid="80"><state state="closed"/></port></ports></host>
"""
END = '<runstats><finished elapsed="206.50" exit="success"/></runstats></nmaprun>'


def nmap_file(folder: Path, *, product: str = "", raw: str = "", title: str = "", end: str = END) -> Path:
    path = folder / "nmap.xml"
    path.write_text(NMAP.format(product=product, raw=raw, title=title) + end, "utf-8")
    return path


def test_nmaps_hosts_are_those_with_an_open_port_and_its_time_is_its_own(tmp_path):
    result = read(nmap_file(tmp_path))

    assert {ip: host.ports for ip, host in result.hosts.items()} == {CAMERA: (80, 554), PRINTER: (80,)}
    assert (result.seconds, result.command) == (206.5, "nmap -sV 127.90.0.0/22")


def test_a_scan_that_was_broken_off_has_its_hosts_and_no_time(tmp_path):
    result = read(nmap_file(tmp_path, end=""))

    assert len(result.hosts) == 2
    assert result.seconds is None


@pytest.mark.parametrize("product", ["Hikvision IP camera httpd", "HIKVISION web", "Some DVR", "DS-2CD2143G0-I"])
def test_a_maker_a_model_or_a_word_for_a_camera_names_one(tmp_path, true, product):
    true[CAMERA]["on_the_box"]["model"] = "DS-2CD2143G0-I"

    assert named(read(nmap_file(tmp_path, product=product)), signs_of(true.values())) == {CAMERA}


def test_an_answer_that_nmap_prints_as_it_came_may_name_a_camera(tmp_path, true):
    raw = r"SF-Port80-TCP:V=7.93%r(GetRequest,4A,&quot;HTTP/1\.1\x20401\r\nServer:\x20Hikvision-Webs&quot;)"

    assert named(read(nmap_file(tmp_path, raw=raw)), signs_of(true.values())) == {CAMERA}


def test_an_open_rtsp_port_and_what_is_said_of_a_closed_one_name_none(tmp_path, true):
    assert named(read(nmap_file(tmp_path, product="nginx")), signs_of(true.values())) == set()


def test_a_script_may_name_a_camera_where_there_is_none(tmp_path, true):
    assert named(read(nmap_file(tmp_path, title="Security cameras - shop")), signs_of(true.values())) == {PRINTER}


def test_two_runs_differ_in_what_they_say_not_in_when_or_how_much_was_sent():
    first = {CAMERA: {"model": "A", "findings": ["ftp_open"], "first_seen": "1", "connections": 4}}
    second = {CAMERA: {"model": "A", "findings": [], "first_seen": "2", "connections": 5}, OTHER: {}}

    assert differing(first, first) == []
    assert differing(first, second) == [f"{OTHER}: chỉ có trong một đợt", f"{CAMERA}: findings: ['ftp_open'] ≠ []"]


def test_the_time_of_a_run_is_parted_at_its_last_turn_to_a_silent_address():
    said = [
        ("start", "", 0),
        ("datagram", OTHER, 1),
        ("connect", CAMERA, 2),
        ("connect", OTHER, 5),
        ("close", CAMERA, 9),
    ]
    events = [{"what": what, "ip": ip, "at": f"2026-11-22T10:00:0{second}+07:00"} for what, ip, second in said]

    assert spent(events, {CAMERA: {}}) == Spent(turns_to_silent=2, turns_to_devices=1, sweep_s=4, after_s=4)
    assert spent([], {}) == Spent(0, 0, 0, 0)


def test_a_goal_is_met_at_its_value():
    assert at_least("F1", 0.99, 0.99).is_met and not at_least("F1", 0.98, 0.99).is_met
    assert at_most("khóa", 0, 0, "d").is_met and not at_most("khóa", 1, 0, "d").is_met
