"""A run from its first packet to its last row: finished, stopped and gone on with, cut off by a full disk."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ancam.engines.probing import assess
from ancam.engines.probing.assess import Order, Progress
from ancam.engines.probing.errors import DiskFull
from ancam.engines.probing.looking import sweep
from ancam.engines.probing.recording.journal import Journal, verified
from ancam.engines.probing.recording.last_run import LastRun
from ancam.engines.probing.recording.logins import GuessedLogins
from ancam.engines.probing.recording.records import EVENTS, HOSTS, MANIFEST, SUMMARY, digest_of
from ancam.engines.probing.run import carry_out, open_run
from ancam.engines.probing.scans import FoundHost
from ancam.engines.probing.sending.stopping import Stop
from ancam.engines.probing.tests.authorisations import NOON, as_yaml, content, permitted
from ancam.engines.probing.tests.devices import INFO, hikvision, rtsp
from ancam.engines.probing.tests.limits import full_disk
from ancam.engines.probing.tests.loopback import (
    Device,
    Handler,
    Request,
    a_stop,
    a_tls_context,
    no_port_free,
    now,
    reply,
    serving,
    serving_all,
)

pytestmark = [pytest.mark.network, pytest.mark.usefixtures("no_datagram_is_answered")]

NETWORK = "127.110.7.0/29"
CAMERA, OTHER = "127.110.7.1", "127.110.7.2"
FAST = {"connections_per_s": 100_000, "per_host_connections": 2, "per_host_per_s": 10_000}


class Run:
    """A folder, a state and devices: what is needed to run, and to run again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.state = folder / "run", folder / "state"
        self.progress: list[Progress] = []

    async def carry_out(self, *, stop: Stop | None = None, resuming: bool = False, **values: Any) -> str | None:
        permit = permitted(as_yaml(content(allow=[NETWORK], deny=[], limits=FAST)), trust=None, unsigned=True)
        targets = permit.scope.allowed
        records = open_run(self.folder, permit, targets, values.pop("trust_file", None), resuming=resuming, now=NOON)
        order = Order(
            permit,
            targets,
            records,
            Journal(self.folder / EVENTS, now),
            GuessedLogins(self.state, now),
            stop or a_stop(),
            now,
            "AnCam/0 (+to@an.example)",
            7,
            lambda _: (),
            lambda *_: None,
            LastRun(self.state, "Sở A"),
            **{"progress": self.progress.append, **values},
        )
        try:
            return await carry_out(order)
        finally:
            records.close()

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / HOSTS).read_text().splitlines()]

    @property
    def summary(self) -> dict[str, Any]:
        return json.loads((self.folder / SUMMARY).read_text())

    @property
    def manifest(self) -> dict[str, Any]:
        return json.loads((self.folder / MANIFEST).read_text())


@pytest.fixture
def run(tmp_path) -> Run:
    return Run(tmp_path)


async def among(devices: dict[str, dict[int, Handler]], do: Callable[[], Any]) -> Any:
    """Do something while these devices serve."""
    if not devices:
        return await do()
    (ip, handlers), *rest = devices.items()
    async with serving_all(handlers, ip):
        return await among(dict(rest), do)


def a_camera(answer: Callable[[Request], bytes | None] = hikvision) -> dict[int, Handler]:
    return {8080: Device(answer), 8554: Device(rtsp)}


def test_a_run_finds_who_lives_and_keeps_a_row_for_each(run):
    page = Device(lambda _: reply(200, "<title>Xin chào</title>"))

    reason = asyncio.run(among({CAMERA: a_camera(), OTHER: {8080: page}}, run.carry_out))

    assert reason is None
    assert [(row["ip"], row["is_camera"], row["vendor"], row["complete"]) for row in run.rows] == [
        (CAMERA, True, "Hikvision", True),
        (OTHER, False, "", True),
    ]
    assert run.rows[0]["ports"] == [8080, 8554] and "http_cleartext" in run.rows[0]["findings"]
    assert (run.summary["devices"], run.summary["cameras"], run.summary["finished"]) == (2, 1, True)
    assert run.summary["costs"]["swept"] == 8 and run.summary["costs"]["refusing"] == 6
    assert run.progress[0].addresses == 8


def test_the_manifest_proves_what_was_written(run, tmp_path):
    trust = tmp_path / "trust.yaml"
    trust.write_text("x")

    asyncio.run(among({CAMERA: a_camera()}, lambda: run.carry_out(trust_file=trust)))

    assert run.manifest["digests"] == {name: digest_of(run.folder / name) for name in (HOSTS, EVENTS, SUMMARY)}
    events = list(verified(run.folder / EVENTS))
    assert (events[0]["what"], events[-1]["what"]) == ("start", "end")
    assert run.manifest["trust"] == {"file": str(trust), "sha256": digest_of(trust)}
    assert run.manifest["targets"] == ["127.110.7.0-127.110.7.7"]


def test_nobody_outside_the_targets_is_reached(run):
    asyncio.run(among({CAMERA: a_camera(lambda _: reply(302, Location="http://127.0.0.1/"))}, run.carry_out))

    reached = {event["ip"] for event in verified(run.folder / EVENTS) if "ip" in event}
    assert reached == {f"127.110.7.{number}" for number in range(8)}


def test_two_runs_over_the_same_devices_show_no_change(run, tmp_path):
    again = Run(tmp_path / "again")
    again.state = run.state

    async def twice() -> None:
        await run.carry_out()
        await again.carry_out()

    asyncio.run(among({CAMERA: a_camera()}, twice))

    assert run.summary["fleet"]["changes"] is None
    changes = again.summary["fleet"]["changes"]
    assert (changes["gone"], changes["new"], changes["changed"], changes["share"]) == ([], [], [], 0)


