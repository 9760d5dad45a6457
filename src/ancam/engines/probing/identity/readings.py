"""Model, firmware, serial number and hardware address, as a device's answers say them, each with its grade."""

import re
from collections.abc import Iterator, Mapping

from ancam.engines.probing.detail import Evidence, Grade
from ancam.engines.probing.facts import Ask, HostFacts, SoapKind
from ancam.engines.probing.identity import normal
from ancam.engines.probing.identity.clues import DOCUMENTED, EXCERPT_LIMIT, Clue, descriptions, scopes_of
from ancam.engines.probing.identity.leaves import leaves
from ancam.engines.probing.wire.text import clean

READING_LIMIT = 120
# What a protocol calls each field; the first that is there counts.
_DISCOVERY: dict[str, dict[str, tuple[str, ...]]] = {
    "sadp": {"model": ("devicedescription",), "firmware": ("softwareversion",), "serial": ("devicesn",)},
    "dahua": {"model": ("devicetype",), "firmware": ("version",), "serial": ("serialno",)},
    "xm": {
        "model": ("devicemodel", "hardware"),
        "firmware": ("version", "softwareversion"),
        "serial": ("sn", "serialno"),
    },
    "tapo": {"model": ("device_model",), "firmware": ("firmware", "fw_ver", "firmware_version"), "serial": ()},
    "ubiquiti": {"model": ("model", "platform"), "firmware": ("firmware", "version"), "serial": ("serial",)},
}
_HARDWARE_ADDRESSES = ("mac", "macaddress", "hwaddr", "hwaddress", "connectedmacaddress")
_ONVIF = {"model": "model", "firmwareversion": "firmware", "serialnumber": "serial", "hwaddress": "mac"}
# Documented answers by the beginning of their path: how they name the fields, the best name first.
_DOCUMENTED: tuple[tuple[str, str, dict[str, tuple[str, ...]]], ...] = (
    (
        "/ISAPI/System/deviceInfo",
        "isapi",
        {"model": ("model",), "firmware": ("firmwareversion",), "serial": ("serialnumber",), "mac": ("macaddress",)},
    ),
    (
        "/cgi-bin/magicBox.cgi",
        "http",
        {"model": ("devicetype", "type"), "firmware": ("version",), "serial": ("serialnumber", "sn")},
    ),
    (
        "/axis-cgi/basicdeviceinfo.cgi",
        "http",
        {"model": ("prodnbr",), "firmware": ("version",), "serial": ("serialnumber",), "mac": ("serialnumber",)},
    ),
    (
        "/axis-cgi/param.cgi",
        "http",
        {
            "model": ("root.brand.prodnbr",),
            "firmware": ("root.properties.firmware.version",),
            "serial": ("root.properties.system.serialnumber",),
            "mac": ("root.properties.system.serialnumber",),
        },
    ),
    (
        "/stw-cgi/system.cgi",
        "http",
        {
            "model": ("model",),
            "firmware": ("firmwareversion",),
            "mac": ("connectedmacaddress",),
            "serial": ("serialnumber",),
        },
    ),
    (
        "/LAPI/",
        "http",
        {"model": ("devicemodel",), "firmware": ("firmwareversion",), "serial": ("serialnumber",), "mac": ("mac",)},
    ),
    (
        "/cgi-bin/viewer/getparam.cgi",
        "http",
        {
            "model": ("system_info_modelname",),
            "firmware": ("system_info_firmwareversion",),
            "serial": ("system_info_serialnumber",),
        },
    ),
    (
        "/cgi-bin/admin/getparam.cgi",
        "http",
        {
            "model": ("system_info_modelname",),
            "firmware": ("system_info_firmwareversion",),
            "serial": ("system_info_serialnumber",),
        },
    ),
    (
        "/cgi-bin/CGIProxy.fcgi",
        "http",
        {"model": ("productname",), "firmware": ("firmwarever",), "serial": ("serialno",), "mac": ("mac",)},
    ),
    ("/cgi-bin/api.cgi", "http", {"model": ("model",), "firmware": ("firmver",), "serial": ("serial",)}),
    ("/api.cgi", "http", {"model": ("model",), "firmware": ("firmver",), "serial": ("serial",)}),
    ("/common/info.cgi", "http", {"model": ("model",), "firmware": ("version",), "mac": ("macaddr",)}),
    ("/web/cgi-bin/hi3510/param.cgi", "http", {"model": ("model",), "firmware": ("softversion",)}),
    ("/cgi-bin/hi3510/param.cgi", "http", {"model": ("model",), "firmware": ("softversion",)}),
    ("/param.cgi", "http", {"model": ("model",), "firmware": ("softversion",)}),
    ("/get_status.cgi", "http", {"firmware": ("sys_ver",), "serial": ("deviceid",), "mac": ("id",)}),
    (
        "/cgi-bin/nobody/Machine.cgi",
        "http",
        {"model": ("product.type",), "firmware": ("firmware.version",), "mac": ("macaddress",)},
    ),
    ("/cgi-bin/getinfo", "http", {"model": ("model",), "firmware": ("version",), "mac": ("mac",)}),
    ("/goform/config", "http", {"model": ("product_model",), "firmware": ("system_version",)}),
    ("/cgi-bin/operator/operator.cgi", "http", {"model": ("model",), "firmware": ("firmwareversion",)}),
    ("/rcp.xml?command=0x002f", "http", {"firmware": ("str",)}),
    ("/-wvhttp-01-/info.cgi", "http", {"model": ("hardware",), "firmware": ("firmware_version",)}),
    (
        "/cgi-bin/param.cgi?get_device_conf",
        "http",
        {"model": ("devtype",), "firmware": ("versioninfo",), "serial": ("serial_num",)},
    ),
    ("/command/inquiry.cgi", "http", {"model": ("modelname",), "firmware": ("softversion",), "serial": ("serial",)}),
    (
        "/GetDeviceInfo",
        "http",
        {
            "model": ("model", "devicename"),
            "firmware": ("softwareversion",),
            "serial": ("sn", "serialnumber"),
            "mac": ("mac",),
        },
    ),
    ("/get?", "http", {"model": ("model",), "firmware": ("fwversion",)}),
)
# What realms, titles and banners hold.
_BANNERS: tuple[tuple[frozenset[str], str, re.Pattern[str]], ...] = (
    (
        frozenset({"http_realm", "rtsp_realm"}),
        "model",
        re.compile(r"^(?:HIKVISION[ _-]?)?(i?DS-[0-9][0-9A-Z/()-]{3,40})", re.IGNORECASE),
    ),
    (
        frozenset({"http_realm"}),
        "model",
        re.compile(r"^((?:DCS|DNR|TV-IP|IC)-?[0-9]{3,4}[0-9A-Z]{0,5})\b", re.IGNORECASE),
    ),
    (
        frozenset({"http_realm", "rtsp_realm"}),
        "serial",
        re.compile(r"^Login to (?=[A-Z]*[0-9][0-9A-Z]*[0-9])([0-9A-Z]{10,20})$"),
    ),
    (
        frozenset({"http_realm", "rtsp_realm"}),
        "mac",
        re.compile(r"^(?:AXIS|iPolis)_([0-9A-F:]{12,17})$", re.IGNORECASE),
    ),
    (frozenset({"tls_name"}), "mac", re.compile(r"\baxis-([0-9a-f]{12})\b", re.IGNORECASE)),
    (frozenset({"http_title", "http_realm"}), "model", re.compile(r"^Sony Network Camera (SNC-[0-9A-Z]{2,12})")),
    (frozenset({"http_title"}), "model", re.compile(r"^(WV-[0-9A-Z]{3,12}) Network Camera$")),
    (frozenset({"http_title"}), "model", re.compile(r"^(NVR[35]0[0-9]?-[0-9A-Z-]{2,20})$")),
    (frozenset({"http_title"}), "model", re.compile(r"^Network Camera (VB-[0-9A-Z]{2,10})")),
    (frozenset({"ftp"}), "model", re.compile(r"^220[ -]AXIS ([0-9A-Z][0-9A-Z-]{2,20})\b")),
    (frozenset({"ftp"}), "firmware", re.compile(r"^220[ -]AXIS .{3,60}?\b([0-9]{1,3}(?:\.[0-9]{1,4}){1,3})\b")),
    (frozenset({"telnet"}), "model", re.compile(r"\bGrandstream (GXV[0-9]{4}[0-9A-Z_-]{0,10})")),
    # What a page's own scripts are called says which web client it is, not which firmware.
    (frozenset({"http_script"}), "web_version", re.compile(r"[?&](?:version|v|ver)=([Vv]?[0-9][\w. -]{2,40})$")),
    (
        frozenset({"http_inline"}),
        "web_version",
        re.compile(r"\bg_szCacheTime\s{0,5}=\s{0,5}[\"']([\w. :-]{3,40})[\"']"),
    ),
)
_RECORDER = re.compile(
    r"^i?DS-[789][0-9]{3}|(?<![A-Z])(?:H?[NDX]VR|HCVR|MDVR|HVR|UNVR|EVS[0-9])(?![A-Z]{3})|^DNR-|^TD-[23][0-9]{3}",
    re.IGNORECASE,
)


