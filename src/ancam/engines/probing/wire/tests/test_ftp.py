import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.ftp import BYTE_LIMIT, ReplyReader
from ancam.engines.probing.wire.tests.feeding import at_once, by_byte, outcome


def read(data: bytes, cut=at_once) -> int | str:
    return outcome(ReplyReader(), cut(data), lambda reader: reader.message)


@pytest.mark.parametrize("cut", [at_once, by_byte])
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"230 Welcome.\r\n", 230),
        (b"331\r\n", 331),
        (b"530 No.\n", 530),
        (b"230-Welcome\r\n this is\r\n331 no end\r\n230-nor this\r\n230 but this\r\n", 230),
        (b"120 in a minute\r\n220 ready\r\n", 220),
        (b"120-in\r\n120 a minute\r\n220-I am\r\n220 ready\r\n", 220),
        (b"221 Bye.\r\nnoise behind it\r\n", 221),
    ],
)
def test_a_reply_is_known_by_its_number(data, code, cut):
    assert read(data, cut) == code


@pytest.mark.parametrize("cut", [at_once, by_byte])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"230",
        b"230 no end of line",
        b"230-more\r\n231 of another\r\n",
        b"120 and nothing behind it\r\n",
        b"HTTP/1.1 200 OK\r\n",
        b"2300 too many\r\n",
        b"990 no such number\r\n",
        b"\r\n230 late\r\n",
        b"230-" + b"x" * BYTE_LIMIT + b"\r\n",
        b"x" * (BYTE_LIMIT + 1),
        b"230-\r\n" + b"more\r\n" * BYTE_LIMIT,
        b"120 wait\r\n" * BYTE_LIMIT,
    ],
)
def test_anything_else_is_no_reply(data, cut):
    assert read(data, cut) == "garbled"


def test_a_reply_without_end_is_not_read_for_ever():
    reader = ReplyReader()

    with pytest.raises(Garbled):
        for _ in range(BYTE_LIMIT):
            reader.feed(b"230-more\r\n")


@given(st.binary(max_size=60))
def test_the_pieces_change_nothing(data):
    whole = b"230-" + data + b"\r\n230 end\r\n"

    assert read(whole) == read(whole, by_byte)
    assert read(data) == read(data, by_byte)
