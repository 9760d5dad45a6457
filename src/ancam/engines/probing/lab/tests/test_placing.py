"""A layout can be repeated, holds what was asked for, and refuses what it cannot do."""

from collections import Counter
from importlib.resources import files

import pytest
import yaml

from ancam.engines.probing.lab.devices import kind_of, kinds, sites
from ancam.engines.probing.lab.errors import NetworkTooSmall, UnknownKind
from ancam.engines.probing.lab.placing import place, plan, posture_of
from ancam.engines.probing.lab.postures import Posture


def test_the_same_seed_gives_the_same_layout():
    assert plan("127.77.0.0/22", 160, 7) == plan("127.77.0.0/22", 160, 7)
    assert plan("127.77.0.0/22", 160, 7) != plan("127.77.0.0/22", 160, 8)


def test_addresses_and_marks_are_each_devices_own():
    placed = plan("127.77.0.0/24", 254, 1)

    assert len({one.ip for one in placed}) == len({one.mac for one in placed} | {one.ip for one in placed}) - 254
    assert not {"127.77.0.0", "127.77.0.255"} & {one.ip for one in placed}


def test_a_large_layout_holds_every_kind_in_the_usual_shares():
    placed = plan("127.77.0.0/22", 200, 7)
    groups = Counter(one.kind.group for one in placed)

    assert {one.kind.id for one in placed} == set(kinds())
    assert groups == {"cameras": 140, "decoys": 44, "traps": 16}


def test_a_mix_names_groups_and_kinds():
    assert {one.kind.group for one in plan("127.77.0.0/24", 30, 7, mix=["decoys"])} == {"decoys"}
    both = plan("127.77.0.0/24", 30, 7, mix=["traps", "axis-camera"])
    assert {one.kind.group for one in both} == {"traps", "cameras"}
    assert {one.kind.id for one in both if one.kind.group == "cameras"} == {"axis-camera"}


def test_one_address_is_a_network_too():
    assert [one.ip for one in plan("127.77.0.9/32", 1, 7)] == ["127.77.0.9"]


def test_what_cannot_be_is_refused():
    with pytest.raises(NetworkTooSmall):
        plan("127.77.0.0/30", 3, 7)
    with pytest.raises(UnknownKind, match="nothing-known"):
        plan("127.77.0.0/24", 3, 7, mix=["nothing-known"])
    with pytest.raises(UnknownKind):
        kind_of("nothing-known")


def test_a_laboratory_has_something_for_every_guess():
    placed = plan("127.77.0.0/16", 1000, 3, mix=["cameras"])

    assert {one.posture.ftp for one in placed} == {"none", "login", "anonymous"}
    assert {one.posture.snmp for one in placed} == {"none", "own-community", "public"}
    assert any("ubiquiti" in one.udp.values() for one in placed)


def test_a_posture_that_a_maker_does_not_know_is_never_drawn():
    placed = plan("127.77.0.0/16", 4000, 3, mix=["cameras"])

    for one in placed:
        if one.posture.password == "not-activated":
            assert {"sadp", "dahua"} & set(one.kind.udp.values())
        if one.posture.lockout == "few-left":
            assert "<<retries>>" in sites()[one.kind.site].refusal


def test_ports_follow_the_posture():
    assert list(place("127.0.0.9", "hikvision-camera").tcp) == [80, 554, 8000]
    assert list(place("127.0.0.9", "hikvision-camera", web="https").tcp) == [443, 554, 8000]
    both = place("127.0.0.9", "hikvision-camera", web="both", ftp="login", ssh="own-key", telnet="login")
    assert list(both.tcp) == [21, 22, 23, 80, 443, 554, 8000]


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.id)
def test_every_kind_is_whole(kind):
    posture = posture_of(kind, {})
    assert isinstance(posture, Posture)
    assert kind.group in ("cameras", "decoys", "traps")
    assert set(kind.varies) <= set(Posture.__slots__)
    assert not kind.site or kind.site in sites()
    assert {*kind.vendor_ports, *kind.service_ports} <= set(kind.tcp)
    assert {
        protocol for protocol in kind.udp.values() if protocol in ("sadp", "dahua", "xm", "ssdp", "mdns", "ubiquiti")
    } <= set(kind.said)


@pytest.mark.parametrize("name", ["devices.yaml", "sites.yaml"])
def test_nothing_is_said_twice_of_a_kind(name):
    nodes = [yaml.compose(files("ancam.engines.probing.lab").joinpath(name).read_text("utf-8"))]
    for node in nodes:
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert len(set(keys)) == len(keys), node.start_mark
            nodes += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value
