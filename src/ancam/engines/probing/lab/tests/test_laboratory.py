"""A laboratory starts whole or not at all, ends clean, and hurts itself with nothing that is sent to it."""

import asyncio
import socket
import struct
from pathlib import Path

import pytest

from ancam.engines.probing.lab.errors import AddressNotOurs
from ancam.engines.probing.lab.laboratory import Laboratory
from ancam.engines.probing.lab.placing import place, plan
from ancam.engines.probing.lab.tests.asking import WAIT_S, an_address, hear, http_ask, running

pytestmark = pytest.mark.network


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_a_whole_plan_starts_and_ends_without_a_trace():
    network = an_address().rpartition(".")[0]
    placed = plan(f"{network}.0/24", 100, 11)

    async def start_and_end() -> tuple[int, set]:
        before = open_files()
        async with Laboratory(placed) as laboratory:
            assert laboratory.harm_report()["total"]["connections"] == 0
        return open_files() - before, asyncio.all_tasks() - {asyncio.current_task()}

    assert asyncio.run(start_and_end()) == (0, set())


def test_open_connections_end_with_it():
    ip = an_address()
    with running(place(ip, "hikvision-camera")):
        line = socket.create_connection((ip, 80), WAIT_S)
        line.sendall(b"GET / HTTP/1.1\r\n\r\n")
        line.recv(16)
    with line:
        line.recv(65_536)
        assert line.recv(16) == b""


def test_an_address_in_use_is_named_and_nothing_is_left_open():
    first, taken = an_address(), an_address()
    with (
        socket.create_server((taken, 554)),
        pytest.raises(AddressNotOurs, match=f"554.*{taken}"),
        running(place(first, "nginx"), place(taken, "hikvision-camera")),
    ):
        pass
    with pytest.raises(ConnectionRefusedError):
        hear(first, 80)


def test_an_address_that_is_not_ours_is_named():
    with pytest.raises(AddressNotOurs, match=r"203\.0\.113\.5"), running(place("203.0.113.5", "nginx")):
        pass


def test_a_connection_that_is_cut_hard_is_let_go():
    ip = an_address()
    with running(place(ip, "endless-host")) as laboratory:
        line = socket.create_connection((ip, 80), WAIT_S)
        line.sendall(b"GET / HTTP/1.1\r\n\r\n")
        line.recv(16)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.close()
        idle = socket.create_connection((ip, 8000), WAIT_S)
        idle.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        idle.close()
        while laboratory.harm[ip].connections < 2 or laboratory._lines:
            pass

    assert laboratory.harm[ip].connections == 2


def test_many_connections_at_once_are_all_served():
    ip = an_address()
    with running(place(ip, "hikvision-camera")) as laboratory:
        lines = [socket.create_connection((ip, 80), WAIT_S) for _ in range(60)]
        while laboratory.harm[ip].connections < 60:
            pass
        for line in lines:
            line.sendall(b"GET / HTTP/1.0\r\n\r\n")
        for line in lines:
            with line:
                assert line.recv(12) == b"HTTP/1.1 200"

    assert laboratory.harm[ip].most_at_once == 60
    assert laboratory.harm[ip].requests == 60


def test_a_device_without_an_owner_answers_too():
    ip = an_address()
    with running(place(ip, "hikvision-camera"), owner=None):
        assert http_ask(ip).status == 200


def test_more_than_it_takes_at_once_waits_its_turn():
    ip = an_address()

    async def crowd() -> int:
        async with Laboratory([place(ip, "hikvision-camera")]) as laboratory:
            lines = [socket.create_connection((ip, 80), WAIT_S) for _ in range(70)]
            while laboratory.harm[ip].connections < 70:
                await asyncio.sleep(0)
            for line in lines:
                line.close()
            return laboratory.harm[ip].connections

    assert asyncio.run(crowd()) == 70
