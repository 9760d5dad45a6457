import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.detail import NotAssessable
from ancam.engines.probing.judging.fleet import FleetRow, compare, judge_fleet, row_from

MODES = frozenset({"readonly", "default_credential"})


def row(ip: str, **said) -> FleetRow:
    return FleetRow(**{"ip": ip, "is_camera": True, "vendor": "Hikvision", "model": "DS-2CD2143G0-I", **said})


def fleet(*rows: FleetRow, modes: frozenset[str] = MODES, exposed: frozenset[str] = frozenset(), previous=None):
    return judge_fleet(rows, modes=modes, is_exposed=exposed.__contains__, previous=previous)


def found(judgement, ip: str) -> list[tuple[str, str, str]]:
    return [(one.check, one.verdict.value, one.finding) for one in judgement.details[ip]]


def reasons(judgement, ip: str) -> dict[str, str]:
    return {one.check: one.why for one in judgement.not_assessable[ip]}


def test_one_tls_key_on_two_devices_is_a_failure_of_both():
    judgement = fleet(
        row("10.77.64.1", tls_keys=("a",)), row("10.77.64.2", tls_keys=("a", "b")), row("10.77.64.3", tls_keys=("c",))
    )

    assert found(judgement, "10.77.64.1") == [("CHK-TLS-07", "fail", "tls_shared_key")]
    assert found(judgement, "10.77.64.2") == [("CHK-TLS-07", "fail", "tls_shared_key")]
    assert reasons(judgement, "10.77.64.3")["CHK-TLS-07"] == "not-seen"
    assert [(one.kind, one.ips) for one in judgement.groups] == [("tls-key", ("10.77.64.1", "10.77.64.2"))]


def test_several_makers_behind_one_key_may_be_a_gateway():
    judgement = fleet(row("10.77.64.1", tls_keys=("a",)), row("10.77.64.2", vendor="Axis", tls_keys=("a",)))

    assert found(judgement, "10.77.64.1") == [("CHK-TLS-07", "inconclusive", "tls_shared_key")]
    assert "cửa ngõ" in judgement.details["10.77.64.1"][0].evidence


def test_one_device_at_two_addresses_shares_nothing():
    by_serial = fleet(row("10.77.64.1", serial="S1", tls_keys=("a",)), row("10.77.64.2", serial="S1", tls_keys=("a",)))
    by_mac = fleet(row("10.77.64.1", mac="m", ssh_keys=("a",)), row("10.77.64.2", mac="m", ssh_keys=("a",)))

    assert by_serial.groups == ()
    assert by_mac.groups == ()


def test_what_is_no_camera_is_left_out():
    judgement = fleet(row("10.77.64.1", tls_keys=("a",)), row("10.77.64.9", is_camera=False, tls_keys=("a",)))

    assert judgement.groups == ()
    assert reasons(judgement, "10.77.64.1")["CHK-TLS-07"] == "one-device"
    assert "10.77.64.9" not in judgement.details


def test_one_ssh_host_key_and_one_certificate():
    judgement = fleet(*(row(f"10.77.64.{n}", ssh_keys=("s",), certificates=("c",), tls_keys=("k",)) for n in (1, 2)))

    assert sorted(found(judgement, "10.77.64.1")) == [
        ("CHK-SSH-03", "fail", "ssh_shared_key"),
        ("CHK-TLS-07", "fail", "tls_shared_key"),
    ]
    assert {one.kind for one in judgement.groups} == {"tls-key", "ssh-key", "certificate"}


def test_the_same_default_login_counts_within_a_model():
    accepted = {"login_accepted": True}

    one_model = fleet(row("10.77.64.1", **accepted), row("10.77.64.2", **accepted))
    two_models = fleet(row("10.77.64.1", **accepted), row("10.77.64.2", model="DS-7608NI", **accepted))
    no_model = fleet(row("10.77.64.1", model="", **accepted), row("10.77.64.2", model="", **accepted))

    assert found(one_model, "10.77.64.1") == [("CHK-CRED-02", "fail", "default_credential_shared")]
    assert found(two_models, "10.77.64.1") == []
    assert found(no_model, "10.77.64.1") == []


