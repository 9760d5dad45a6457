"""What network a process stands in, as the machine tells it."""

import os
import struct
import subprocess
import sys

import pytest

from ancam.engines.probing.permission import surroundings
from ancam.engines.probing.permission.surroundings import has_ipv6, read_surroundings

NO_ROUTE = "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\n"
REJECT = "0" * 32 + " 00 " + "0" * 32 + " 00 " + "0" * 32 + " ffffffff 00000001 00000000 00200200       lo\n"
ON_LINK = "fe80" + "0" * 28 + " 40 " + "0" * 32 + " 00 " + "0" * 32 + " 00000100 00000001 00000000 00000001    veth0\n"


def v4(destination, mask, flags="0003"):
    return f"{NO_ROUTE}veth0\t{destination}\t0100A8C0\t{flags}\t0\t0\t0\t{mask}\t0\t0\t0\n"


def v6(destination, length, flags="00000003"):
    return f"{destination:0<32} {length} {'0' * 32} 00 {'0' * 32} 00000400 00000001 00000000 {flags}    veth0\n"


@pytest.fixture
def proc(tmp_path):
    """Return a maker of /proc as a machine shows it in one of its namespaces."""

    def made(route=NO_ROUTE, route_v6=REJECT + ON_LINK, settings=("somaxconn",)):
        net, core = tmp_path / "self/net", tmp_path / "sys/net/core"
        net.mkdir(parents=True)
        core.mkdir(parents=True)
        (net / "route").write_text(route)
        if route_v6 is not None:
            (net / "ipv6_route").write_text(route_v6)
        for name in settings:
            (core / name).write_text("1\n")
        return tmp_path

    return made


def test_a_namespace_without_a_way_out_has_no_default_route(proc):
    found = read_surroundings(proc())

    assert not found.has_default_route
    assert not found.is_first_namespace


@pytest.mark.parametrize(
    ("route", "route_v6"),
    [
        (v4("00000000", "00000000"), ""),
        (v4("00000000", "00000080", "0001"), ""),
        (NO_ROUTE, v6("", "00")),
        (NO_ROUTE, v6("2", "03")),
        (NO_ROUTE, v6("", "00") + REJECT),
    ],
)
def test_a_route_that_leads_everywhere_is_a_way_out(proc, route, route_v6):
    assert read_surroundings(proc(route, route_v6)).has_default_route


@pytest.mark.parametrize(
    ("route", "route_v6"),
    [
        (v4("0000000A", "000000FF"), ""),
        (v4("00000000", "00000000", "0200"), REJECT),
        (NO_ROUTE, v6("fd", "08")),
        (NO_ROUTE, None),
    ],
)
def test_a_route_to_a_part_or_one_that_rejects_is_none(proc, route, route_v6):
    assert not read_surroundings(proc(route, route_v6)).has_default_route


def test_the_machines_first_namespace_is_known_by_what_the_kernel_offers_there(proc):
    assert read_surroundings(proc(settings=("somaxconn", "netdev_max_backlog"))).is_first_namespace


def test_a_machine_that_does_not_tell_counts_as_the_first_namespace(proc, tmp_path):
    unsaid = read_surroundings(proc(settings=()))
    nothing = read_surroundings(tmp_path / "nothing")

    assert unsaid.is_first_namespace and nothing.is_first_namespace
    assert nothing.reaches_out() is not None


@pytest.mark.parametrize("broken", ["Iface\ny\n", NO_ROUTE + "a b c d e f g h\n"])
def test_what_cannot_be_understood_counts_as_a_way_out(proc, broken):
    found = read_surroundings(proc(route=broken))

    assert found.has_default_route


def message(kind, body=b""):
    return surroundings._MESSAGE.pack(16 + len(body), kind, 0, 1, 0) + body


def attribute(kind, value):
    padding = b"\0" * (-len(value) % 4)
    return (4 + len(value)).to_bytes(2, sys.byteorder) + kind.to_bytes(2, sys.byteorder) + value + padding


def link(flags):
    return struct.pack("=BxHiII", 0, 1, 1, flags, 0)


def test_interfaces_are_told_with_their_kind():
    veth = attribute(3, b"veth0\0") + attribute(18 | 0x8000, attribute(1, b"veth\0"))
    lo = attribute(3, b"lo\0")

    found = list(
        surroundings._interfaces(message(16, link(1) + lo) + message(16, link(0) + veth) + message(3, bytes(4)))
    )

    assert [(one.name, one.kind, one.is_up) for one in found] == [("lo", "", True), ("veth0", "veth", False)]


@pytest.mark.parametrize("answer", [message(2, bytes(4)), bytes(16), message(16, bytes(16) + bytes(4))])
def test_an_answer_that_is_none_is_not_taken_for_an_empty_list(answer):
    with pytest.raises(ValueError):
        list(surroundings._interfaces(answer))


@pytest.mark.parametrize(
    ("told", "is_there"), [(None, False), ("", False), ("fd77" + "0" * 28 + " 04 40 00 82 eth0\n", True)]
)
def test_a_machine_without_an_address_of_ipv6_reaches_none(proc, told, is_there):
    machine = proc()
    if told is not None:
        (machine / "self/net/if_inet6").write_text(told)

    assert has_ipv6(machine) is is_there


def test_this_machine_answers():
    found = read_surroundings()

    assert "lo" in [one.name for one in found.interfaces]


@pytest.mark.skipif(
    subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode != 0,  # noqa: S607
    reason="unshare: this machine makes no network namespaces",
)
def test_a_namespace_of_its_own_is_a_laboratory():
    code = "from ancam.engines.probing.permission.surroundings import *; print(read_surroundings().reaches_out())"

    told = subprocess.run(  # noqa: S603
        ["unshare", "-rn", sys.executable, "-c", code],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
    )

    assert told.stdout == "None\n"
