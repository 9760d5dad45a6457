"""`ancam assess` as an assessor uses it on a small laboratory: what it leaves, how it ends, whom it logs in to."""

import base64
import json
import signal
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ancam.engines.probing.lab.logins import Account
from ancam.engines.probing.lab.placing import Placed, place
from ancam.engines.probing.lab.tests.asking import an_address, running
from ancam.engines.probing.lab.truth import truth
from assessing import OWNER_PASSWORD, QUICK, Assessor, Run, at, authorisation
from waiting import wait_until

pytestmark = pytest.mark.network

# The contract's row, and two fields more: digests to compare devices by, and why a look ended early.
ROW = {
    *("ip", "is_camera", "kind", "vendor", "brand", "model", "firmware", "serial", "mac", "ports", "udp", "identity"),
    *("findings", "details", "not_assessable", "complete", "first_seen", "last_seen", "connections", "bytes_in"),
    *("keys", "cut_short"),
}
DETAIL = {"finding", "check", "verdict", "severity", "evidence", "requirements", "advisories", "confidence", "layer"}
GUESSING = ["discovery", "readonly", "default_credential"]
OWNING = ["discovery", "readonly", "owner_credential"]
# Slow enough that a run can be stopped in the middle of a device's turn.
SLOW = {**QUICK, "per_host_per_s": 50, "per_host_bytes": 1_000_000, "per_host_s": 15}


def camera(kind: str = "hikvision-camera", **posture: Any) -> Placed:
    return place(an_address(), kind, **posture)


def among(*placed: Placed) -> list[str]:
    return [one.ip for one in placed]


def test_a_run_leaves_what_the_contract_says(tmp_path):
    open_one = camera(stream="open", web="both", password="default", telnet="login")
    recorder, printer, trap = camera("dahua-xvr"), camera("printer"), camera("all-ports-trap")
    placed = (open_one, recorder, printer, trap)
    with running(*placed) as laboratory:
        assessor = Assessor(tmp_path, authorisation(*among(*placed)))
        run = assessor.finishes()
        harm = laboratory.harm

    assert {path.name for path in run.folder.iterdir() if not path.name.startswith(".")} == {
        *("hosts.jsonl", "events.jsonl", "summary.json", "manifest.json")
    }
    assert {path.stat().st_mode & 0o077 for path in (*run.folder.rglob("*"), *assessor.state.rglob("*"))} == {0}
    assert {frozenset(row) for row in run.rows} == {frozenset(ROW)}
    assert {frozenset(one) for row in run.rows for one in row["details"]} == {frozenset(DETAIL)}
    assert {frozenset(one) for row in run.rows for one in row["identity"]} == {
        frozenset({"field", "value", "grade", "from", "excerpt"})
    }
    assert {frozenset(one) for row in run.rows for one in row["not_assessable"]} == {frozenset({"check", "why"})}

    rows = run.by_ip
    seen = rows[open_one.ip]
    assert (seen["is_camera"], seen["kind"], seen["vendor"], seen["complete"]) == (True, "camera", "Hikvision", True)
    assert {"rtsp_no_auth", "telnet_open", "http_cleartext", "tls_self_signed"} <= set(seen["findings"])
    assert {one["verdict"] for one in seen["details"]} <= {"fail", "supports_pass", "inconclusive"}
    assert {ip: row["is_camera"] for ip, row in rows.items()} == {one.ip: one.kind.is_camera for one in placed}
    assert run.manifest["is_unsigned"] and run.manifest["finished_at"] and run.manifest["targets"]
    assert (run.summary["finished"], run.summary["devices"], run.summary["cameras"]) == (True, 4, 2)
    require_each_connection_told(run, harm)


def require_each_connection_told(run: Run, harm: Any) -> None:
    """Fail when a device has counted a connection, a datagram or a request of which there is no line."""
    told = Counter((event["ip"], event["what"]) for event in run.events if "ip" in event)
    for ip, counted in harm.items():
        assert 0 < counted.connections <= told[ip, "connect"]
        assert counted.datagrams <= told[ip, "datagram"]
        assert counted.requests <= told[ip, "request"]
        assert counted.bytes_sent >= sum(event["in"] for event in run.events if event.get("ip") == ip and "in" in event)


def test_a_finished_run_that_is_resumed_sends_nothing(tmp_path):
    device = camera()
    with running(device) as laboratory:
        assessor = Assessor(tmp_path, authorisation(device.ip))
        run = assessor.finishes()
        before = (laboratory.harm_report(), {path.name: path.read_bytes() for path in run.folder.iterdir()})
        again = assessor.ended("--resume")
        after = (laboratory.harm_report(), {path.name: path.read_bytes() for path in run.folder.iterdir()})

    assert (again.returncode, again.stderr) == (0, "Đợt kiểm tra này đã xong\n")
    assert after == before


