"""Devices that would hold an assessor up: each ends within its own budget; the others are assessed as without them."""

import asyncio
import gzip
import socket
import struct
from datetime import datetime
from typing import Any

import pytest

from ancam.engines.probing.judging.fleet import FLEET_CHECKS
from ancam.engines.probing.lab.placing import Placed, place
from ancam.engines.probing.lab.postures import Manner
from ancam.engines.probing.lab.tests.asking import an_address, running
from assessing import QUICK, Assessor, Run, authorisation
from hostile_devices import Handler, Line, devices, http_response, silent

pytestmark = pytest.mark.network

SECONDS, BYTES = 5, 300_000
LIMITS = {**QUICK, "per_host_bytes": BYTES, "per_host_s": SECONDS}
# A device's last answer may come in whole pieces on each of its connections.
MORE_BYTES = 2 * 16_384
# Waiting for the first device and for datagrams is no active time of the device, nor is that of a busy machine.
MORE_SECONDS = 7
MOST_MEMORY_MB = 80


def honest() -> list[Placed]:
    """Cameras as there are in any network, to stand beside the others."""
    kinds = ["hikvision-camera", "dahua-camera", "onvif-camera", "axis-camera", "uniview-camera", "reolink-camera"]
    return [place(an_address(), kind, mark=1_000 + number) for number, kind in enumerate(kinds)]


def hostile() -> list[Placed]:
    """A camera for each manner that the laboratory knows, and a trap on every port."""
    manners = [manner for manner in Manner if manner is not Manner.PLAIN]
    cameras = [
        place(an_address(), kind, mark=2_000 + 2 * number + second, manner=manner, web="both")
        for number, manner in enumerate(manners)
        for second, kind in enumerate(("hikvision-camera", "dahua-camera"))
    ]
    return [*cameras, *(place(an_address(), kind) for kind in ("all-ports-trap", "silent-host", "bombing-host"))]


def seconds_of(row: dict[str, Any]) -> float:
    began, ended = (datetime.fromisoformat(row[name]) for name in ("first_seen", "last_seen"))
    return (ended - began).total_seconds()


def comparable(row: dict[str, Any]) -> dict[str, Any]:
    """What a row says of the device, without what another moment changes."""
    changing = ("first_seen", "last_seen", "connections", "bytes_in", "details", "identity")
    kept = {key: value for key, value in row.items() if key not in changing}
    kept["keys"] = {key: value for key, value in row["keys"].items() if key != "clock_offset_s"}
    checks = sorted((one["check"], one["finding"] or "", one["verdict"]) for one in row["details"])
    reasons = sorted((one["check"], one["why"]) for one in row["not_assessable"] if one["check"] not in FLEET_CHECKS)
    return {**kept, "checks": checks, "not_assessable": reasons}


def require_within_budgets(run: Run) -> None:
    assert {row["ip"]: seconds_of(row) for row in run.rows if seconds_of(row) > SECONDS + MORE_SECONDS} == {}
    assert {row["ip"]: row["bytes_in"] for row in run.rows if row["bytes_in"] > BYTES + MORE_BYTES} == {}
    assert run.summary["costs"]["most_memory_mb"] < MOST_MEMORY_MB


def test_hostile_cameras_do_not_harm_what_is_learnt_of_others(tmp_path):
    good, bad = honest(), hostile()
    with running(*good, *bad) as laboratory:
        addresses = [one.ip for one in good]
        alone = Assessor(tmp_path / "alone", authorisation(*addresses, limits=LIMITS)).finishes()
        every = authorisation(*addresses, *(one.ip for one in bad), limits=LIMITS)
        among = Assessor(tmp_path / "among", every).finishes()
        harm = laboratory.harm_report()["total"]

    found = among.by_ip
    for ip in addresses:
        seen, wanted = comparable(found[ip]), comparable(alone.by_ip[ip])
        assert {key: (seen[key], wanted[key]) for key in wanted if seen[key] != wanted[key]} == {}
    assert all(row["complete"] for row in alone.rows)
    require_within_budgets(among)
    assert (harm["hangs"], harm["lockouts"], harm["writes"], harm["pictures"], harm["raw_print"]) == (0, 0, 0, 0, 0)
    assert harm["most_at_once"] <= QUICK["per_host_connections"]
    trap = next(one for one in bad if one.kind.id == "all-ports-trap")
    assert (found[trap.ip]["kind"], found[trap.ip]["is_camera"], found[trap.ip]["findings"]) == ("trap", False, [])
    assert found[trap.ip]["connections"] <= 40


async def half_closed(line: Line) -> None:
    """Take no answer to be over: end the own side at once, and keep the other open."""
    line.writer.write_eof()
    await line.reader.read()


async def reset_at_word(line: Line) -> None:
    await line.reader.read(1)
    sock = line.writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


async def endless_handshake(line: Line) -> None:
    """Begin a TLS record that never ends."""
    await line.reader.read(1)
    await line.send(bytes.fromhex("160303400002004000"))
    while True:
        await asyncio.sleep(0.2)
        await line.send(b"\x00")