def test_each_fleet_check_is_answered_for_each_camera():
    judgement = fleet(row("10.77.64.1", tls_keys=("a",)), row("10.77.64.2", tls_keys=("a",)))

    assert judgement.not_assessable["10.77.64.1"] == (
        NotAssessable("CHK-SSH-03", "not-told"),
        NotAssessable("CHK-CRED-02", "not-told"),
    )


def test_a_comparison_that_is_not_authorised_is_not_made():
    rows = [row(f"10.77.64.{n}", tls_keys=("a",), login_accepted=True) for n in (1, 2)]

    judgement = fleet(*rows, modes=frozenset({"discovery"}))

    assert found(judgement, "10.77.64.1") == [("CHK-CRED-02", "fail", "default_credential_shared")]
    assert reasons(judgement, "10.77.64.1") == {
        "CHK-TLS-07": "mode-not-authorised",
        "CHK-SSH-03": "mode-not-authorised",
    }


def test_exposed_devices_weigh_more():
    rows = [row(f"10.77.64.{n}", tls_keys=("a",)) for n in (1, 2)]

    judgement = fleet(*rows, exposed=frozenset({"10.77.64.1"}))

    assert [judgement.details[one.ip][0].severity for one in rows] == ["critical", "high"]


def test_clocks_are_held_against_the_median_of_three_or_more():
    clocks = {"10.77.64.1": 10.0, "10.77.64.2": 12.0, "10.77.64.3": 400.0}
    rows = [row(ip, clock_offset_s=offset) for ip, offset in clocks.items()]

    judgement = fleet(*rows)

    assert judgement.clock_median_s == 12.0
    assert [(one.kind, one.ips) for one in judgement.groups] == [("clock-off-median", ("10.77.64.3",))]
    assert fleet(*rows[:2]).clock_median_s is None
    assert fleet(*(replace(one, clock_offset_s=5) for one in rows)).groups == ()


def test_a_run_like_the_one_before_has_no_change():
    rows = [row(f"10.77.64.{n}", serial=f"S{n}", findings=("http_cleartext", "tls_missing")) for n in range(5)]
    again = [replace(one, findings=("tls_missing", "http_cleartext")) for one in reversed(rows)]

    changes = compare(again, rows)

    assert (changes.gone, changes.new, changes.changed, changes.share, changes.is_mass) == ((), (), (), 0.0, False)
    assert compare([], []).share == 0.0


def test_what_the_comparison_itself_added_is_no_change():
    before = row("10.77.64.1", findings=("telnet_open", "tls_shared_key"))

    assert compare([row("10.77.64.1", findings=("telnet_open",))], [before]).changed == ()


def test_more_than_a_fifth_is_a_mass_change():
    rows = [row(f"10.77.64.{n}") for n in range(10)]
    two = [replace(one, firmware="V5.7.0") if n < 2 else one for n, one in enumerate(rows)]
    three = [replace(one, findings=("telnet_open",)) if n < 3 else one for n, one in enumerate(rows)]

    assert compare(two, rows).changed == ("10.77.64.0", "10.77.64.1")
    assert not compare(two, rows).is_mass
    assert compare(three, rows).is_mass


def test_devices_come_and_go():
    changes = compare([row("10.77.64.1"), row("10.77.64.3")], [row("10.77.64.1"), row("10.77.64.2")])

    assert (changes.gone, changes.new, changes.changed) == (("10.77.64.2",), ("10.77.64.3",), ())


