"""What a device answers to one discovery datagram, protocol by protocol; nothing to what it does not understand."""

import json
import re
import struct
from collections.abc import Callable, Mapping

from ancam.engines.probing.lab import onvif
from ancam.engines.probing.lab.device import Device
from ancam.engines.probing.lab.postures import Password, Snmp

Answer = Callable[[Device, bytes], bytes | None]


def _ws_discovery(device: Device, data: bytes) -> bytes | None:
    """WS-Discovery: a ProbeMatch, when the types asked for are among the device's."""
    text = data.decode("utf-8", "replace")
    message = re.search(r"<(?:[\w.-]+:)?MessageID[^>]*>([^<]+)<", text)
    if message is None or not re.search(r"<(?:[\w.-]+:)?Probe[\s/>]", text):
        return None
    said = device.kind.said.get("ws-discovery", {})
    types = said.get("types", "dn:NetworkVideoTransmitter tds:Device")
    asked = re.search(r"<(?:[\w.-]+:)?Types[^>]*>([^<]*)<", text)
    wanted = {name.rpartition(":")[2] for name in asked[1].split()} if asked else set()
    if not wanted <= {name.rpartition(":")[2] for name in types.split()}:
        return None
    if device.kind.onvif.name:
        scopes = " ".join(onvif.scopes(device))
        address = onvif.service_address(device, device.kind.onvif.device_path)
    else:
        scopes, address = (
            device.fill(said.get("scopes", "")),
            f"http://{device.placed.ip}:5357/{device.values['token']}",
        )
    identity = f"urn:uuid:00000000-0000-1000-8000-{device.values['mac_plain'].lower()}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" '
        'xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing" '
        'xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" '
        'xmlns:dn="http://www.onvif.org/ver10/network/wsdl" xmlns:tds="http://www.onvif.org/ver10/device/wsdl" '
        'xmlns:wsdp="http://schemas.xmlsoap.org/ws/2006/02/devprof" '
        'xmlns:pub="http://schemas.microsoft.com/windows/pub/2005/07" '
        'xmlns:wprt="http://schemas.microsoft.com/windows/2006/08/wdp/print"><e:Header>'
        f"<w:MessageID>{identity}</w:MessageID><w:RelatesTo>{message[1].strip()}</w:RelatesTo>"
        "<w:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</w:To>"
        "<w:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches</w:Action></e:Header><e:Body>"
        "<d:ProbeMatches><d:ProbeMatch><w:EndpointReference>"
        f"<w:Address>{identity}</w:Address></w:EndpointReference><d:Types>{types}</d:Types><d:Scopes>{scopes}</d:Scopes>"
        f"<d:XAddrs>{address}</d:XAddrs><d:MetadataVersion>10</d:MetadataVersion></d:ProbeMatch></d:ProbeMatches>"
        "</e:Body></e:Envelope>"
    ).encode()


def _sadp(device: Device, data: bytes) -> bytes | None:
    """Hikvision's SADP: an inquiry is answered with what is on the device's label and in its network settings."""
    text = data.decode("utf-8", "replace")
    asked = re.search(r"<Uuid>([^<]*)</Uuid>", text)
    if asked is None or "inquiry" not in text:
        return None
    inner = "".join(f"<{name}>{device.fill(value)}</{name}>" for name, value in device.kind.said["sadp"].items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\r\n'
        f"<ProbeMatch><Uuid>{asked[1]}</Uuid><Types>inquiry</Types>{inner}</ProbeMatch>"
    ).encode()


def _dahua(device: Device, data: bytes) -> bytes | None:
    """Dahua's search: a DHIP header and JSON. Init: 1 before a password was set, 2 behind it."""
    if len(data) < 32 or data[4:8] != b"DHIP" or b"DHDiscover.search" not in data:
        return None
    told = {
        name: device.fill(value) if isinstance(value, str) else value
        for name, value in device.kind.said["dahua"].items()
    }
    told |= {
        "AlarmInputChannels": 0,
        "IPv4Address": {
            "DefaultGateway": device.values["gateway"],
            "DhcpEnable": False,
            "IPAddress": device.placed.ip,
            "SubnetMask": "255.255.255.0",
        },
        "Init": 1 if device.posture.password is Password.NOT_ACTIVATED else 2,
    }
    content = {"mac": device.values["mac"], "method": "client.notifyDevInfo", "params": {"deviceInfo": told}}
    body = json.dumps(content).encode() + b"\n\x00"
    return struct.pack("<I4sIIIIII", 0x20, b"DHIP", 0, 0, len(body), 0, len(body), 0) + body


def _xm(device: Device, data: bytes) -> bytes | None:
    """XiongMai's search: message 1530 is answered with 1531 and JSON; addresses are little-endian numbers."""
    if len(data) < 20 or data[0] != 0xFF or struct.unpack_from("<H", data, 14)[0] != 1530:
        return None
    told = {
        name: device.fill(value) if isinstance(value, str) else value for name, value in device.kind.said["xm"].items()
    }
    number = int.from_bytes(bytes(int(part) for part in device.placed.ip.split(".")), "little")
    told |= {"HostIP": f"0x{number:08X}", "MAC": device.values["mac"], "Submask": "0x00FFFFFF", "UDPPort": 34568}
    content = {"NetWork.NetCommon": told, "Ret": 100, "SessionID": "0x00000000"}
    body = json.dumps(content).encode() + b"\n\x00"
    return struct.pack("<BBHIIBBHI", 0xFF, 1, 0, 0, 0, 0, 0, 1531, len(body)) + body