async def many_handshakes(line: Line) -> None:
    """Send one tiny part of a handshake after the other."""
    await line.reader.read(1)
    while True:
        await line.send(bytes.fromhex("1603030004") + bytes.fromhex("0e000000"))
        await asyncio.sleep(0.01)


async def slow_bytes(line: Line) -> None:
    await line.reader.read(1)
    while True:
        await line.send(b"H")
        await asyncio.sleep(0.5)


async def flood(line: Line) -> None:
    while True:
        await line.send(b"\xff\xfd\x01" * 20_000)


async def empty_chunks(line: Line) -> None:
    await line.request()
    await line.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        await line.send(b"0000000000000001;x=" + b"y" * 200 + b"\r\nz\r\n")


async def interim_for_ever(line: Line) -> None:
    await line.request()
    while True:
        await line.send(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)


async def untrue_length(line: Line) -> None:
    await line.request()
    await line.send(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n" + b"x" * 1_000)
    await line.reader.read()


async def packed_bomb(line: Line) -> None:
    packed = gzip.compress(bytes(50_000_000))
    while await line.request():
        await line.send(http_response(packed, headers="Content-Encoding: gzip\r\nContent-Type: text/html\r\n"))


async def deep_xml(line: Line) -> None:
    while await line.request():
        await line.send(http_response(b"<a>" * 20_000, headers="Content-Type: application/soap+xml\r\n"))


async def long_lines(line: Line) -> None:
    """A page that costs much to look through."""
    page = b"<script" + b" <meta" * 5_000 + b" http-equiv=refresh" * 3_000
    while await line.request():
        await line.send(
            http_response(page, headers="Content-Type: text/html\r\nWWW-Authenticate: Digest " + "a," * 9_000 + "\r\n")
        )


async def rtsp_without_end(line: Line) -> None:
    await line.request()
    await line.send(b"RTSP/1.0 200 OK\r\nCSeq: 1\r\nContent-Length: 4000000000\r\n\r\n")
    while True:
        await line.send(b"a=control:x\r\n" * 1_000)


BEHIND_ONE_PORT: dict[str, tuple[int, Handler]] = {
    "accepts and is silent": (80, silent),
    "ends its own side at once": (80, half_closed),
    "resets at the first word": (80, reset_at_word),
    "never finishes a TLS record": (443, endless_handshake),
    "never finishes a TLS handshake": (443, many_handshakes),
    "sends a byte each half second": (80, slow_bytes),
    "floods before it is asked": (80, flood),
    "sends chunks of one byte": (80, empty_chunks),
    "says continue for ever": (80, interim_for_ever),
    "announces what never comes": (80, untrue_length),
    "packs 50 MB into 50 KB": (80, packed_bomb),
    "nests 20,000 elements": (80, deep_xml),
    "writes tags without end": (80, long_lines),
    "describes a stream for ever": (554, rtsp_without_end),
    "greets by telnet for ever": (23, flood),
    "offers SSH for ever": (22, flood),
}


@pytest.mark.slow
def test_each_way_to_hold_an_assessor_up_ends(tmp_path):
    """All at once, each on all web ports that it likes: no row is missing, none is over its budget."""
    owns = {an_address(): name for name in BEHIND_ONE_PORT}
    tcp = {(own, BEHIND_ONE_PORT[name][0]): BEHIND_ONE_PORT[name][1] for own, name in owns.items()}
    tcp |= {(own, port): tcp[own, 80] for own in owns if (own, 80) in tcp for port in (8000, 8080)}
    tcp |= {(own, 554): silent for own in owns if (own, 80) in tcp}
    tcp |= {(own, 443): silent for own in owns if (own, 443) not in tcp}
    with devices(tcp) as held_up:
        run = Assessor(tmp_path, authorisation(*owns, limits=LIMITS)).finishes()

    assert {row["ip"] for row in run.rows} == set(owns)
    assert not any(row["is_camera"] for row in run.rows)
    assert max(held_up.most_at_once.values()) <= LIMITS["per_host_connections"]
    require_within_budgets(run)


@pytest.mark.parametrize(
    "name", ["floods before it is asked", pytest.param("sends chunks of one byte", marks=pytest.mark.slow)]
)
def test_a_run_is_whole_though_its_last_device_was_cut_off(tmp_path, name):
    """Nothing is still under way with a device once its row is kept: the events end before they are sealed."""
    own = an_address()
    port, handler = BEHIND_ONE_PORT[name]
    limits = {**LIMITS, "per_host_bytes": 30_000, "per_host_s": 2}
    with devices({(own, port): handler, (own, 8080): silent, (own, 554): slow_bytes, (own, 22): flood}):
        run = Assessor(tmp_path, authorisation(own, limits=limits)).finishes()

    (row,) = run.rows
    assert (row["cut_short"], row["complete"]) == ("budget-bytes", False)
    assert row["connections"] <= run.connections_by_ip()[own]
    told = [event["what"] for event in run.events]
    assert told.index("end") == len(told) - 1