def readings(facts: HostFacts, clues: list[Clue]) -> list[Evidence]:
    """Return every statement of a device on its model, firmware, serial, mac and kind, at most 120, unordered.

    "web_version" is the web client's version, never the firmware's.
    """
    found: dict[tuple[str, str, str, Grade], Evidence] = {}
    for one in (*_discovered(facts), *_described(facts), *_onvif(facts), *_documented(facts), *_banners(clues)):
        if one.value and len(found) < READING_LIMIT:
            found.setdefault((one.field, one.value, one.origin, one.grade), one)
    return list(found.values())


def is_recorder_name(text: str) -> bool:
    """Return whether a model or a device class is a recorder's."""
    return bool(_RECORDER.search(text))


def _evidence(field: str, text: str, grade: Grade, origin: str, label: str, build: str = "") -> Evidence:
    if field == "firmware":
        value = normal.firmware(text, build)
    else:
        value = normal.hardware_address(text) if field == "mac" else normal.said(text)
    return Evidence(field, value, grade, origin, clean(f"{label}: {text} {build}".strip(), EXCERPT_LIMIT))


def _first(values: Mapping[str, str], names: tuple[str, ...]) -> tuple[str, str]:
    return next(((name, values[name]) for name in names if values.get(name)), ("", ""))


