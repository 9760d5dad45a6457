"""`ancam lab` and `ancam assess` as the commands they are: started, waited for, and what they left read back."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ancam.cli.lab import OWNER_PASSWORD_ENV

READ_ONLY = ("discovery", "readonly")
# No rate of the file holds the bench back; what a device gets is what may be signed at most.
CONNECTIONS_PER_S = 30_000
PER_HOST_PER_S = 40
_ANCAM = (sys.executable, "-m", "ancam")
_OWNER_PASSWORD = "owner-of-the-bench"  # noqa: S105 - opens nothing but the bench's own devices
_STOPS_WITHIN_S = 30


@dataclass(frozen=True, slots=True)
class Laboratory:
    """A laboratory that runs. `namespace`: where it is assessed from, empty for the machine's own network."""

    folder: Path
    namespace: str

    @property
    def truth(self) -> dict[str, dict[str, Any]]:
        """What is true of each device, by address."""
        devices = json.loads((self.folder / "truth.json").read_bytes())["devices"]
        return {row["ip"]: row for row in devices}

    @property
    def harm(self) -> dict[str, Any]:
        """What was done to the devices; there once the laboratory has stopped."""
        return dict(json.loads((self.folder / "harm.json").read_bytes()))

    def inside(self, command: Sequence[str]) -> list[str]:
        """Return a command so that it reaches the devices."""
        return ["ip", "netns", "exec", self.namespace, *command] if self.namespace else list(command)


@dataclass(frozen=True, slots=True)
class Run:
    """A finished assessment: its rows by address, its summary, the whole process's time, processor and memory."""

    folder: Path
    rows: dict[str, dict[str, Any]]
    summary: dict[str, Any]
    wall_s: float
    cpu_s: float
    most_memory_mb: float

    @property
    def costs(self) -> dict[str, Any]:
        """What the assessor says that it cost."""
        return dict(self.summary["costs"])


@contextmanager
def laboratory(folder: Path, network: str, devices: int, seed: int, *, namespace: str = "") -> Iterator[Laboratory]:
    """Run a laboratory while the context is entered; its harm is read afterwards."""
    folder.mkdir(parents=True)
    words = {"network": network, "devices": devices, "seed": seed, "truth": folder / "truth.json"}
    words |= {"harm": folder / "harm.json", "authorization": folder / "authorisation.yaml"}
    words |= {"namespace": namespace} if namespace else {}
    command = [*_ANCAM, "lab", *(f"--{name}={value}" for name, value in words.items())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=_environment(folder)) as process:
        assert process.stdout is not None
        try:
            if not process.stdout.readline():
                raise RuntimeError("the laboratory did not start")
            yield Laboratory(folder, namespace)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(_STOPS_WITHIN_S)


def assess(
    lab: Laboratory,
    name: str,
    *,
    modes: Sequence[str] = READ_ONLY,
    connections_per_s: int = CONNECTIONS_PER_S,
    state: Path | None = None,
) -> Run:
    """Assess all of a laboratory's network and return the finished run; `name` is its folder in the laboratory's.

    state: what is kept across runs, one of its own when None.
    """
    folder = lab.folder / name
    authorisation = yaml.safe_load((lab.folder / "authorisation.yaml").read_bytes())
    authorisation["checks"] = list(modes)
    authorisation["limits"] |= {"connections_per_s": connections_per_s, "per_host_per_s": PER_HOST_PER_S}
    paper = lab.folder / f"{name}.yaml"
    paper.write_text(yaml.safe_dump(authorisation, allow_unicode=True, sort_keys=False), "utf-8")
    kept = state or lab.folder / f"{name}-state"
    words = ["assess", "--unsigned", f"--authorization={paper}", f"--out={folder}", f"--state={kept}"]
    began = time.perf_counter()
    with subprocess.Popen(lab.inside([*_ANCAM, *words]), stdout=subprocess.DEVNULL, env=_environment(kept)) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall_s = time.perf_counter() - began
    assert process.returncode == 0, f"ancam assess: {process.returncode}"
    summary = json.loads((folder / "summary.json").read_bytes())
    return Run(folder, rows_of(folder), summary, wall_s, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def rows_of(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the rows of a finished run by address."""
    with (folder / "hosts.jsonl").open(encoding="utf-8") as file:
        return {row["ip"]: row for row in map(json.loads, file)}


def events_of(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield what a run wrote down of everything it sent."""
    with (folder / "events.jsonl").open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _environment(data: Path) -> dict[str, str]:
    return {**os.environ, "ANCAM_DATA": str(data), OWNER_PASSWORD_ENV: _OWNER_PASSWORD}
