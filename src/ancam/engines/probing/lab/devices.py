"""The closed set of kinds of devices, read from `devices.yaml` and `sites.yaml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ancam.engines.probing.lab.errors import UnknownKind

GROUPS = ("cameras", "decoys", "traps")
_GAP = re.compile(r"<<(\w+)>>")


def filled(template: str, values: Mapping[str, str]) -> str:
    """Return a template with each `<<name>>` replaced by its value; an unknown name is a defect of the data."""
    return _GAP.sub(lambda gap: values[gap[1]], template)


@dataclass(frozen=True, slots=True)
class Firmware:
    """One firmware: as the maker writes it, what is true of it, and how protocols spell it (`forms`)."""

    text: str
    findings: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()
    forms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Model:
    """One model with a firmware of long ago and a current one; the same when there is only one."""

    name: str
    old: Firmware
    current: Firmware


@dataclass(frozen=True, slots=True)
class Route:
    """One page of a site.

    target: path, with the query where the query decides. guard: "open", "login", or the posture's word that opens it
    ("snapshot", "config", …). shows: finding ids that hold when anybody can read it. tells: fields of the identity that
    it gives away, at `grade`. setting: one of SETTINGS that it tells whoever may read it. picture: its body is
    a picture or a stream of them. action: what a POST to it does.
    """

    target: str
    status: int = 200
    type: str = "text/html"
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    guard: str = "open"
    shows: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    grade: str = "C"
    setting: str = ""
    picture: bool = False
    action: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """A maker's web pages.

    unknown: how a path that is none is answered: "404", "login" or "home". refusal: the body for whoever may not read a
    page, with refusal_status when it is not the usual one. ranges: whether a part of a picture can be asked for.
    """

    routes: tuple[Route, ...]
    headers: tuple[tuple[str, str], ...] = ()
    unknown: str = "404"
    refusal: str = ""
    refusal_status: int = 0
    keeps_alive: bool = True
    dated: bool = True
    ranges: bool = True
    obsolete: bool = False


@dataclass(frozen=True, slots=True)
class Login:
    """How a device asks who is there: "digest", "basic" or "form".

    default: the documented name and password. query: the names under which a page's address may carry a login.
    tells: fields of the identity that the realm gives away.
    """

    scheme: str = "digest"
    realm: str = "IP Camera"
    algorithms: tuple[str, ...] = ("MD5",)
    default: tuple[str, str] | None = None
    query: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rtsp:
    """The RTSP service.

    unknown: the status for a path without a stream when the streams are guarded. discloses: where it gives away a
    model, a serial or a version: "server", "realm" (which only a refusal shows), or nowhere.
    """

    paths: tuple[str, ...] = ()
    server: str = ""
    realm: str = "IP Camera"
    schemes: tuple[str, ...] = ("digest",)
    unknown: int = 404
    has_audio: bool = False
    discloses: str = ""


@dataclass(frozen=True, slots=True)
class OnvifService:
    """The ONVIF services; `name` is the scope's, empty where there are none. refuses: "fault" (SOAP), "401" (HTTP)."""

    manufacturer: str = ""
    name: str = ""
    device_path: str = "/onvif/device_service"
    media_path: str = "/onvif/media_service"
    refuses: str = "fault"
    is_default_name: bool = False
    stream_path: str = ""
    snapshot_path: str = ""


@dataclass(frozen=True, slots=True)
class DeviceKind:
    """A kind of device as it leaves its maker.

    tcp: port → service ("web", "web-tls", "onvif", "rtsp", "vendor", "mute", …). udp: port → discovery protocol.
    vendor_ports, service_ports: of `tcp`, those that are vendor_port_exposed or vendor_service_open.
    drops_rest: a port that is not open never answers. open_everywhere: every port accepts.
    always: posture fields that this kind always has; varies: those that a laboratory may choose.
    also_vendor: other names by which the platform's maker is rightly called.
    said: what discovery protocols say, by protocol, as templates.
    """

    id: str
    group: str
    is_camera: bool
    kind: str
    vendor: str
    models: tuple[Model, ...]
    brand: str = ""
    also_vendor: tuple[str, ...] = ()
    mac_prefix: str = "02:00:00"
    serial: str = ""
    tcp: Mapping[int, str] = field(default_factory=dict)
    udp: Mapping[int, str] = field(default_factory=dict)
    vendor_ports: tuple[int, ...] = ()
    service_ports: tuple[int, ...] = ()
    undecided: tuple[str, ...] = ()
    drops_rest: bool = False
    open_everywhere: bool = False
    site: str = ""
    login: Login = field(default_factory=Login)
    rtsp: Rtsp = field(default_factory=Rtsp)
    onvif: OnvifService = field(default_factory=OnvifService)
    said: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    certificate_name: str = "<<ip>>"
    default_certificate_name: str = "localhost"
    telnet_greeting: str = "(none) login: "
    ftp_greeting: str = "220 FTP server ready."
    ssh_version: str = "SSH-2.0-dropbear_2022.83"
    always: Mapping[str, Any] = field(default_factory=dict)
    varies: tuple[str, ...] = ()


@cache
def kinds() -> Mapping[str, DeviceKind]:
    """Return all kinds by id, in the order of the file."""
    return {row["id"]: _kind(row) for row in _read("devices.yaml")["kinds"]}


@cache
def sites() -> Mapping[str, Site]:
    """Return all sites by id."""
    return {row["id"]: _site(row) for row in _read("sites.yaml")["sites"]}


def kind_of(name: str) -> DeviceKind:
    """Return one kind; raises UnknownKind."""
    if name not in kinds():
        raise UnknownKind(name=name, known=", ".join(kinds()))
    return kinds()[name]


def _read(name: str) -> Any:
    return yaml.safe_load(files("ancam.engines.probing.lab").joinpath(name).read_text("utf-8"))


def _kind(row: dict[str, Any]) -> DeviceKind:
    whole = dict(row)
    whole["models"] = tuple(_model(one) for one in row["models"])
    whole["login"] = Login(**_with_tuples(row.get("login", {})))
    whole["rtsp"] = Rtsp(**_with_tuples(row.get("rtsp", {})))
    whole["onvif"] = OnvifService(**row.get("onvif", {}))
    return DeviceKind(**_with_tuples(whole))


def _model(row: dict[str, Any]) -> Model:
    old = Firmware(**_with_tuples(row["old"]))
    return Model(
        name=row["name"], old=old, current=Firmware(**_with_tuples(row["current"])) if "current" in row else old
    )


def _site(row: dict[str, Any]) -> Site:
    whole = {name: value for name, value in row.items() if name != "id"}
    whole["routes"] = tuple(Route(**_with_pairs(one)) for one in row["routes"])
    return Site(**_with_pairs(whole))


def _with_pairs(row: dict[str, Any]) -> dict[str, Any]:
    headers = tuple((str(name), str(value)) for name, value in row.get("headers", {}).items())
    return _with_tuples({**row, "headers": headers})


def _with_tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
