"""An assessment that is killed again and again ends as one that was left alone, and asks no device for more."""

import random
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ancam.engines.probing.judging.fleet import FLEET_CHECKS
from ancam.engines.probing.lab.placing import plan
from ancam.engines.probing.lab.tests.asking import running
from assessing import QUICK, Assessor, Run, a_network, authorisation, lasting

pytestmark = [pytest.mark.slow, pytest.mark.network]

KILLS, DEVICES = 10, 48
GUESSING = ["discovery", "readonly", "default_credential"]


@pytest.mark.parametrize("seed", [3, 23])
def test_a_run_that_was_killed_ten_times_is_like_one_that_was_not(tmp_path, seed):
    network = a_network(26)
    placed = plan(network, DEVICES, seed)
    content = authorisation(network, checks=GUESSING, limits={**QUICK, "per_host_bytes": 1_000_000, "per_host_s": 15})
    with running(*placed) as laboratory:
        whole = Assessor(tmp_path / "whole", content).finishes()
        undisturbed = laboratory.harm_report()["total"]
    assessor = Assessor(tmp_path / "killed", content)
    with running(*placed) as laboratory:
        kills = _killed(assessor, random.Random(seed), len(whole.events) // KILLS)
        run = assessor.finishes("--resume")
        harm = laboratory.harm

    assert kills == KILLS
    assert [ip for ip, one in harm.items() if one.guessed_logins > 1] == []
    total = laboratory.harm_report()["total"]
    for kind in ("lockouts", "hangs", "writes", "pictures", "user_lists", "raw_print", "after_few_left"):
        assert (kind, total[kind]) == (kind, undisturbed[kind]) == (kind, 0)
    _require_whole(run)
    _require_same(run, whole)


def _killed(assessor: Assessor, draw: random.Random, most_events: int) -> int:
    """Kill the run after some events, and the run that goes on with it; return how often it was alive then."""
    kills = 0
    for number in range(KILLS):
        written = _events(assessor.out)
        process = assessor.start(*(["--resume"] if number else []))
        until = written + draw.randrange(1, most_events)
        while _events(assessor.out) < until:
            try:
                process.wait(0.001)
                break
            except subprocess.TimeoutExpired:
                continue
        kills += process.poll() is None
        process.kill()
        process.communicate()
    return kills


def _events(folder: Path) -> int:
    """Return how many events stand in the file of a run, of which the last may be torn."""
    file = folder / "events.jsonl"
    return file.read_bytes().count(b"\n") if file.exists() else 0


def _require_whole(run: Run) -> None:
    """Fail unless the events of all starts hang together, and end once."""
    told = Counter(event["what"] for event in run.events)
    assert (told["start"], told["end"]) == (KILLS + 1, 1)
    assert run.manifest["events_head"]


def _require_same(run: Run, whole: Run) -> None:
    """Fail unless the rows are those of the run that nobody disturbed.

    Of a login whose answer was under way at the moment of a kill nothing is known, and nobody asks again: the row says
    so. What the comparison of all devices makes of that is left out then.
    """
    rows, wanted = run.by_ip, whole.by_ip
    assert set(rows) == set(wanted)
    lost = {ip for ip, row in rows.items() if _why(row).get("CHK-CRED-01") == "already-spent"}
    assert len(lost) <= KILLS
    for ip, row in rows.items():
        if ip not in lost:
            seen, whole_row = (_compared(one, is_fleet=not lost) for one in (row, wanted[ip]))
            assert {key: (seen[key], whole_row[key]) for key in seen if seen[key] != whole_row[key]} == {}, ip


def _why(row: dict[str, Any]) -> dict[str, str]:
    return {one["check"]: one["why"] for one in row["not_assessable"]}


def _compared(row: dict[str, Any], *, is_fleet: bool) -> dict[str, Any]:
    kept = lasting(row)
    # A laboratory signs its devices' certificates anew each time it begins; their keys stay.
    kept["keys"] = {**kept["keys"], "certificates": len(kept["keys"]["certificates"])}
    if is_fleet:
        return kept
    details = [one for one in kept["details"] if one[0] not in FLEET_CHECKS]
    reasons = [one for one in kept["not_assessable"] if one[0] not in FLEET_CHECKS]
    findings = sorted({finding for _, finding, _ in details if finding})
    return {**kept, "details": details, "not_assessable": reasons, "findings": findings}
