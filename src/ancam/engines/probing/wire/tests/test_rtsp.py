import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.rtsp import RtspReader, media_of, request
from ancam.engines.probing.wire.tests.feeding import at_once, by_byte, outcome

SDP = (
    b"v=0\r\no=- 1 1 IN IP4 10.77.64.17\r\ns=Media Presentation\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
    b"a=fmtp:96 packetization-mode=1\r\nm=audio 0 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\nm=application 0 RTP/AVP 107\r\n"
)
OPEN = b"RTSP/1.0 200 OK\r\nCSeq: 2\r\nContent-Type: application/sdp\r\nContent-Length: %d\r\n\r\n" % len(SDP) + SDP
LOCKED = b'RTSP/1.0 401 Unauthorized\r\nCSeq: 2\r\nWWW-Authenticate: Digest realm="IP Camera(A1)", nonce="x"\r\n\r\n'


def message(reader):
    return reader.message


def test_describe_asks_for_a_session_description():
    asked = request("DESCRIBE", "rtsp://10.77.64.17:554/Streaming/Channels/101", 2, user_agent="AnCam")

    assert asked == (
        b"DESCRIBE rtsp://10.77.64.17:554/Streaming/Channels/101 RTSP/1.0\r\nCSeq: 2\r\nUser-Agent: AnCam\r\n"
        b"Accept: application/sdp\r\n\r\n"
    )
    assert b"Accept" not in request("OPTIONS", "*", 1, user_agent="AnCam", headers=[("Require", "x")])


@pytest.mark.parametrize("method", ["SETUP", "PLAY", "SET_PARAMETER", "ANNOUNCE", "OPTIONS * RTSP/1.0\r\nX"])
def test_no_method_but_the_two_is_ever_written(method):
    with pytest.raises(Garbled):
        request(method, "*", 1, user_agent="a")


@pytest.mark.parametrize("pieces", [at_once, by_byte])
@pytest.mark.parametrize(
    ("answer", "status", "body", "is_cut"),
    [
        (OPEN + b"RTSP/1.0 500 Later\r\n\r\n", 200, SDP, False),
        (LOCKED, 401, b"", False),
        (b"\r\n$\x00\x00\x05RTSP/$\x01\x00\x00" + LOCKED, 401, b"", False),
        (b"RTSP/1.0 200\nContent-type: application/SDP\n\nv=0\n", 200, b"v=0\n", False),
        (b"RTSP/1.0 454 Session Not Found\r\nContent-Length: -7\r\n\r\n", 454, b"", False),
        (b"RTSP/1.0 200 OK\r\nContent-Length: 9223372036854775808\r\n\r\n" + b"a" * 500, 200, b"a" * 400, True),
        (b"RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\n" + b"a" * 500, 200, b"a" * 400, True),
        (b"RTSP/1.0 200 OK\r\nContent-Type: application/sdp\r\n\r\n" + b"a" * 400, 200, b"a" * 400, False),
        (b"RTSP/1.0 200 OK\r\nContent-Length: 400\r\n\r\n" + b"a" * 400, 200, b"a" * 400, False),
        (b"RTSP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nabc", 200, b"abc", True),
        (b"RTSP/1.0 200 OK\r\nX: " + b"a" * 40_000, 200, b"", True),
        (b"RTSP/1.0 200 OK\r\n" + b"A:\r\n" * 300 + b"\r\nx", 200, b"", True),
        (b"RTSP/1.0 400 Bad Request\r\nServer: x", 400, b"", True),
    ],
)
def test_answers_are_read_whatever_the_pieces(pieces, answer, status, body, is_cut):
    read = outcome(RtspReader(body_limit=400), pieces(answer), message)

    assert (read.status, read.body, read.is_cut) == (status, body, is_cut)


@pytest.mark.parametrize("pieces", [at_once, by_byte])
@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b"RTSP/1.0 OK\r\n\r\n",
        b"RTSP/1.0",
        b"OPTIONS * RTSP/1.0\r\n\r\n",
        b"$\x00\xff\xff",
        b"$",
        b"RTSP/" + b"a" * 40_000,
    ],
)
def test_junk_is_garbled(pieces, junk):
    assert outcome(RtspReader(), pieces(junk), message) == "garbled"


def test_frames_without_end_are_garbled():
    with pytest.raises(Garbled):
        RtspReader().feed((b"$\x00\xff\xff" + b"\x80" * 65_535) * 5)


def test_what_a_server_says_of_the_connection_is_kept_to():
    reader = RtspReader()
    reader.feed(LOCKED)

    assert reader.head_is_complete
    assert reader.is_done
    assert reader.message.keeps_alive
    assert reader.message.header("www-authenticate").startswith("Digest")
    assert reader.message.every("cseq") == ["2"]
    assert not outcome(RtspReader(), [b"RTSP/1.0 200 OK\r\nConnection: Close\r\n\r\n"], message).keeps_alive


def test_there_is_no_message_before_there_is_a_head():
    with pytest.raises(Garbled):
        _ = RtspReader().message


def test_media_are_named_with_their_coding():
    assert media_of(SDP) == ["video H264/90000", "audio PCMA/8000", "application"]
    assert media_of(b"m=\nm=video\na=rtpmap:96\na=rtpmap:1 x\n" + b"m=a b\n" * 100)[:2] == ["video x", "a"]
    assert len(media_of(b"m=a b\n" * 100)) == 64


@given(st.binary(max_size=200), st.sampled_from([b"", b"RTSP/1.0 200 OK\r\n", b"$\x00\x00\x04abcdRTSP/1.0 200 OK\r\n"]))
def test_no_bytes_raise_anything_but_garbled(data, before):
    one = outcome(RtspReader(head_limit=80, body_limit=32), at_once(before + data), message)

    assert outcome(RtspReader(head_limit=80, body_limit=32), by_byte(before + data), message) == one
    assert all(media.isprintable() or media for media in media_of(data))


@given(st.sampled_from([OPEN, LOCKED]), st.integers(0, 300), st.binary(max_size=4), st.integers(0, 4))
def test_a_spoilt_answer_reads_the_same_whatever_the_pieces(answer, position, instead, removed):
    spoilt = answer[:position] + instead + answer[position + removed :]

    assert outcome(RtspReader(), by_byte(spoilt), message) == outcome(RtspReader(), at_once(spoilt), message)