def _discovered(facts: HostFacts) -> Iterator[Evidence]:
    for answer in facts.discovered:
        for field, names in {**_DISCOVERY.get(answer.protocol, {}), "mac": _HARDWARE_ADDRESSES}.items():
            name, text = _first(answer.values, names)
            yield _evidence(field, text, Grade.B, answer.protocol, name)
        kind = answer.value("deviceclass")
        channels = answer.value("channelnum")
        if answer.protocol == "dahua" and is_recorder_name(kind):
            yield Evidence("kind", "recorder", Grade.B, "dahua", clean(f"deviceclass: {kind}", EXCERPT_LIMIT))
        if answer.protocol == "xm" and channels.isdecimal() and channels.lstrip("0") not in ("", "1"):
            yield Evidence("kind", "recorder", Grade.B, "xm", clean(f"channelnum: {channels}", EXCERPT_LIMIT))


def _described(facts: HostFacts) -> Iterator[Evidence]:
    for told in descriptions(facts):
        number, name = told.get("modelnumber", ""), told.get("modelname", "")
        model = name if re.search("[0-9]", name) or not re.search("[0-9]", number) else number
        yield _evidence("model", model, Grade.B, "ssdp", "model")
        yield _evidence("serial", told.get("serialnumber", ""), Grade.B, "ssdp", "serialNumber")


def _onvif(facts: HostFacts) -> Iterator[Evidence]:
    for answer in facts.onvif:
        if answer.kind is SoapKind.RESPONSE:
            grade = Grade.A if answer.with_credentials else Grade.B
            for name, text in answer.values.items():
                if field := _ONVIF.get(name.lower()):
                    yield _evidence(field, text, grade, "onvif", name)
    for scope in scopes_of(facts):
        place, _, text = scope.removeprefix("onvif://www.onvif.org/").partition("/")
        if place.lower() in ("hardware", "mac"):
            yield _evidence("model" if place.lower() == "hardware" else "mac", text, Grade.B, "onvif", place)


def _documented(facts: HostFacts) -> Iterator[Evidence]:
    for answer in facts.http:
        if answer.ask not in DOCUMENTED or answer.status != 200:
            continue
        for beginning, origin, fields in _DOCUMENTED:
            if answer.path.startswith(beginning):
                yield from _leaves(answer.body, fields, Grade.A if answer.ask is Ask.OWNER_READ else Grade.B, origin)


def _leaves(body: bytes, fields: Mapping[str, tuple[str, ...]], grade: Grade, origin: str) -> Iterator[Evidence]:
    values = leaves(body)
    for field, names in fields.items():
        name, text = _first(values, names)
        if field == "model" and text.isdecimal():  # Dahua's getSystemInfo: a number of its own for the type
            continue
        yield _evidence(
            field, text, grade, origin, name, values.get("firmwarereleaseddate", "") if field == "firmware" else ""
        )
    kind = values.get("devicetype", "")
    if origin == "isapi" and is_recorder_name(kind):
        yield Evidence("kind", "recorder", grade, origin, clean(f"deviceType: {kind}", EXCERPT_LIMIT))


def _banners(clues: list[Clue]) -> Iterator[Evidence]:
    for clue in clues:
        for types, field, pattern in _BANNERS:
            if clue.type in types and (found := pattern.search(clue.text)):
                value = normal.hardware_address(found[1]) if field == "mac" else normal.said(found[1])
                yield Evidence(field, value, Grade.C, clue.origin, clue.excerpt)
