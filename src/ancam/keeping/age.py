"""Sealing a stream with a passphrase, in the public format age v1 (https://age-encryption.org/v1).

A file of it is opened by any age program as well, years from now: `age -d FILE | tar -xz`. Pure values and streams.
The libraries that carry age to Python seal with a passphrase only what fits in memory; the format itself is a scrypt
stanza, a MAC over the header, and chunks of 64 KiB each sealed with ChaCha20-Poly1305, the last one marked, so that a
file cut off or lengthened is seen.
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from ancam.keeping.errors import BackupDamaged, NotABackup, WrongPassphrase

CHUNK = 64 * 1024
TAG = 16
WORK_FACTOR = 17
"""log2 of scrypt's N: 128 MiB and about half a second for each guess."""
MOST_WORK_FACTOR = 20

_VERSION = b"age-encryption.org/v1\n"
_STANZA = re.compile(rb"-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n---")
_MOST_HEADER = 400


class SealedWriter:
    """Write through `write`, end with `close`; what was not closed cannot be opened. The stream beneath stays open."""

    def __init__(self, stream: BinaryIO, passphrase: str, *, work_factor: int = WORK_FACTOR) -> None:
        file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
        wrapped = _wrapping(passphrase, salt, work_factor).encrypt(bytes(12), file_key, None)
        stanza = b"-> scrypt %s %d\n%s\n---" % (_text(salt), work_factor, _text(wrapped))
        header = _VERSION + stanza
        stream.write(header + b" " + _text(_header_mac(file_key, header)) + b"\n" + nonce)
        self._stream = stream
        self._box = ChaCha20Poly1305(_derived(file_key, nonce, b"payload"))
        self._count = 0
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        """Seal what fills whole chunks; the rest waits, for the last chunk is sealed as the last."""
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._put(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def flush(self) -> None:
        """Do nothing: a chunk is sealed when it is full."""

    def close(self) -> None:
        """Seal the last chunk."""
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _put(self, chunk: bytes, *, last: bool) -> None:
        self._stream.write(self._box.encrypt(_chunk_nonce(self._count, last), chunk, None))
        self._count += 1


class SealedReader:
    """Read what `SealedWriter` wrote, chunk by chunk; nothing is handed out before its seal has held.

    Raises `NotABackup`, `WrongPassphrase`, and `BackupDamaged` at the first chunk that was altered, is missing or too
    many. A caller who has not read to the end has not seen whether the file is whole.
    """

    def __init__(self, stream: BinaryIO, passphrase: str) -> None:
        header = _header(stream)
        stanza = _STANZA.fullmatch(header.removeprefix(_VERSION))
        if not stanza or int(stanza[2]) > MOST_WORK_FACTOR:
            raise BackupDamaged(reason="phần đầu của tệp không đọc được")
        box = _wrapping(passphrase, _bytes(stanza[1]), int(stanza[2]))
        try:
            file_key = box.decrypt(bytes(12), _bytes(stanza[3]), None)
        except InvalidTag:
            raise WrongPassphrase() from None
        mac, nonce = _exactly(stream, 45), _exactly(stream, 16)
        if not hmac.compare_digest(mac, b" " + _text(_header_mac(file_key, header)) + b"\n"):
            raise BackupDamaged(reason="phần đầu của tệp đã bị sửa")
        self._chunks = _opened(stream, ChaCha20Poly1305(_derived(file_key, nonce, b"payload")))
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes, at most one chunk; empty at the end."""
        if not self._rest:
            self._rest = next(self._chunks, b"")
        wanted = len(self._rest) if size < 0 else size
        taken, self._rest = self._rest[:wanted], self._rest[wanted:]
        return taken


def _opened(stream: BinaryIO, box: ChaCha20Poly1305) -> Iterator[bytes]:
    held, count = _upto(stream, CHUNK + TAG), 0
    while True:
        following = _upto(stream, CHUNK + TAG)
        try:
            chunk = box.decrypt(_chunk_nonce(count, not following), held, None)
        except InvalidTag:
            raise BackupDamaged(reason="nội dung đã bị sửa hoặc bị cắt cụt") from None
        yield chunk
        if not following:
            return
        held, count = following, count + 1


def _header(stream: BinaryIO) -> bytes:
    """Return the header up to and with its three dashes."""
    header = _upto(stream, len(_VERSION))
    if header != _VERSION:
        raise NotABackup()
    while not header.endswith(b"\n---"):
        byte = stream.read(1)
        if not byte or len(header) > _MOST_HEADER:
            raise BackupDamaged(reason="phần đầu của tệp không đọc được")
        header += byte
    return header


def _wrapping(passphrase: str, salt: bytes, work_factor: int) -> ChaCha20Poly1305:
    kdf = Scrypt(salt=b"age-encryption.org/v1/scrypt" + salt, length=32, n=1 << work_factor, r=8, p=1)
    return ChaCha20Poly1305(kdf.derive(passphrase.encode()))


def _header_mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")


def _derived(file_key: bytes, salt: bytes, info: bytes) -> bytes:
    """Return 32 bytes by HKDF-SHA-256 (RFC 5869), of which one block is enough."""
    pseudorandom = hmac.digest(salt or bytes(hashlib.sha256().digest_size), file_key, "sha256")
    return hmac.digest(pseudorandom, info + b"\x01", "sha256")


def _chunk_nonce(count: int, last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([last])


def _text(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    try:
        data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        data = b""
    if _text(data) != text:  # bits beyond the last byte must be nought, or one file could be written in two ways
        raise BackupDamaged(reason="phần đầu của tệp không đọc được")
    return data


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = _upto(stream, size)
    if len(data) != size:
        raise BackupDamaged(reason="tệp bị cắt cụt")
    return data


def _upto(stream: BinaryIO, size: int) -> bytes:
    """Return `size` bytes, or what is left; a pipe gives less at a time than it is asked."""
    data = bytearray()
    while len(data) < size and (piece := stream.read(size - len(data))):
        data += piece
    return bytes(data)
