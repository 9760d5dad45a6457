import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.http import HttpMessage, HttpReader, request
from ancam.engines.probing.wire.tests.feeding import at_once, by_byte, outcome

LOGIN_PAGE = b"HTTP/1.1 200 OK\r\nServer: webs\r\nContent-Length: 26\r\n\r\n<title>Camera</title><p>hi"


def read(data: bytes, **limits: int | bool) -> HttpMessage:
    reader = HttpReader(**limits)
    reader.feed(data)
    reader.finish()
    return reader.message


def test_a_request_names_host_agent_and_what_is_asked():
    asked = request("GET", "/doc/page/login.asp", "10.77.64.17:8080", user_agent="AnCam (ancam@so.example)")

    assert asked == (
        b"GET /doc/page/login.asp HTTP/1.1\r\nHost: 10.77.64.17:8080\r\n"
        b"User-Agent: AnCam (ancam@so.example)\r\nAccept: */*\r\n\r\n"
    )


def test_a_request_with_a_body_says_how_long_it_is():
    asked = request("POST", "/onvif/device_service", "h", user_agent="a", headers=[("X-One", "1")], body=b"<e/>")

    assert b"X-One: 1\r\n" in asked
    assert asked.endswith(b"Content-Length: 4\r\n\r\n<e/>")


def test_any_form_of_answer_is_accepted_unless_one_is_named():
    asked = request("GET", "/", "h", user_agent="a", headers=[("Accept", "application/json")])

    assert b"Accept: application/json\r\n" in asked
    assert asked.count(b"Accept:") == 1


def test_what_a_device_answered_cannot_add_a_line_to_a_request():
    asked = request("GET", "/a b\r\nX: 1\u1ea1", "h\r\nEvil: 1", user_agent="a\nb", headers=[("X", "1\r\n\r\nPUT /")])

    assert asked.startswith(b"GET /a%20b%0D%0AX:%201%E1%BA%A1 HTTP/1.1\r\nHost: h Evil: 1\r\nUser-Agent: a b\r\n")
    assert asked.count(b"\r\n") == 6


def test_a_header_name_with_a_line_end_is_refused():
    with pytest.raises(Garbled):
        request("GET", "/", "h", user_agent="a", headers=[("X\r\nY", "1")])


def test_an_empty_target_is_the_root():
    assert request("GET", "", "h", user_agent="a").startswith(b"GET / HTTP/1.1\r\n")


def test_an_answer_with_a_length_ends_there_and_leaves_the_connection_usable():
    reader = HttpReader()
    reader.feed(LOGIN_PAGE + b"HTTP/1.1 500 what comes after is not of this answer")

    assert reader.is_done
    assert reader.message.status == 200
    assert reader.message.header("server") == "webs"
    assert reader.message.body == b"<title>Camera</title><p>hi"
    assert reader.message.keeps_alive
    assert not reader.message.is_cut


def test_the_head_is_known_before_the_body_has_come():
    reader = HttpReader()
    reader.feed(LOGIN_PAGE[:-10])

    assert reader.head_is_complete
    assert not reader.is_done
    assert not reader.message.keeps_alive


@pytest.mark.parametrize("pieces", [at_once, by_byte])
@pytest.mark.parametrize(
    ("answer", "status", "body"),
    [
        (LOGIN_PAGE, 200, b"<title>Camera</title><p>hi"),
        (b"HTTP/1.0 200 OK\nServer: x\r\nA: b\n\nuntil the end", 200, b"until the end"),
        (b"\r\n\r\nHTTP/1.1 401\r\ncontent-LENGTH:0\r\n\r\n", 401, b""),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", 204, b""),
        (b"HTTP/1.1 101 Switching Protocols\r\n\r\n", 101, b""),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n1\n!\n0\r\nA: b\r\n\r\n",
            200,
            b"hello!",
        ),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\nContent-Length: 2\r\n\r\nokmore", 200, b"ok"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nall", 200, b"all"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nall", 200, b"all"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\nall", 200, b"all"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nContent-Length: 1\r\n\r\nall", 200, b"all"),
    ],
)
def test_answers_of_every_framing_are_read_whatever_the_pieces(pieces, answer, status, body):
    message = outcome(HttpReader(), pieces(answer), lambda reader: reader.message)

    assert (message.status, message.body, message.is_cut) == (status, body, False)


