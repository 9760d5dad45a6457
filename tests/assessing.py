"""The assessor as a user starts it: an authorisation, the command, and what it leaves in its folders."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from ancam.engines.probing.recording.journal import verified
from ancam.engines.probing.recording.records import digest_of

CONTACT = "danhgia@dongson.example"
OWNER_PASSWORD = "mật khẩu riêng của chủ quản"
# Laboratories answer within a millisecond: what spares real devices only makes a test long.
QUICK = {"connections_per_s": 5000, "per_host_connections": 2, "per_host_per_s": 400}
_networks = count(1)


def a_network(bits: int) -> str:
    """Return a network of loopback that no other test of this machine uses."""
    return f"127.{128 + os.getpid() % 120}.{100 + next(_networks)}.0/{bits}"


def authorisation(*allow: str, **changes: Any) -> dict[str, Any]:
    """Return the content of an authorisation, valid from an hour ago until tomorrow, but for what is given."""
    now = datetime.now(UTC)
    content: dict[str, Any] = {
        "schema": "ancam/authorization/1",
        "document": {
            "number": "31/QĐ-VHĐS",
            "issued_on": "2026-11-02",
            "issuer": "Sở Văn hóa tỉnh Đông Sơn",
            "signer": "Lương Thị Mai",
            "signer_role": "Giám đốc",
        },
        "owner": {"unit": "Sở Văn hóa tỉnh Đông Sơn", "systems": ["Camera bảo tàng"]},
        "assessor": {"unit": "Trung tâm Giám sát Đông Sơn", "person": "Phan Quốc Huy", "contact": CONTACT},
        "valid": {"from": at(now - timedelta(hours=1)), "to": at(now + timedelta(days=1))},
        "allow": list(allow),
        "deny": [],
        "checks": ["discovery", "readonly"],
        "credentials": {"owner": {"username": "audit", "password_env": "ANCAM_OWNER_PASSWORD"}},
        "limits": {**QUICK, "per_host_bytes": 1_000_000, "per_host_s": 15},
        "signatures": [],
    }
    return {**content, **changes}


def at(instant: datetime) -> str:
    """Return an instant as an authorisation has it."""
    return instant.isoformat(timespec="seconds")


@dataclass
class Assessor:
    """A desk with an authorisation, from which `ancam assess` is started. `run` is the folder of the results."""

    folder: Path
    content: dict[str, Any]
    options: tuple[str, ...] = ("--unsigned",)
    settings: dict[str, str] = field(default_factory=dict)
    program: tuple[str, ...] = ("-m", "ancam")
    through: tuple[str, ...] = ()  # what the command is started by

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.write()

    @property
    def file(self) -> Path:
        return self.folder / "AUTH.yaml"

    @property
    def out(self) -> Path:
        return self.folder / "RUN"

    @property
    def state(self) -> Path:
        return self.folder / "data" / "assess"

    def write(self, **changes: Any) -> None:
        """Write the authorisation, with changes."""
        self.content = {**self.content, **changes}
        self.file.write_text(yaml.safe_dump(self.content, allow_unicode=True, sort_keys=False), "utf-8")

    def start(self, *words: str, out: Path | None = None, **options: Any) -> subprocess.Popen[str]:
        """Start the command."""
        # A process whose files may not grow could not write what coverage counts, either.
        left_out = ("ANCAM_", "COVERAGE_") if "preexec_fn" in options else ("ANCAM_",)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
        told = ["assess", "--authorization", str(self.file), "--out", str(out or self.out), *self.options, *words]
        return subprocess.Popen(
            [*self.through, sys.executable, *self.program, *told],
            env={**kept, "ANCAM_DATA": str(self.folder / "data"), **self.settings},
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def ended(self, *words: str, out: Path | None = None, **options: Any) -> subprocess.CompletedProcess[str]:
        """Run the command to its end and return how that was."""
        process = self.start(*words, out=out, **options)
        printed, told = process.communicate(timeout=180)
        return subprocess.CompletedProcess(process.args, process.returncode, printed, told)

    def finishes(self, *words: str, out: Path | None = None) -> "Run":
        """Run to a finished run, whole in all its parts, and return it."""
        ended = self.ended(*words, out=out)
        assert ended.returncode == 0 and not ended.stderr, ended.stderr[-3000:]
        run = Run(out or self.out)
        run.check()
        return run

    def refused(self, *words: str, out: Path | None = None) -> str:
        """Run to a refusal and return its sentence; no event may have been written since before."""
        events = (out or self.out) / "events.jsonl"
        before = events.read_bytes() if events.exists() else b""
        ended = self.ended(*words, out=out)
        assert ended.returncode == 2, ended
        assert ended.stdout == ""
        assert ended.stderr.count("\n") == 1, ended.stderr
        assert (events.read_bytes() if events.exists() else b"") == before
        return ended.stderr

    def written(self) -> bytes:
        """Return everything that is in any file of this desk but the authorisation."""
        files = [path for path in self.folder.rglob("*") if path.is_file() and path != self.file]
        return b"\n".join(path.read_bytes() for path in files)


@dataclass(frozen=True)
class Run:
    """The folder of a run."""

    folder: Path

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in (self.folder / "hosts.jsonl").read_text("utf-8").splitlines()]

    @property
    def by_ip(self) -> dict[str, dict[str, Any]]:
        return {row["ip"]: row for row in self.rows}

    @property
    def events(self) -> list[dict[str, Any]]:
        """The events, each proven to follow the one before."""
        return list(verified(self.folder / "events.jsonl"))

    @property
    def summary(self) -> dict[str, Any]:
        return dict(json.loads((self.folder / "summary.json").read_text("utf-8")))

    @property
    def manifest(self) -> dict[str, Any]:
        return dict(json.loads((self.folder / "manifest.json").read_text("utf-8")))

    def check(self) -> None:
        """Fail unless the manifest's digests are those of the files and no device stands twice."""
        manifest = self.manifest
        assert set(manifest["digests"]) == {"hosts.jsonl", "events.jsonl", "summary.json"}
        for name, digest in manifest["digests"].items():
            assert digest_of(self.folder / name) == digest, name
        assert self.events[-1]["what"] == "end"
        addresses = [row["ip"] for row in self.rows]
        assert len(addresses) == len(set(addresses))

    def written(self) -> bytes:
        """Return the events as they stand, while they are written."""
        return (self.folder / "events.jsonl").read_bytes()

    def check_against(self, other: "Run") -> dict[str, Any]:
        """Return in what the rows differ from another run's, by address: nothing when both saw the same."""
        mine, others = self.by_ip, other.by_ip
        assert set(mine) == set(others)
        compared = {ip: (lasting(mine[ip]), lasting(others[ip])) for ip in mine}
        return {
            ip: {key: (one[key], two[key]) for key in two if one[key] != two[key]}
            for ip, (one, two) in compared.items()
            if one != two
        }

    def connections_by_ip(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for event in self.events:
            if event["what"] == "connect":
                found[event["ip"]] = found.get(event["ip"], 0) + 1
        return found


def lasting(row: dict[str, Any]) -> dict[str, Any]:
    """Return what a row says of the device, without what the moment and the wording of evidence change."""
    passing = {"first_seen", "last_seen", "connections", "bytes_in", "identity", "details", "not_assessable", "keys"}
    kept = {key: value for key, value in row.items() if key not in passing}
    keys = {key: value for key, value in row["keys"].items() if key != "clock_offset_s"}
    details = sorted((one["check"], one["finding"] or "", one["verdict"]) for one in row["details"])
    reasons = sorted((one["check"], one["why"]) for one in row["not_assessable"])
    return {**kept, "keys": keys, "details": details, "not_assessable": reasons}