@pytest.mark.parametrize("why", ["signal", "window-closed"])
def test_a_stopped_run_keeps_what_it_saw_and_goes_on_to_the_same_end(run, why):
    stop = a_stop()

    def answer(request: Request) -> bytes | None:
        if request.path == INFO and not stop.reason:
            stop.pull(why)
        return hikvision(request)

    camera = a_camera(answer)

    async def stopped_and_resumed() -> list[str | None]:
        first = await run.carry_out(stop=stop)
        assert [(row["ip"], row["cut_short"], row["complete"]) for row in run.rows] == [
            (CAMERA, f"stopped-{why}", False)
        ]
        assert run.summary["stopped"] == why and run.manifest["finished_at"] is None
        return [first, await run.carry_out(resuming=True)]

    assert asyncio.run(among({CAMERA: camera}, stopped_and_resumed)) == [why, None]
    assert [(row["ip"], row["cut_short"]) for row in run.rows] == [(CAMERA, "")]
    assert run.manifest["finished_at"] and run.manifest["stopped"] is None


def test_a_machine_that_can_open_nothing_stops_the_run_which_goes_on_later(run, monkeypatch):
    async def lacking_then_resumed() -> list[str | None]:
        with monkeypatch.context() as impatient:
            impatient.setattr(sweep, "_LONGEST_LACK_S", 0.0)
            with no_port_free():
                first = await run.carry_out()
        return [first, await run.carry_out(resuming=True)]

    assert asyncio.run(among({CAMERA: a_camera()}, lacking_then_resumed)) == ["local-failure", None]
    assert [(row["ip"], row["cut_short"]) for row in run.rows] == [(CAMERA, "")]


def test_a_stop_file_is_seen_while_the_run_waits(run, monkeypatch):
    monkeypatch.setattr(assess, "_WATCH_S", 0.01)
    run.folder.mkdir(parents=True)
    stop_file = run.folder.parent / "STOP"
    stop = Stop(now().replace(year=2100), now, (stop_file,))

    def answer(_: Request) -> bytes:
        stop_file.touch()
        return b""

    assert asyncio.run(among({CAMERA: {8080: Device(answer)}}, lambda: run.carry_out(stop=stop))) == "stop-file"
    assert run.rows[0]["cut_short"] == "stopped-stop-file"


def test_devices_of_an_earlier_scan_are_visited_without_a_sweep(run):
    known = (
        FoundHost(CAMERA, (8080, 8554), ()),
        FoundHost("127.110.9.9", (80,), ()),
    )

    asyncio.run(among({CAMERA: a_camera()}, lambda: run.carry_out(known=known)))

    assert [row["ip"] for row in run.rows] == [CAMERA]
    assert run.summary["costs"]["swept"] == 0
    assert {event["ip"] for event in verified(run.folder / EVENTS) if "ip" in event} == {CAMERA}


def test_devices_of_an_earlier_scan_that_were_visited_are_not_visited_again(run):
    stop = a_stop()
    page = Device(lambda _: reply(200, "<title>x</title>"))
    known = (FoundHost(CAMERA, (8080,), ()),)

    async def twice() -> None:
        await run.carry_out(known=known)
        manifest = json.loads((run.folder / MANIFEST).read_text())
        (run.folder / MANIFEST).write_text(json.dumps({**manifest, "finished_at": None}))
        await run.carry_out(known=known, resuming=True, stop=stop)

    asyncio.run(among({CAMERA: {8080: page}}, twice))
    assert page.asked == ["GET /"]


def test_a_full_disk_ends_the_run_in_words_and_loses_nothing(run):
    camera = a_camera()

    async def on_a_full_disk() -> None:
        with full_disk(1_500), pytest.raises(DiskFull) as refusal:
            await run.carry_out()
        assert str(run.folder) in str(refusal.value)
        assert await run.carry_out(resuming=True) is None

    asyncio.run(among({CAMERA: camera}, on_a_full_disk))
    assert [row["ip"] for row in run.rows] == [CAMERA]


def test_a_disk_that_fills_up_at_the_end_is_told_in_words_too(run):
    async def on_a_full_disk() -> None:
        with pytest.raises(DiskFull):
            await run.carry_out()

    run.state.mkdir()
    LastRun(run.state, "Sở A")._path.mkdir()
    asyncio.run(among({CAMERA: a_camera()}, on_a_full_disk))
    assert [row["ip"] for row in run.rows] == [CAMERA]


def test_a_stop_and_a_full_disk_at_once_are_told_in_words(run):
    stop = a_stop()

    def answer(_: Request) -> bytes:
        stop.pull("signal")
        return reply(200, "x" * 50)

    async def on_a_full_disk() -> None:
        with full_disk(1_500), pytest.raises(DiskFull):
            await run.carry_out(stop=stop)

    asyncio.run(among({CAMERA: {8080: Device(answer)}}, on_a_full_disk))


def test_what_the_devices_say_together_stands_in_their_rows(run):
    async def with_keys() -> None:
        pages = Device(hikvision)
        context = a_tls_context()
        async with serving(pages, CAMERA, 8443, tls=context), serving(pages, OTHER, 8443, tls=context):
            await among({CAMERA: a_camera(), OTHER: a_camera()}, run.carry_out)

    asyncio.run(with_keys())

    groups = run.summary["fleet"]["groups"]
    assert any(set(group["ips"]) == {CAMERA, OTHER} for group in groups)
    assert run.rows[0]["keys"]["tls"] == run.rows[1]["keys"]["tls"] != []
    shared = set(run.rows[0]["findings"]) & set(run.rows[1]["findings"])
    assert any("key" in finding or "cert" in finding for finding in shared)