def test_an_answer_to_head_has_no_body():
    assert read(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n", is_head=True).body == b""


def test_headers_are_in_small_letters_folded_lines_joined_and_junk_left_out():
    message = read(
        b'HTTP/1.1 401 Unauthorized\r\nWWW-AUTHENTICATE: Digest realm="a",\r\n\tnonce="b"\r\nno colon\r\n'
        b"Bad Name: 1\r\nServer :\xc4\x90\xe1\xba\xa7u ghi\x00\x1b[31m\r\nwww-authenticate: Basic\r\nX: d\xe9p\xf4t\r\n"
        b"Content-Length: 0\r\n\r\n"
    )

    assert message.every("www-authenticate") == ['Digest realm="a", nonce="b"', "Basic"]
    assert message.header("server") == "Đầu ghi[31m"
    assert message.header("x") == "dépôt"
    assert message.header("absent") == ""
    assert not any(name.startswith("bad") for name, _value in message.headers)


@pytest.mark.parametrize(
    ("version", "connection", "keeps"),
    [
        (b"1.1", b"", True),
        (b"1.1", b"Connection: Close\r\n", False),
        (b"1.0", b"", False),
        (b"1.0", b"Connection: Keep-Alive\r\n", True),
    ],
)
def test_whether_the_connection_lives_on_is_told(version, connection, keeps):
    assert read(b"HTTP/" + version + b" 200 OK\r\nContent-Length: 0\r\n" + connection + b"\r\n").keeps_alive is keeps


@pytest.mark.parametrize("pieces", [at_once, by_byte])
@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"<html>an answer of before 1.0</html>",
        b"RTSP/1.0 400 Bad Request\r\n\r\n",
        b"HTTP/2 200\r\n\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
        b"HTTP/1.1 2000\r\n\r\n",
        b"HTTP/1.1 099 x\r\n\r\n",
        b"SSH-2.0-dropbear\r\n",
        b"\r\n" * 100,
        b"HTTP/1.1 100 Continue\r\n\r\n" * 20,
        b"HTTP",
    ],
)
def test_junk_is_garbled(pieces, junk):
    assert outcome(HttpReader(), pieces(junk), lambda reader: reader.message) == "garbled"


def test_there_is_no_message_before_there_is_a_head():
    with pytest.raises(Garbled, match="http: no answer"):
        _ = HttpReader().message


@pytest.mark.parametrize("pieces", [at_once, by_byte])
@pytest.mark.parametrize(
    ("answer", "body"),
    [
        (b"HTTP/1.1 200 OK\r\nX: " + b"a" * 50_000, b""),
        (b"HTTP/1.1 200 OK\r\n" + b"A:\r\n" * 300 + b"\r\n", b""),
        (b"HTTP/1.1 200 OK\r\nServer: cut in the", b""),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775808\r\n\r\n" + b"a" * 500, b"a" * 100),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n" + b"a" * 101, b"a" * 100),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort", b"short"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"a" * 101, b"a" * 100),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8000000000000000\r\n" + b"a" * 101, b"a" * 100),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"f" * 17 + b"\r\na", b""),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\na", b""),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", b"a"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"x" * 300, b""),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + b"x" * 300 + b"\r\n", b""),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + (b"A: " + b"b" * 200 + b"\r\n") * 400, b""),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab", b"ab"),
    ],
)
def test_what_is_too_long_or_too_short_is_cut_whatever_the_pieces(pieces, answer, body):
    message = outcome(HttpReader(body_limit=100), pieces(answer), lambda reader: reader.message)

    assert (message.status, message.body, message.is_cut, message.keeps_alive) == (200, body, True, False)


def test_a_body_as_long_as_the_limit_is_whole():
    assert not read(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n" + b"a" * 100, body_limit=100).is_cut
    assert not read(b"HTTP/1.1 200 OK\r\n\r\n" + b"a" * 100, body_limit=100).is_cut


def test_a_snapshot_is_proven_by_sixteen_bytes():
    message = read(b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n\xff\xd8\xff\xe0" + b"p" * 500, body_limit=16)

    assert message.body == b"\xff\xd8\xff\xe0" + b"p" * 12


def test_ten_million_bytes_of_headers_end_at_the_limit():
    reader = HttpReader()
    reader.feed(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1_700_000)

    assert reader.is_done
    assert reader.message.is_cut
    assert len(reader.message.headers) <= 256


def test_an_unpacked_body_is_bounded_and_one_that_lies_is_left_as_it_came():
    packed = gzip.compress(b"a" * 10_000_000)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"

    assert read(head + gzip.compress(b"<title>x</title>")).body == b"<title>x</title>"
    assert read(head + packed).body == b"a" * 262_144
    assert read(head + b"not packed").body == b"not packed"


def test_finishing_twice_changes_nothing():
    reader = HttpReader()
    reader.feed(LOGIN_PAGE)
    reader.finish()
    reader.feed(b"more")

    assert reader.message.body == b"<title>Camera</title><p>hi"


@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_raise_anything_but_garbled(data, with_head):
    answer = b"HTTP/1.1 200 OK\r\n" + data if with_head else data
    one = outcome(HttpReader(head_limit=64, body_limit=32), at_once(answer), lambda reader: reader.message)
    other = outcome(HttpReader(head_limit=64, body_limit=32), by_byte(answer), lambda reader: reader.message)

    assert one == other
    assert one == "garbled" or len(one.body) <= 32


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n10\r\n0123456789abcde\n\r\n0\r\n\r\n"


@given(st.sampled_from([LOGIN_PAGE, CHUNKED]), st.integers(0, 200), st.binary(max_size=4), st.integers(0, 4))
def test_a_spoilt_answer_reads_the_same_whatever_the_pieces(answer, position, instead, removed):
    spoilt = answer[:position] + instead + answer[position + removed :]
    one = outcome(HttpReader(), at_once(spoilt), lambda reader: reader.message)

    assert outcome(HttpReader(), by_byte(spoilt), lambda reader: reader.message) == one