def _ssdp(device: Device, data: bytes) -> bytes | None:
    """SSDP: an M-SEARCH for everything or for root devices."""
    text = data.decode("latin-1")
    target = re.search(r"^ST:\s*(\S+)", text, re.MULTILINE | re.IGNORECASE)
    if not text.startswith("M-SEARCH") or target is None or target[1] not in ("ssdp:all", "upnp:rootdevice"):
        return None
    said = device.kind.said["ssdp"]
    identity = f"uuid:00000000-0000-1000-8000-{device.values['mac_plain'].lower()}"
    return (
        "HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=1800\r\nEXT:\r\n"
        f"LOCATION: {device.fill(said['location'])}\r\nSERVER: {said['server']}\r\nST: upnp:rootdevice\r\n"
        f"USN: {identity}::upnp:rootdevice\r\n\r\n"
    ).encode()


def _mdns(device: Device, data: bytes) -> bytes | None:
    """mDNS asked by one address: the list of services, or one service's instances with host, port and text."""
    asked = _questions(data)
    said = device.kind.said["mdns"]
    service, instance = said["service"], f"{device.fill(said['instance'])}.{said['service']}"
    host = device.fill(said["host"])
    if "_services._dns-sd._udp.local" not in asked and service not in asked:
        return None
    records = [_record("_services._dns-sd._udp.local", 12, _name(service))]
    if service in asked:
        text = b"".join(bytes([len(part)]) + part for part in (device.fill(one).encode() for one in said["text"]))
        address = bytes(int(part) for part in device.placed.ip.split("."))
        place = struct.pack(">HHH", 0, 0, said.get("port", 80)) + _name(host)
        records = [
            _record(service, 12, _name(instance)),
            _record(instance, 33, place),
            _record(instance, 16, text),
            _record(host, 1, address),
        ]
    return data[:2] + struct.pack(">HHHHH", 0x8400, 0, len(records), 0, 0) + b"".join(records)


def _questions(data: bytes) -> set[str]:
    names: set[str] = set()
    position = 12
    for _ in range(int.from_bytes(data[4:6], "big")):
        labels: list[str] = []
        while position < len(data) and 0 < data[position] < 64:
            end = position + 1 + data[position]
            labels.append(data[position + 1 : end].decode("utf-8", "replace"))
            position = end
        names.add(".".join(labels).lower())
        position += 5
    return names


def _name(name: str) -> bytes:
    # An instance may hold dots of its own before the service: it is one label.
    first, mark, rest = name.partition("._")
    labels = [first, *(f"_{rest}".split("."))] if mark and not first.startswith("_") else name.split(".")
    return b"".join(bytes([len(label.encode())]) + label.encode() for label in labels) + b"\x00"


def _record(name: str, kind: int, content: bytes) -> bytes:
    return _name(name) + struct.pack(">HHIH", kind, 1, 120, len(content)) + content


def _ubiquiti(device: Device, data: bytes) -> bytes | None:
    """Ubiquiti's discovery, version 1: it tells typed fields (3 firmware, 11 name, 12 platform, 20 model)."""
    if data != b"\1\0\0\0":
        return None
    mac = bytes.fromhex(device.values["mac_plain"])
    address = bytes(int(part) for part in device.placed.ip.split("."))
    told = [(2, mac + address)]
    told += [(int(kind), device.fill(text).encode()) for kind, text in device.kind.said["ubiquiti"].items()]
    fields = b"".join(struct.pack(">BH", kind, len(said)) + said for kind, said in told)
    return struct.pack(">BBH", 1, 0, len(fields)) + fields


_GET, _RESPONSE, _SET = 0xA0, 0xA2, 0xA3
_SYS_DESCR = bytes.fromhex("06082b06010201010100")


def _snmp(device: Device, data: bytes) -> bytes | None:
    """SNMP v2c: the system's description for whoever names the right community, else silence; each is a guess."""
    message = _parts(b"".join(content for tag, content in _parts(data) if tag == 0x30))
    if [tag for tag, _ in message] not in ([2, 4, _GET], [2, 4, _SET]):
        return None
    (_, version), (_, community), (kind, request) = message
    device.harm.writes += kind == _SET
    is_public = device.posture.snmp is Snmp.PUBLIC and community == b"public"
    if not device.logins.without_account(is_let_in=is_public) or kind == _SET or _SYS_DESCR not in request:
        return None
    number = _part(2, _parts(request)[0][1][:4])
    told = _part(0x30, _part(0x30, _SYS_DESCR + _part(4, device.fill("<<model>>").encode())))
    response = _part(_RESPONSE, number + _part(2, b"\0") + _part(2, b"\0") + told)
    return _part(0x30, _part(2, version) + _part(4, community) + response)


def _parts(data: bytes) -> list[tuple[int, bytes]]:
    """Return tag and content of each of the short values that stand one behind the other."""
    found: list[tuple[int, bytes]] = []
    while len(data) > 1:
        found.append((data[0], data[2 : 2 + data[1]]))
        data = data[2 + data[1] :]
    return found


def _part(tag: int, content: bytes) -> bytes:
    return bytes([tag, len(content)]) + content


ANSWERS: Mapping[str, Answer] = {
    "ws-discovery": _ws_discovery,
    "sadp": _sadp,
    "dahua": _dahua,
    "xm": _xm,
    "ssdp": _ssdp,
    "mdns": _mdns,
    "ubiquiti": _ubiquiti,
    "snmp": _snmp,
}
