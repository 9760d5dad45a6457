"""SNMP v2c on UDP 161: one GET of sysDescr, and its answer."""

from ancam.engines.probing.wire.der import INTEGER, OBJECT_ID, OCTET_STRING, SEQUENCE, dotted, expected, first_part
from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.text import clean, decoded

PORT = 161
_SYS_DESCR = "1.3.6.1.2.1.1.1.0"
_SYS_DESCR_CONTENT = bytes((0x2B, 6, 1, 2, 1, 1, 1, 0))
_GET, _RESPONSE, _NULL = 0xA0, 0xA2, 0x05


def get_sys_descr(community: str, request_id: int) -> bytes:
    """Return a GET of sysDescr.0 with a community of at most 64 bytes; request_id: below 2 to the power of 31."""
    number = _value(INTEGER, request_id.to_bytes(4, "big"))
    bindings = _value(SEQUENCE, _value(SEQUENCE, _value(OBJECT_ID, _SYS_DESCR_CONTENT) + _value(_NULL, b"")))
    zero = _value(INTEGER, b"\x00")
    request = _value(_GET, number + zero + zero + bindings)
    return _value(SEQUENCE, _value(INTEGER, b"\x01") + _value(OCTET_STRING, community.encode()[:64]) + request)


def read(datagram: bytes) -> dict[str, str] | None:
    """Return request_id, error (a number, "0" for none) and sysdescr of a response, None for anything else."""
    try:
        message = first_part(datagram).parts()
        expected(message, INTEGER)
        expected(message, OCTET_STRING)
        response = expected(message, _RESPONSE).parts()
        number, error, _index = (expected(response, INTEGER).content for _ in range(3))
        binding = expected(expected(response, SEQUENCE).parts(), SEQUENCE).parts()
        name = dotted(expected(binding, OBJECT_ID).content)
        value = next(binding, None)
    except Garbled:
        return None
    text = clean(decoded(value.content), 1_000) if value and value.tag == OCTET_STRING and name == _SYS_DESCR else ""
    return {
        "request_id": str(int.from_bytes(number[:8], "big", signed=True)),
        "error": str(int.from_bytes(error[:8], "big")),
        "sysdescr": text,
    }


def _value(tag: int, content: bytes) -> bytes:
    return bytes([tag, len(content)]) + content
