"""Which devices stand where: chosen by chance that can be repeated."""

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_network
from typing import Any

from ancam.engines.probing.lab.devices import GROUPS, DeviceKind, Firmware, Model, kind_of, kinds, sites
from ancam.engines.probing.lab.errors import NetworkTooSmall, UnknownKind
from ancam.engines.probing.lab.ports import KNOWN_TCP
from ancam.engines.probing.lab.postures import (
    SETTINGS,
    UNREADABLE_WEB,
    Ftp,
    Lockout,
    Manner,
    Onvif,
    Password,
    Posture,
    Proof,
    Snmp,
    Ssh,
    Stream,
    Telnet,
    Tls,
    Web,
)

# Of the devices of a laboratory, the share of each group when several are asked for.
_SHARES = {"cameras": 0.70, "decoys": 0.22, "traps": 0.08}

_AWAY = "203.0.113.77"  # a documentation address: where hostile devices point to
_AWAY_NAME = "elsewhere.example"


@dataclass(frozen=True, slots=True)
class Placed:
    """One device at its address. `mark` is a number of its own, from which its serial and hardware address come."""

    ip: str
    kind: DeviceKind
    model: Model
    posture: Posture
    mark: int
    away: str = _AWAY
    away_name: str = _AWAY_NAME

    @property
    def firmware(self) -> Firmware:
        """The firmware that it runs."""
        return self.model.old if self.posture.old_firmware else self.model.current

    @property
    def tcp(self) -> dict[int, str]:
        """Its open TCP ports and what stands behind each, as its posture leaves them."""
        unused = {Web.HTTP: "web-tls", Web.HTTPS: "web"}.get(self.posture.web)
        found = {port: service for port, service in self.kind.tcp.items() if service != unused}
        if self.posture.ftp is not Ftp.NONE:
            found[21] = "ftp"
        if self.posture.ssh is not Ssh.NONE:
            found[22] = "ssh"
        if self.posture.telnet is not Telnet.NONE:
            found[23] = "telnet"
        if self.kind.open_everywhere:
            found |= {port: "mute" for port in KNOWN_TCP}
        return dict(sorted(found.items()))

    @property
    def udp(self) -> dict[int, str]:
        """Its UDP ports that answer somebody, and the protocol of each."""
        found = dict(self.kind.udp)
        if self.posture.snmp is not Snmp.NONE:
            found[161] = "snmp"
        return dict(sorted(found.items()))

    @property
    def silent_tcp(self) -> list[int]:
        """The TCP ports on which it drops what comes."""
        return [port for port in KNOWN_TCP if self.kind.drops_rest and port not in self.tcp]

    @property
    def mac(self) -> str:
        """Its hardware address."""
        tail = f"{self.mark & 0xFFFFFF:06X}"
        return f"{self.kind.mac_prefix}:{tail[:2]}:{tail[2:4]}:{tail[4:]}"


def place(ip: str, kind: str, *, mark: int = 1, model: int = 0, **posture: Any) -> Placed:
    """Return one device of a kind with the posture that the kind always has and the given one over it."""
    found = kind_of(kind)
    return Placed(ip, found, found.models[model], posture_of(found, posture), mark)


def posture_of(kind: DeviceKind, chosen: Mapping[str, Any]) -> Posture:
    """Return the posture of a kind, from plain words."""
    told = {**kind.always, **chosen}
    return replace(Posture(), **{name: _WORDS.get(name, _same)(value) for name, value in told.items()})


def plan(network: str, count: int, seed: int, *, mix: Iterable[str] = GROUPS) -> list[Placed]:
    """Return `count` devices on addresses of `network` (CIDR), the same for the same seed.

    mix: groups ("cameras", "decoys", "traps") or ids of kinds. Every kind asked for comes once before any comes twice,
    while there is room. Raises UnknownKind, NetworkTooSmall.
    """
    whole = ip_network(network)
    first, last = (0, whole.num_addresses) if whole.num_addresses <= 2 else (1, whole.num_addresses - 1)
    if count > last - first:
        raise NetworkTooSmall(network=network, count=count)
    draw = random.Random(seed)  # noqa: S311 - a layout that can be repeated, no secret
    chosen = _kinds_for(list(mix), count, draw)
    addresses = sorted(draw.sample(range(first, last), count))
    draw.shuffle(chosen)
    marks = draw.sample(range(1, 0xFFFFFF), count)
    return [
        Placed(str(whole[address]), kind, draw.choice(kind.models), _drawn_posture(kind, draw, mark), mark)
        for address, kind, mark in zip(addresses, chosen, marks, strict=True)
    ]


