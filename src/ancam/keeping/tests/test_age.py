"""The seal of a backup: the public format, a wrong passphrase, every kind of damage."""

import hashlib
import io

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ancam.keeping.age import CHUNK, SealedReader, SealedWriter
from ancam.keeping.errors import BackupDamaged, KeepingError, NotABackup, WrongPassphrase

PASSPHRASE = "mười con mèo trèo cây cau"


def noise(size: int) -> bytes:
    return hashlib.shake_256(b"noise").digest(size)


def sealed(content: bytes) -> bytes:
    stream = io.BytesIO()
    writer = SealedWriter(stream, PASSPHRASE, work_factor=2)
    writer.write(content)
    writer.close()
    return stream.getvalue()


def opened(data: bytes, passphrase: str = PASSPHRASE) -> bytes:
    reader = SealedReader(io.BytesIO(data), passphrase)
    return b"".join(iter(reader.read, b""))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_what_is_sealed_is_opened_by_us_and_by_another_age_program(size):
    content = noise(size)

    data = sealed(content)

    assert opened(data) == content
    assert pyrage.passphrase.decrypt(data, PASSPHRASE) == content


def test_another_passphrase_opens_nothing():
    with pytest.raises(WrongPassphrase):
        opened(sealed(b"x"), "mười con chó")


@given(position=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
@settings(max_examples=150)
def test_one_bit_changed_anywhere_is_seen(position, bit):
    data = bytearray(WHOLE)
    data[int(position * len(data))] ^= 1 << bit

    with pytest.raises(KeepingError):
        opened(bytes(data))


@given(kept=st.floats(0, 1, exclude_max=True))
@settings(max_examples=100)
def test_a_file_cut_off_anywhere_is_seen(kept):
    with pytest.raises(KeepingError):
        opened(WHOLE[: int(kept * len(WHOLE))])


def test_a_file_cut_off_between_two_chunks_is_seen():
    header = len(WHOLE) - 3 * (CHUNK + 16)

    for chunks in range(3):
        with pytest.raises(BackupDamaged):
            opened(WHOLE[: header + chunks * (CHUNK + 16)])


def test_what_was_added_at_the_end_is_seen():
    with pytest.raises(BackupDamaged):
        opened(WHOLE + b"\x00")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"age-encryption.org/v2\n", b"\x00" * 1000])
def test_something_else_is_called_that(data):
    with pytest.raises(NotABackup):
        opened(data)


@pytest.mark.parametrize("factor", [b"0", b"21", b"64", b"99", b"x", b"-1"])
def test_a_header_that_asks_for_endless_work_is_refused(factor):
    data = WHOLE.replace(b" 2\n", b" " + factor + b"\n", 1)

    with pytest.raises(BackupDamaged):
        opened(data)


WHOLE = sealed(noise(3 * CHUNK))
