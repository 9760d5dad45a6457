"""What the devices of one run say together: shared keys and logins, clocks that disagree, change since the last run."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from ancam.engines.probing.detail import Detail, NotAssessable
from ancam.engines.probing.judging.answers import Seen, fails, possible
from ancam.engines.probing.judging.clock import SKEW_S
from ancam.engines.probing.judging.registry import checks, detail_of

FLEET_CHECKS = ("CHK-TLS-07", "CHK-SSH-03", "CHK-CRED-02")
FLEET_FINDINGS = frozenset({"tls_shared_key", "ssh_shared_key", "default_credential_shared"})
MASS_CHANGE = 0.2
MIN_CLOCKS = 3


@dataclass(frozen=True, slots=True)
class FleetRow:
    """One device of a run, as far as devices are compared. Digests are SHA-256 in hex.

    is_complete: it was asked everything; what is missing of one that was not is no change.
    """

    ip: str
    is_camera: bool
    vendor: str = ""
    model: str = ""
    firmware: str = ""
    serial: str = ""
    mac: str = ""
    tls_keys: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()
    ssh_keys: tuple[str, ...] = ()
    login_accepted: bool = False
    clock_offset_s: float | None = None
    findings: tuple[str, ...] = ()
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Several devices that share something. kind: tls-key, certificate, ssh-key, default-login or clock-off-median."""

    kind: str
    ips: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the last run, as addresses of now, of then for those gone. share: of all devices of both."""

    gone: tuple[str, ...]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    share: float

    @property
    def is_mass(self) -> bool:
        """Whether more than a fifth of the devices changed."""
        return self.share > MASS_CHANGE


@dataclass(frozen=True, slots=True)
class FleetJudgement:
    """What is said of each device, by address, in answer to `FLEET_CHECKS`, and of the fleet.

    clock_median_s: None below three clocks. changes: None without a last run.
    """

    details: Mapping[str, tuple[Detail, ...]]
    not_assessable: Mapping[str, tuple[NotAssessable, ...]]
    groups: tuple[Group, ...]
    clock_median_s: float | None
    changes: Changes | None


def row_from(record: Mapping[str, Any]) -> FleetRow:
    """Return a row from a line of hosts.jsonl; `keys` of it holds tls, certificates, ssh and clock_offset_s."""
    keys = record.get("keys", {})
    findings = tuple(record["findings"])
    return FleetRow(
        ip=record["ip"],
        is_camera=record["is_camera"],
        vendor=record["vendor"],
        model=record["model"],
        firmware=record["firmware"],
        serial=record["serial"],
        mac=record["mac"],
        tls_keys=tuple(keys.get("tls", ())),
        certificates=tuple(keys.get("certificates", ())),
        ssh_keys=tuple(keys.get("ssh", ())),
        login_accepted="default_credential" in findings,
        clock_offset_s=keys.get("clock_offset_s"),
        findings=findings,
        is_complete=record["complete"],
    )


def judge_fleet(
    rows: Iterable[FleetRow],
    *,
    modes: frozenset[str],
    is_exposed: Callable[[str], bool],
    previous: Iterable[FleetRow] | None = None,
) -> FleetJudgement:
    """Return what the cameras among the rows say together; `previous` are the rows of the run before.

    is_exposed: whether an address was reached from the Internet. A shared key is proven among devices of one maker;
    among several makers it may be a gateway in front of them, so it is said and not called a failure.
    """
    cameras = [row for row in rows if row.is_camera]
    answers: dict[str, dict[str, Seen]] = {row.ip: {} for row in cameras}
    groups: list[Group] = []
    for check, kind, finding, keys_of in _COMPARISONS:
        for group, seen in _shared(cameras, kind, finding, keys_of):
            groups.append(group)
            for ip in group.ips:
                answers[ip].setdefault(check, seen)
    groups.extend(group for group, _ in _shared(cameras, "certificate", "tls_shared_key", lambda row: row.certificates))
    middle, off = _clocks(cameras)
    groups.extend(off)
    return FleetJudgement(
        details={ip: _details(seen, is_exposed(ip), modes) for ip, seen in answers.items()},
        not_assessable=_unanswered(cameras, answers, modes),
        groups=tuple(groups),
        clock_median_s=middle,
        changes=None if previous is None else compare(cameras, [row for row in previous if row.is_camera]),
    )


def _login_key(row: FleetRow) -> tuple[str, ...]:
    return (f"{row.vendor} {row.model}".strip(),) if row.login_accepted and row.model else ()


_COMPARISONS: tuple[tuple[str, str, str, Callable[[FleetRow], tuple[str, ...]]], ...] = (
    ("CHK-TLS-07", "tls-key", "tls_shared_key", lambda row: row.tls_keys),
    ("CHK-SSH-03", "ssh-key", "ssh_shared_key", lambda row: row.ssh_keys),
    ("CHK-CRED-02", "default-login", "default_credential_shared", _login_key),
)
_WORDS = {
    "tls-key": "cùng một khóa TLS",
    "ssh-key": "cùng một khóa máy chủ SSH",
    "default-login": "cùng nhận đăng nhập mặc định",
    "certificate": "cùng một chứng thư",
}


def _shared(
    cameras: Sequence[FleetRow], kind: str, finding: str, keys_of: Callable[[FleetRow], tuple[str, ...]]
) -> list[tuple[Group, Seen]]:
    """Return the groups of at least two devices that share a key; one device at two addresses is one device."""
    holders: dict[str, list[FleetRow]] = defaultdict(list)
    for row in cameras:
        for key in keys_of(row):
            holders[key].append(row)
    found = []
    for key, members in sorted(holders.items()):
        devices = {row.serial or row.mac or row.ip for row in members}
        if len(devices) < 2:
            continue
        makers = {row.vendor for row in members if row.vendor}
        shown = key if kind == "default-login" else f"SHA-256 {key[:16]}…"
        evidence = f"{len(devices)} thiết bị {_WORDS[kind]}: {shown}"
        group = Group(kind, tuple(sorted(row.ip for row in members)), evidence)
        if len(makers) > 1:
            found.append((group, possible(finding, f"{evidence}; nhiều hãng, có thể là cửa ngõ dùng chung", 0.6)))
        else:
            found.append((group, fails(finding, evidence, 0.97)))
    return found


def _details(answers: Mapping[str, Seen], is_exposed: bool, modes: frozenset[str]) -> tuple[Detail, ...]:
    return tuple(
        detail_of(check, answers[check.id], is_exposed=is_exposed)
        for check in checks()
        if check.id in answers and _is_permitted(check.mode, modes)
    )


def _is_permitted(mode: str, modes: frozenset[str]) -> bool:
    return mode == "passive" or mode in modes


def _unanswered(
    cameras: Sequence[FleetRow], answers: Mapping[str, Mapping[str, Seen]], modes: frozenset[str]
) -> dict[str, tuple[NotAssessable, ...]]:
    mode_of = {check.id: check.mode for check in checks()}
    found: dict[str, list[NotAssessable]] = {row.ip: [] for row in cameras}
    for check, _, _, keys_of in _COMPARISONS:
        told = {row.ip for row in cameras if keys_of(row)}
        for row in cameras:
            if not _is_permitted(mode_of[check], modes):
                found[row.ip].append(NotAssessable(check, "mode-not-authorised"))
            elif check not in answers[row.ip]:
                why = "not-told" if row.ip not in told else "not-seen" if len(told) > 1 else "one-device"
                found[row.ip].append(NotAssessable(check, why))
    return {ip: tuple(reasons) for ip, reasons in found.items()}


def _clocks(cameras: Sequence[FleetRow]) -> tuple[float | None, list[Group]]:
    """Return the median clock, and the devices that are off it by more than a minute."""
    read = [(row.ip, row.clock_offset_s) for row in cameras if row.clock_offset_s is not None]
    if len(read) < MIN_CLOCKS:
        return None, []
    middle = float(median(offset for _, offset in read))
    off = tuple(sorted(ip for ip, offset in read if abs(offset - middle) > SKEW_S))
    evidence = f"{len(off)} thiết bị lệch quá {SKEW_S} s so với trung vị của đợt ({middle:.0f} s)"
    return middle, [Group("clock-off-median", off, evidence)] if off else []


def compare(now: Sequence[FleetRow], before: Sequence[FleetRow]) -> Changes:
    """Return what changed between two runs.

    A device is known again by its serial, else its MAC, else its address; at an address where another serial or MAC
    answers now, another device stands.
    """
    here, then = {row.ip: row for row in now}, {row.ip: row for row in before}
    changed = []
    for key_of in (lambda row: row.serial, lambda row: row.mac, lambda row: row.ip):
        for row, old in _pairs(here.values(), then.values(), key_of):
            del here[row.ip], then[old.ip]
            if row.is_complete and old.is_complete and _looks(row) != _looks(old):
                changed.append(row.ip)
    devices = len(now) + len(then)
    share = (len(then) + len(here) + len(changed)) / devices if devices else 0.0
    return Changes(tuple(sorted(then)), tuple(sorted(here)), tuple(sorted(changed)), share)


def _pairs(
    here: Collection[FleetRow], then: Collection[FleetRow], key_of: Callable[[FleetRow], str]
) -> list[tuple[FleetRow, FleetRow]]:
    """Return the rows of two runs that one key joins; a key that several devices claim joins none of them."""
    known, old = _by_key(here, key_of), _by_key(then, key_of)
    both = [(known[key], old[key]) for key in known.keys() & old.keys()]
    return [(row, other) for row, other in both if not _contradict(row, other)]


def _by_key(rows: Collection[FleetRow], key_of: Callable[[FleetRow], str]) -> dict[str, FleetRow]:
    claims = Counter(key_of(row) for row in rows)
    return {key_of(row): row for row in rows if key_of(row) and claims[key_of(row)] == 1}


def _contradict(row: FleetRow, other: FleetRow) -> bool:
    if row.serial and other.serial:
        return row.serial != other.serial
    return bool(row.mac and other.mac) and row.mac != other.mac


def _looks(row: FleetRow) -> tuple[str, str, frozenset[str]]:
    """Return what makes a device another one; what only its neighbours gave it is no change of its own."""
    return row.model, row.firmware, frozenset(row.findings) - FLEET_FINDINGS
