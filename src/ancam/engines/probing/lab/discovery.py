"""What a device answers to one discovery datagram, protocol by protocol; nothing to what it does not understand."""

import json
import re
import struct
from collections.abc import Callable, Mapping

from ancam.engines.probing.lab import onvif
from ancam.engines.probing.lab.device import Device
from ancam.engines.probing.lab.postures import Password

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


ANSWERS: Mapping[str, Answer] = {
    "ws-discovery": _ws_discovery,
    "sadp": _sadp,
    "dahua": _dahua,
    "xm": _xm,
    "ssdp": _ssdp,
    "mdns": _mdns,
}