OTHER_WAYS = ("interrupt", "stop file of the run", "stop file of the state")


@pytest.mark.parametrize("how", ["signal", *(pytest.param(how, marks=pytest.mark.slow) for how in OTHER_WAYS)])
def test_a_run_that_is_stopped_goes_on_where_it_was(tmp_path, how):
    placed = [camera(stream="open"), camera("dahua-camera", mark=2), camera("printer", mark=3)]
    with running(*placed):
        whole = Assessor(tmp_path / "whole", authorisation(*among(*placed))).finishes()
        assessor = Assessor(tmp_path / "stopped", authorisation(*among(*placed), limits=SLOW))
        run = Run(assessor.out)
        process = assessor.start()
        assert wait_until(lambda: (assessor.out / "events.jsonl").exists() and b'"request"' in run.written())
        if how == "signal":
            process.send_signal(signal.SIGTERM)
        elif how == "interrupt":
            process.send_signal(signal.SIGINT)
        else:
            ((assessor.out if how.endswith("run") else assessor.state) / "STOP").touch()
        told = process.communicate(timeout=30)
        between = (process.returncode, run.summary, run.rows)
        for folder in (assessor.out, assessor.state):
            (folder / "STOP").unlink(missing_ok=True)
        assessor.finishes("--resume")

    code, summary, rows = between
    assert code == 3
    assert told[0] == "" and told[1].count("\n") == 1 and "--resume" in told[1]
    assert not summary["finished"] and summary["stopped"] in ("signal", "stop-file")
    assert all(row["cut_short"].startswith("stopped-") or row["complete"] for row in rows)
    assert run.check_against(whole) == {}
    assert [event["what"] for event in run.events if event["what"] in ("start", "end")] == ["start", "end"] * 2


def test_a_run_ends_with_its_window(tmp_path):
    devices = [camera(mark=number) for number in range(3)]
    with running(*devices):
        closes = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=6)
        valid = {"from": at(closes - timedelta(days=1)), "to": at(closes)}
        assessor = Assessor(
            tmp_path, authorisation(*among(*devices), limits={**SLOW, "per_host_per_s": 4}, valid=valid)
        )
        ended = assessor.ended()
        refused = assessor.refused("--resume")

    run = Run(assessor.out)
    sent = [event for event in run.events if event["what"] in ("connect", "datagram", "request")]
    assert ended.returncode == 3 and "hết giờ cho phép" in ended.stderr
    assert sent and max(datetime.fromisoformat(event["at"]) for event in sent) < closes
    assert run.summary["stopped"] == "window-closed"
    assert "đã hết hiệu lực" in refused


def test_an_earlier_scan_says_whom_to_visit_and_the_scope_whom_not(tmp_path):
    found, other, outside = camera(), camera(), camera()
    ports = "".join(
        f'<port protocol="tcp" portid="{port}"><state state="open"/></port>' for port in (80, 554, 9100, 65_000)
    )
    hosts = "".join(
        f'<host><address addr="{one.ip}" addrtype="ipv4"/><ports>{ports}</ports></host>' for one in (found, outside)
    )
    (tmp_path / "scan.xml").write_text(f"<nmaprun>{hosts}</nmaprun>")
    with running(found, other, outside) as laboratory:
        assessor = Assessor(tmp_path, authorisation(found.ip, other.ip))
        run = assessor.finishes("--from-scan", str(tmp_path / "scan.xml"))

    assert [(row["ip"], row["vendor"]) for row in run.rows] == [(found.ip, "Hikvision")]
    assert {event["ip"] for event in run.events if "ip" in event} == {found.ip}
    assert 9100 not in {event["port"] for event in run.events if "port" in event}
    assert laboratory.harm[other.ip].connections == laboratory.harm[outside.ip].connections == 0


def test_the_owners_account_reads_more_and_its_password_is_kept_nowhere(tmp_path):
    placed = [camera(mark=1), camera("dahua-camera", mark=2), camera("onvif-camera", mark=3), camera("uniview-camera")]
    with running(*placed, owner=Account("audit", OWNER_PASSWORD)) as laboratory:
        content = authorisation(*among(*placed), checks=OWNING)
        assessor = Assessor(tmp_path, content, settings={"ANCAM_OWNER_PASSWORD": OWNER_PASSWORD})
        ended = assessor.ended()
        harm = laboratory.harm_report()["total"]

    run = Run(assessor.out)
    run.check()
    assert ended.returncode == 0
    secrets = [OWNER_PASSWORD.encode(), base64.b64encode(f"audit:{OWNER_PASSWORD}".encode())]
    secrets += [json.dumps(OWNER_PASSWORD)[1:-1].encode(), base64.b64encode(OWNER_PASSWORD.encode())]
    everything = assessor.written() + ended.stdout.encode() + ended.stderr.encode()
    assert [secret for secret in secrets if secret in everything] == []
    assert harm["owner_logins"] > 0
    assert (harm["owner_refusals"], harm["guessed_logins"], harm["lockouts"], harm["user_lists"]) == (0, 0, 0, 0)
    assert any(one["grade"] == "A" for row in run.rows for one in row["identity"])