def _kinds_for(mix: list[str], count: int, draw: random.Random) -> list[DeviceKind]:
    groups = [name for name in mix if name in GROUPS]
    named = [name for name in mix if name not in GROUPS]
    for name in named:
        if name not in kinds():
            raise UnknownKind(name=name, known=", ".join([*GROUPS, *kinds()]))
    weights = {name: _SHARES[name] for name in groups} | ({"": 1.0} if named else {})
    members = {name: [kind for kind in kinds().values() if kind.group == name] for name in groups}
    members |= {"": [kind_of(name) for name in named]}
    chosen: list[DeviceKind] = []
    for name, weight in weights.items():
        share = round(count * weight / sum(weights.values()))
        chosen += _spread(members[name], share, draw)
    return (chosen + _spread(members[next(iter(weights))], count, draw))[:count]


def _spread(members: list[DeviceKind], count: int, draw: random.Random) -> list[DeviceKind]:
    drawn: list[DeviceKind] = []
    while len(drawn) < count:
        drawn += draw.sample(members, len(members))
    return drawn[:count]


def _drawn_posture(kind: DeviceKind, draw: random.Random, mark: int) -> Posture:
    chosen: dict[str, Any] = {}
    for name in kind.varies:
        usual, others, chance = _CHOICES[name]
        chosen[name] = draw.choice(others) if draw.random() < chance else usual
    # Only makers that say so before a login can be not activated, or warn of few attempts.
    if chosen.get("password") == "not-activated" and not {"sadp", "dahua"} & set(kind.udp.values()):
        chosen["password"] = "default"  # noqa: S105 - a word of a posture
    if chosen.get("lockout") == "few-left" and "<<retries>>" not in sites()[kind.site].refusal:
        chosen["lockout"] = "after-five"
    # A camera whose pages cannot be read must be known by something else.
    if chosen.get("manner") in UNREADABLE_WEB and not kind.udp:
        chosen["manner"] = "plain"
    # Of a chance of its own: what else is drawn stays as it is.
    own = random.Random(mark)  # noqa: S311 - a layout that can be repeated, no secret
    chosen["settings"] = tuple(name for name in SETTINGS if own.random() < 0.5)
    return posture_of(kind, chosen)


def _same(value: Any) -> Any:
    return value


_WORDS: dict[str, Callable[[Any], Any]] = {
    "password": Password,
    "lockout": Lockout,
    "stream": Stream,
    "onvif": Onvif,
    "web": Web,
    "tls": Tls,
    "proof": Proof,
    "ssh": Ssh,
    "telnet": Telnet,
    "ftp": Ftp,
    "snmp": Snmp,
    "manner": Manner,
}

# Field: (what most devices have, what some have, the share of those).
_CHOICES: dict[str, tuple[Any, list[Any], float]] = {
    "password": ("set", ["default", "default", "not-activated"], 0.3),
    "lockout": ("after-five", ["none", "few-left"], 0.3),
    "stream": ("digest", ["open", "basic", "wrong-path-open"], 0.35),
    "onvif": ("guarded", ["open", "media-open"], 0.25),
    "web": ("http", ["https", "redirect", "both"], 0.5),
    "tls": ("modern", ["tolerant", "legacy", "weak-cipher", "no-forward-secrecy"], 0.4),
    "proof": (
        "self-signed",
        ["lab-ca", "expired", "not-yet", "weak-rsa", "sha1", "shared-key", "default-name"],
        0.6,
    ),
    "ssh": ("none", ["own-key", "shared-key", "weak"], 0.25),
    "telnet": ("none", ["login", "login", "shell"], 0.2),
    "ftp": ("none", ["login", "anonymous"], 0.4),
    "snmp": ("none", ["public", "public", "own-community"], 0.4),
    "snapshot_open": (False, [True], 0.2),
    "mjpeg_open": (False, [True], 0.1),
    "config_open": (False, [True], 0.12),
    "backup_open": (False, [True], 0.08),
    "recordings_open": (False, [True], 0.1),
    "old_firmware": (False, [True], 0.5),
    "clock_off_s": (0, [-7 * 3600, 3 * 3600, -400 * 86400], 0.2),
    "manner": (
        "plain",
        [
            "head-differs",
            "redirects-away",
            "names-elsewhere",
            "one-request",
            "fragile",
            "xml-bomb",
            "huge-head",
            "dribble",
        ],
        0.3,
    ),
}
