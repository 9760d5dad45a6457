"""What is checked of a device, and what is known of its weaknesses, is what the shared reference folder says."""

from datetime import date
from typing import Any

from ancam.reference import reference
from ancam.reference.tests.shared_facts import RANK, needs_the_shared_folder, shared

pytestmark = needs_the_shared_folder

# Bounds of no version, or of another kind than their scheme: read by a person and written anew.
REWRITTEN = {
    "CVE-2016-5674",
    "CVE-2017-7577",
    "CVE-2018-10088",
    "CVE-2018-14933",
    "CVE-2019-3948",
    "CVE-2020-5735",
    "CVE-2023-47565",
    "CVE-2025-65856",
    "CVE-2025-66050",
}
MET_BY_SIGN_INSTEAD = {"CVE-2016-20016", "CVE-2017-7577", "CVE-2018-10088"}  # their "version" is that of a web server
LEFT_TO_A_PERSON = {"CVE-2018-14933"}  # "2016 firmware" is no bound


def by_id(items: list[dict[str, Any]], key: str = "id") -> dict[str, dict[str, Any]]:
    return {item[key]: item for item in items}


def test_the_checks_ask_the_same_ports_in_the_same_modes_for_the_same_findings():
    ours, theirs = reference("device-checks")["checks"], shared("device-checks")["checks"]

    assert [check["id"] for check in ours] == [check["id"] for check in theirs]
    for mine, check in zip(ours, theirs, strict=True):
        assert (mine["finding"], mine["mode"]) == (check["finding"], check["mode"]), mine["id"]
        assert (mine["severity"], mine["severity_exposed"]) == (
            check["severity"],
            check["severity_if_internet_exposed"],
        )
        assert mine["ports"] == [port for port in check["ports"] if port["port"] != "router"], mine["id"]
        assert RANK[mine["confidence"]] <= RANK[check["confidence"]]


def test_the_checks_serve_the_same_requirements():
    ours = by_id(reference("device-checks")["checks"])

    for check in shared("device-checks")["checks"]:
        served = check["evidence_for"]
        expected = {
            *(f"QCVN135-2024/{key}" for key in served["qcvn_135"]),
            *(f"EN303645/{key}" for key in served["etsi_303_645"]),
            *(f"OWASP-IOT-2018/{key}" for key in served["owasp_iot_2018"]),
            *([served["cwe"]] if served["cwe"] else []),
        }
        mine = ours[check["id"]]["requirements"]
        assert {key for key in mine if not key.startswith("QD724/")} == expected, check["id"]


def test_the_findings_limits_and_reads_are_the_same():
    ours, theirs = reference("device-checks"), shared("device-checks")

    assert [(f["id"], f.get("contract")) for f in ours["findings"]] == [
        (f["id"], f.get("contract")) for f in theirs["finding_ids"]
    ]
    assert ours["limits"] == theirs["limits"]
    assert [mode["id"] for mode in ours["modes"]] == list(theirs["modes"])
    for mine, read in zip(ours["post_reads"], theirs["post_reads"], strict=True):
        assert mine["mode"] == read["mode"]
        assert mine["calls"] == [call.split(" ")[0] for call in read["calls"]]


def test_the_requirements_of_the_regulation_are_those_of_the_shared_file():
    ours, theirs = reference("qcvn-135-2024"), shared("qcvn-135-2024")

    assert str(ours["in_force_from"]) == theirs["meta"]["effective"]
    assert str(ours["mandatory_from"]) == theirs["meta"]["mandatory_for_products_from"]
    assert str(ours["in_force_to"]) < theirs["meta"]["status"]["from_date"]
    assert [group["id"] for group in ours["groups"]] == [group["id"] for group in theirs["groups"]]
    for mine, item in zip(ours["requirements"], theirs["requirements"], strict=True):
        assert (mine["id"], mine["group"], mine["provisions"]) == (item["id"], item["group"], item["etsi_303_645"])
        assert (mine["methods"], mine["network"]) == (item["methods"], item["probe_can_decide"])
        assert [(o["verdict"], o.get("check")) for o in mine["observations"]] == [
            (o["verdict"], o.get("check")) for o in item["network_probe"]
        ]
        assert bool(mine["uncertain"]) is not item["text_verified"], mine["id"]
        assert RANK[mine["confidence"]] <= RANK[item["confidence"]]


