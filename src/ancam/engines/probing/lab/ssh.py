"""An SSH server as far as its host key: identification, offers, one key exchange; nobody ever logs in."""

import base64
import contextlib
import hashlib
import os
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa, x25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from ancam.engines.probing.lab.device import Device
from ancam.engines.probing.lab.line import Line

HostKey = ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey

_KEXINIT, _NEWKEYS, _DISCONNECT, _KEX_ASK, _KEX_ANSWER = 20, 21, 1, 30, 31
_CURVE = ("curve25519-sha256", "curve25519-sha256@libssh.org")
_GROUP1 = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B"
    "302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6"
    "49286651ECE65381FFFFFFFFFFFFFFFF",
    16,
)


def public_blob(key: HostKey) -> bytes:
    """Return a host key's public half as SSH writes it."""
    text = key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    return base64.b64decode(text.split()[1])


class SshTalk:
    """SSH on one connection. `is_weak`: only what has long been given up is offered."""

    def __init__(self, device: Device, key: HostKey, *, is_weak: bool) -> None:
        self._version = b"SSH-2.0-dropbear_0.52" if is_weak else device.kind.ssh_version.encode()
        self._key = key
        self._is_weak = is_weak
        self._buffer = bytearray()
        self._client_version = b""
        self._client_init = b""
        self._init = self._offers()

    def begin(self, line: Line) -> None:
        """Say who is here."""
        line.send(self._version + b"\r\n")

    def received(self, line: Line, data: bytes) -> None:
        """Go through the key exchange, packet by packet; anything else ends the connection."""
        self._buffer += data
        if not self._client_version:
            said, end, rest = bytes(self._buffer).partition(b"\n")
            if not end:
                return
            self._client_version = said.rstrip(b"\r")
            self._buffer = bytearray(rest)
            if not said.startswith(b"SSH-"):
                line.finish()
                return
            line.send(_packet(self._init))
        while line.is_open and (payload := self._taken(line)) is not None:
            self._answer(line, payload)

    def _taken(self, line: Line) -> bytes | None:
        if len(self._buffer) < 5:
            return None
        length, pad = struct.unpack_from(">IB", self._buffer)
        if not 8 <= length <= 35_000 or pad >= length:
            line.finish()
            return None
        if len(self._buffer) < 4 + length:
            return None
        payload = bytes(self._buffer[5 : 4 + length - pad])
        del self._buffer[: 4 + length]
        return payload

    def _answer(self, line: Line, payload: bytes) -> None:
        if payload[:1] == bytes([_KEXINIT]):
            self._client_init = payload
        elif payload[:1] == bytes([_KEX_ASK]) and self._client_init:
            with contextlib.suppress(ValueError):  # a half that proves nothing
                line.send(self._exchange(payload[1:]) + _packet(bytes([_NEWKEYS])))
                return
            line.finish()
        else:
            line.finish()

    def _offers(self) -> bytes:
        if self._is_weak:
            lists = ("diffie-hellman-group1-sha1", "ssh-rsa", "3des-cbc,arcfour", "hmac-md5,hmac-sha1")
        elif isinstance(self._key, rsa.RSAPrivateKey):
            lists = (",".join(_CURVE), "rsa-sha2-256,ssh-rsa", "aes128-ctr,aes256-ctr", "hmac-sha2-256")
        else:
            lists = (",".join(_CURVE), "ssh-ed25519", "chacha20-poly1305@openssh.com,aes128-ctr", "hmac-sha2-256")
        exchange, keys, ciphers, macs = lists
        names = (exchange, keys, ciphers, ciphers, macs, macs, "none", "none", "", "")
        return bytes([_KEXINIT]) + os.urandom(16) + b"".join(_text(name.encode()) for name in names) + bytes(5)

    def _exchange(self, asked: bytes) -> bytes:
        blob = public_blob(self._key)
        theirs = asked[4 : 4 + int.from_bytes(asked[:4], "big")]
        if self._is_weak:
            secret_number = int.from_bytes(os.urandom(32), "big")
            ours = _number(pow(2, secret_number, _GROUP1))
            shared = _number(pow(int.from_bytes(theirs, "big"), secret_number, _GROUP1))
            public_ours, public_theirs, made = ours, _text(theirs), hashlib.sha1
        else:
            private = x25519.X25519PrivateKey.generate()
            public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
            agreed = private.exchange(x25519.X25519PublicKey.from_public_bytes(theirs[:32].ljust(32, b"\x01")))
            shared = _number(int.from_bytes(agreed, "big"))
            public_ours, public_theirs, made = _text(public), _text(theirs), hashlib.sha256
        parts = [_text(one) for one in (self._client_version, self._version, self._client_init, self._init, blob)]
        digest = made(b"".join([*parts, public_theirs, public_ours, shared])).digest()
        return _packet(bytes([_KEX_ANSWER]) + _text(blob) + public_ours + _text(self._signed(digest)))

    def _signed(self, digest: bytes) -> bytes:
        if isinstance(self._key, ed25519.Ed25519PrivateKey):
            return _text(b"ssh-ed25519") + _text(self._key.sign(digest))
        name, algorithm = (b"ssh-rsa", hashes.SHA1()) if self._is_weak else (b"rsa-sha2-256", hashes.SHA256())  # noqa: S303 - what old servers do
        return _text(name) + _text(self._key.sign(digest, padding.PKCS1v15(), algorithm))


def _text(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def _number(value: int) -> bytes:
    return _text(value.to_bytes(value.bit_length() // 8 + 1, "big"))


def _packet(payload: bytes) -> bytes:
    pad = 8 - (len(payload) + 5) % 8
    pad += 8 if pad < 4 else 0
    return struct.pack(">IB", len(payload) + pad + 1, pad) + payload + bytes(pad)
