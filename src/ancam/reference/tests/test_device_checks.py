"""The checks of a device and the texts they serve: closed lists, references that lead somewhere, no claim too many."""

import re

from ancam.reference import reference, reference_bytes

CONTENT = reference("device-checks")
CHECKS = {check["id"]: check for check in CONTENT["checks"]}
SEVERITIES = ["info", "low", "medium", "high", "critical"]
PROTOCOLS = {
    *("tcp", "udp", "http", "https", "soap", "onvif", "tls", "rtsp", "rtmp", "ssh", "telnet", "ftp", "snmp", "dns"),
    *("pcap", "flow", "desk"),
}
VERDICTS = {"fail", "inconclusive", "supports_pass"}


def ids(name: str, key: str) -> set[str]:
    return {item["id"] for item in reference(name)[key]}


def test_a_check_speaks_in_closed_lists():
    modes, findings = ids("device-checks", "modes"), ids("device-checks", "findings")

    for check in CHECKS.values():
        assert check["mode"] in modes
        assert check["finding"] is None or check["finding"] in findings
        assert check["layer"] in ("product", "deployment")
        assert set(check["protocols"]) <= PROTOCOLS, check["id"]
        assert check["verdicts"].keys() <= VERDICTS
        assert check["verdicts"]
        assert {port["transport"] for port in check["ports"]} <= {"tcp", "udp"}
        assert all(0 < port["port"] < 65536 for port in check["ports"])


def test_a_device_on_the_internet_is_never_judged_milder():
    for check in CHECKS.values():
        assert SEVERITIES.index(check["severity_exposed"]) >= SEVERITIES.index(check["severity"]), check["id"]


def test_every_finding_is_looked_for_by_a_check():
    assert ids("device-checks", "findings") == {check["finding"] for check in CHECKS.values()} - {None}


def test_every_requirement_of_a_check_is_in_the_file_of_its_text():
    known = {
        "QCVN135-2024": ids("qcvn-135-2024", "requirements"),
        "EN303645": ids("en-303-645", "provisions"),
        "QD724": ids("qd-724-2024", "criteria"),
        "OWASP-IOT-2018": ids("device-checks", "owasp_iot_2018"),
    }

    for check in CHECKS.values():
        for requirement in check["requirements"]:
            text, _, number = requirement.partition("/")
            assert number in known[text] if number else re.fullmatch(r"CWE-\d+", text), requirement


def test_a_list_of_users_is_never_read():
    calls = {call for read in CONTENT["post_reads"] for call in read["calls"]}

    assert "GetUsers" not in calls
    assert not any(re.match(r"(set|create|delete|add|remove|reboot)", call, re.IGNORECASE) for call in calls)


def test_the_checks_that_a_text_names_exist():
    named = {
        observation["check"]
        for requirement in reference("qcvn-135-2024")["requirements"]
        for observation in requirement["observations"]
        if "check" in observation
    } | {check for criterion in reference("qd-724-2024")["criteria"] for check in criterion["checks"]}

    assert named <= set(CHECKS)


def test_the_texts_lead_to_each_other():
    provisions, requirements = ids("en-303-645", "provisions"), ids("qcvn-135-2024", "requirements")
    for requirement in reference("qcvn-135-2024")["requirements"]:
        assert set(requirement["provisions"]) <= provisions
        assert requirement["group"] in ids("qcvn-135-2024", "groups")
    for criterion in reference("qd-724-2024")["criteria"]:
        assert set(criterion["provisions"]) <= provisions
        assert set(criterion["requirements"]) <= requirements
    conditions = ids("en-303-645", "conditions")
    assert all(set(item["conditions"]) <= conditions for item in reference("en-303-645")["provisions"])


def test_no_clause_of_the_regulation_in_force_is_named_because_its_text_was_not_read():
    for name in ("device-checks", "qcvn-135-2024", "en-303-645", "qd-724-2024"):
        text = reference_bytes(name).decode()
        assert not re.search(r"QCVN ?11[:-]2026\S*\s+(mục|điểm|khoản)\s+\d", text), name
    instruments = {item["id"]: item for item in reference("legal-instruments")["instruments"]}
    regulation = reference("qcvn-135-2024")
    assert instruments[regulation["instrument"]]["in_force_to"] == regulation["in_force_to"]
    assert instruments[regulation["replaced_by"]]["in_force_from"] > regulation["in_force_to"]


def test_an_advisory_belongs_to_a_listed_vendor_and_a_listed_scheme():
    content = reference("camera-advisories")
    vendors = {vendor["name"]: vendor for vendor in content["vendors"]}
    schemes = ids("camera-advisories", "schemes")

    assert all(item["vendor"] in vendors and item["scheme"] in schemes for item in content["advisories"])
    assert all(vendor["scheme"] in schemes for vendor in vendors.values())
    assert {vendor["platform"] for vendor in vendors.values() if "platform" in vendor} <= set(vendors)


def test_a_range_names_models_or_families_and_compares_only_with_bounds():
    for item in reference("camera-advisories")["advisories"]:
        for row in item["ranges"]:
            assert row.get("models") or row.get("families") or row.get("all_models"), item["id"]
            assert {limit["op"] for limit in row["constraints"]} <= {"<", "<=", ">=", "="}
            assert not row["comparable"] or row["constraints"], item["id"]