def test_a_device_that_moved_is_known_again_by_its_numbers():
    by_serial = compare([row("10.77.64.9", serial="S1")], [row("10.77.64.1", serial="S1")])
    by_mac = compare([row("10.77.64.9", mac="m1")], [row("10.77.64.1", mac="m1", serial="S1")])

    assert by_serial.share == 0.0
    assert by_mac.share == 0.0


def test_another_device_at_an_address_is_no_changed_device():
    another = compare([row("10.77.64.1", serial="S2")], [row("10.77.64.1", serial="S1")])
    another_mac = compare([row("10.77.64.1", mac="m2")], [row("10.77.64.1", mac="m1")])

    assert (another.gone, another.new, another.changed) == (("10.77.64.1",), ("10.77.64.1",), ())
    assert another_mac.new == ("10.77.64.1",)


def test_a_number_that_this_time_was_not_heard_makes_no_new_device():
    assert compare([row("10.77.64.1")], [row("10.77.64.1", serial="S1", mac="m1")]).share == 0.0


def test_a_number_that_all_devices_claim_tells_none_apart():
    before = [row(f"10.77.64.{n}", serial="0000") for n in range(3)]

    assert compare(before[:2], before).gone == ("10.77.64.2",)


def test_what_was_not_asked_of_an_unfinished_device_is_no_change():
    whole = row("10.77.64.1", findings=("telnet_open",))

    assert compare([row("10.77.64.1", is_complete=False)], [whole]).changed == ()


def test_the_last_run_is_compared_only_when_there_was_one():
    assert fleet(row("10.77.64.1")).changes is None
    assert fleet(row("10.77.64.1"), previous=[]).changes.new == ("10.77.64.1",)


def test_a_row_is_read_from_a_line_of_the_record():
    line = {
        "ip": "10.77.64.1", "is_camera": True, "kind": "camera", "vendor": "Hikvision", "brand": "", "model": "DS-2",
        "firmware": "V5", "serial": "S", "mac": "m", "findings": ["default_credential"], "complete": True,
        "keys": {"tls": ["k"], "certificates": ["c"], "ssh": ["s"], "clock_offset_s": -3},
    }  # fmt: skip

    assert row_from(json.loads(json.dumps(line))) == FleetRow(
        ip="10.77.64.1", is_camera=True, vendor="Hikvision", model="DS-2", firmware="V5", serial="S", mac="m",
        tls_keys=("k",), certificates=("c",), ssh_keys=("s",), login_accepted=True, clock_offset_s=-3,
        findings=("default_credential",), is_complete=True,
    )  # fmt: skip


ROWS = st.lists(
    st.builds(
        FleetRow,
        ip=st.integers(1, 9).map(lambda n: f"10.77.64.{n}"),
        is_camera=st.booleans(),
        vendor=st.sampled_from(["", "Hikvision", "Axis"]),
        model=st.sampled_from(["", "A"]),
        serial=st.sampled_from(["", "S1", "S2"]),
        mac=st.sampled_from(["", "m1", "m2"]),
        tls_keys=st.lists(st.sampled_from("ab"), max_size=2, unique=True).map(tuple),
        login_accepted=st.booleans(),
        clock_offset_s=st.none() | st.floats(-1e6, 1e6),
    ),
    unique_by=lambda one: one.ip,
)


@given(now=ROWS, before=ROWS)
def test_each_camera_of_two_runs_is_known_again_gone_or_new(now, before):
    judgement = fleet(*now, previous=before)

    cameras = {one.ip for one in now if one.is_camera}
    assert judgement.details.keys() == judgement.not_assessable.keys() == cameras
    for ip in cameras:
        answered = [one.check for one in (*judgement.details[ip], *judgement.not_assessable[ip])]
        assert sorted(answered) == ["CHK-CRED-02", "CHK-SSH-03", "CHK-TLS-07"]
    changes = judgement.changes
    kept_now = len(cameras) - len(changes.new)
    assert kept_now == len([one for one in before if one.is_camera]) - len(changes.gone)
    assert 0 <= changes.share <= 1