def test_the_provisions_of_the_standard_are_those_of_the_shared_file():
    statuses = {"M": "mandatory", "R": "recommended", "M C": "mandatory_if", "R C": "recommended_if"}
    ours, theirs = reference("en-303-645"), shared("en-303-645")
    numbers = {condition["id"]: condition["number"] for condition in ours["conditions"]}

    for mine, item in zip(ours["provisions"], theirs["provisions"], strict=True):
        assert (mine["id"], mine["section"], mine["status"]) == (item["id"], item["section"], statuses[item["status"]])
        assert [numbers[key] for key in mine["conditions"]] == item["conditions"]
        assert mine["tests"] == [case["type"] for case in item["ts_103_701"]["test_cases"]]
        assert mine["methods"] == item["typical_method"]


def test_the_criteria_of_the_decision_are_those_of_the_shared_file():
    for mine, item in zip(reference("qd-724-2024")["criteria"], shared("qd-724-2024")["criteria"], strict=True):
        assert f"724-{mine['id']}" == item["id"]
        assert (mine["provisions"], mine["requirements"]) == (item["etsi_303_645"], item["qcvn_135"])
        assert mine["methods"] == item["methods"]
        assert RANK[mine["confidence"]] <= RANK[item["confidence"]]


def test_the_advisories_have_the_ranges_and_scores_of_the_shared_file():
    ours = by_id(reference("camera-advisories")["advisories"])
    theirs = shared("camera-vulnerabilities")["vulnerabilities"]

    assert list(ours) == [item["cve"] for item in theirs]
    for item in theirs:
        mine = ours[item["cve"]]
        assert (mine["severity"], mine["weakness"]) == (item["cvss_base"], item["cwe"])
        assert mine["kev"] == (None if item["cisa_kev"] == "unknown" else item["cisa_kev"])
        assert mine.get("kev_since") == (date.fromisoformat(item["kev_date_added"]) if item["kev_date_added"] else None)
        assert len(mine["ranges"]) == len(item["affected"]), item["cve"]
        if item["cve"] in REWRITTEN:
            continue
        for row, affected in zip(mine["ranges"], item["affected"], strict=True):
            assert [(c["op"], c["version"]) for c in row["constraints"]] == [
                (c["op"], str(c["version"]).removeprefix("build ")) for c in affected["constraints"]
            ], item["cve"]


def test_what_a_machine_may_compare_is_what_the_shared_file_lets_it():
    ours = by_id(reference("camera-advisories")["advisories"])

    for item in shared("camera-vulnerabilities")["vulnerabilities"]:
        if item["cve"] in MET_BY_SIGN_INSTEAD | LEFT_TO_A_PERSON:
            assert not any(row["comparable"] for row in ours[item["cve"]]["ranges"])
        else:
            assert [row["comparable"] for row in ours[item["cve"]]["ranges"]] == [
                affected["machine_comparable"] for affected in item["affected"]
            ], item["cve"]


def test_what_was_recalled_is_not_called_read():
    ours = by_id(reference("camera-advisories")["advisories"])

    for item in shared("camera-vulnerabilities")["vulnerabilities"]:
        mine = ours[item["cve"]]
        assert RANK[mine["confidence"]] <= RANK[item["confidence"]], item["cve"]
        if item["provenance"] == "memory":
            assert mine["source"] == "chưa đối chiếu"
        if item["provenance"] != "read_at_source":
            assert mine["confidence"] != "high", item["cve"]