def test_what_the_owners_account_finds_is_what_is_true_and_no_answer_is_kept(tmp_path):
    kinds = ("hikvision-camera", "hikvision-nvr", "dahua-camera", "axis-camera", "uniview-camera", "vivotek-camera")
    bad, well = ("p2p", "ddns"), ("log", "ip_filter")
    placed = [camera(kind, mark=mark, settings=bad) for mark, kind in enumerate(kinds, 1)]
    placed += [camera(kind, mark=mark, settings=well) for mark, kind in enumerate([*kinds, "hanwha-camera"], 11)]
    with running(*placed, owner=Account("audit", OWNER_PASSWORD)) as laboratory:
        content = authorisation(*among(*placed), checks=OWNING)
        assessor = Assessor(tmp_path, content, settings={"ANCAM_OWNER_PASSWORD": OWNER_PASSWORD})
        run = assessor.finishes()
        harm = laboratory.harm_report()["total"]

    rows = {row["ip"]: row for row in run.rows}
    for true in truth(placed)["devices"]:
        wanted = set(true["findings"]) | set(true["with_owner_credential"])
        assert set(rows[true["ip"]]["findings"]) - set(true["undecided"]) == wanted, true["lab_kind"]
    kept = assessor.written()
    assert [word for word in (b"mat-khau-ddns", b"nguoi-dung", b"ma-xac-minh", b"p2p.example") if word in kept] == []
    assert [harm[name] for name in ("owner_refusals", "guessed_logins", "lockouts", "writes", "user_lists")] == [0] * 5


def test_a_wrong_owners_password_is_tried_once(tmp_path):
    placed = [camera(mark=1), camera("dahua-camera", mark=2)]
    with running(*placed, owner=Account("audit", OWNER_PASSWORD)) as laboratory:
        content = authorisation(*among(*placed), checks=OWNING)
        Assessor(tmp_path, content, settings={"ANCAM_OWNER_PASSWORD": "nhầm"}).finishes()

    assert [harm.owner_refusals for harm in laboratory.harm.values()] == [1, 1]
    assert laboratory.harm_report()["total"]["lockouts"] == 0


def test_a_device_meets_one_guess_in_its_life(tmp_path):
    """Over several runs, with another authorisation, and when it has moved to another address."""
    kept, changed = camera(mark=1, password="default"), camera("dahua-camera", mark=2, password="set")
    warned = camera("hikvision-camera", mark=3, password="default", lockout="few-left")
    moved = Placed(an_address(), kept.kind, kept.model, kept.posture, kept.mark)
    assessor = Assessor(tmp_path, authorisation(*among(kept, changed, warned), checks=GUESSING))
    runs, guesses = [], []
    for number in range(2):
        with running(kept, changed, warned) as laboratory:
            runs.append(assessor.finishes(out=tmp_path / f"RUN{number}"))
            guesses.append([laboratory.harm[ip].guessed_logins for ip in among(kept, changed, warned)])
            assert laboratory.harm_report()["total"]["after_few_left"] == 0
    assessor.write(allow=[moved.ip])
    with running(moved) as laboratory:
        runs.append(assessor.finishes(out=tmp_path / "moved"))
        guesses.append([laboratory.harm[moved.ip].guessed_logins])

    assert guesses == [[1, 1, 0], [0, 0, 0], [0]]
    assert ["default_credential" in run.by_ip[kept.ip]["findings"] for run in runs[:2]] == [True] * 2
    assert "default_credential" in runs[2].by_ip[moved.ip]["findings"]
    assert not any("default_credential" in run.by_ip[changed.ip]["findings"] for run in runs[:2])
    why = {one["check"]: one["why"] for one in runs[0].by_ip[warned.ip]["not_assessable"]}
    assert why["CHK-CRED-01"] == "few-left"


@pytest.mark.slow
def test_two_runs_over_what_has_not_changed_say_the_same(tmp_path):
    placed = [camera(mark=1, web="both"), camera("dahua-camera", mark=2), camera("printer", mark=3)]
    with running(*placed):
        assessor = Assessor(tmp_path, authorisation(*among(*placed)))
        first = assessor.finishes(out=tmp_path / "first")
        second = assessor.finishes(out=tmp_path / "second")

    assert second.check_against(first) == {}
    changes = second.summary["fleet"]["changes"]
    assert (changes["gone"], changes["new"], changes["changed"]) == ([], [], [])
