"""WS-Discovery on UDP 3702: which ONVIF devices live here."""

from xml.sax.saxutils import escape

from ancam.engines.probing.wire.elements import Element, parsed
from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.text import clean, lines

PORT = 3702
_DISCOVERY = "http://schemas.xmlsoap.org/ws/2005/04/discovery"
_ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing"


def probe(message_id: str) -> bytes:
    """Return a Probe for network video transmitters; message_id: a UUID as text, new for each probe."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" xmlns:a="{_ADDRESSING}" xmlns:d="{_DISCOVERY}">'
        f"<e:Header><a:Action>{_DISCOVERY}/Probe</a:Action>"
        f"<a:MessageID>uuid:{escape(clean(message_id, 64))}</a:MessageID>"
        "<a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To></e:Header>"
        '<e:Body><d:Probe><d:Types xmlns:dn="http://www.onvif.org/ver10/network/wsdl">dn:NetworkVideoTransmitter'
        "</d:Types></d:Probe></e:Body></e:Envelope>"
    ).encode()


def read(datagram: bytes) -> dict[str, str] | None:
    """Return what ProbeMatches say, None when the datagram is none.

    types, scopes, xaddrs: several joined with line feeds; endpoint; relates_to: the probe it answers.
    """
    try:
        root = parsed(datagram)
    except Garbled:
        return None
    body = root.first("Body") if root.name == "Envelope" else None
    matches = body.first("ProbeMatches") if body else None
    if matches is None:
        return None
    said = root.first("RelatesTo")
    endpoint = matches.first("EndpointReference") or Element("")
    return {
        "types": _words(matches, "Types"),
        "scopes": _words(matches, "Scopes"),
        "xaddrs": _words(matches, "XAddrs"),
        "endpoint": next((text for name, text in endpoint.leaves() if name == "Address"), ""),
        "relates_to": clean(said.text) if said else "",
    }


def _words(matches: Element, name: str) -> str:
    return lines(word for element in matches.walk() if element.name == name for word in element.text.split())
