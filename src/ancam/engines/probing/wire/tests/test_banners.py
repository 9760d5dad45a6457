import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.wire.banners import (
    ftp_greeting,
    identify_first_bytes,
    is_shell_without_login,
    telnet_text,
)

OPTIONS = b"\xff\xfd\x01\xff\xfd\x1f\xff\xfb\x01\xff\xfb\x03"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (OPTIONS, ""),
        (OPTIONS + b"\r\n\r\n(none) login: ", "(none) login:"),
        (b"\xff\xfa\x18\x01\xff\xf0dvr login:", "dvr login:"),
        (b"\xff\xfa\x18 never ended", ""),
        (b"\r\nUser Name : ", "User Name :"),
        (b"BusyBox v1.16.1 built-in shell (ash)\r\n# ", "BusyBox v1.16.1 built-in shell (ash) #"),
        (b"[root@dvr ~]# ", "[root@dvr ~]#"),
        (b"\x00~ $ ", "~ $"),
        (b"\xff\xf1\xff\xfb\x01d\xe9p\xf4t\x1b[0m login: ", "dépôt[0m login:"),
    ],
)
def test_negotiation_and_prompts_prove_telnet(data, text):
    assert telnet_text(data) == text
    assert identify_first_bytes(data) == "telnet"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello\r\n",
        b"\xff",
        b"\xff\xff\xff\xff",
        b"\x00\x01\x02",
        b"price: 5$ only",
        b"\xff\xd8\xff\xe0\xff\xfb\x01",
        b"\xff\xfb\x90\x44",
    ],
)
def test_other_words_prove_nothing(data):
    assert telnet_text(data) is None
    assert identify_first_bytes(data) == "unknown"


@pytest.mark.parametrize(
    ("data", "service"),
    [
        (b"SSH-2.0-dropbear_2014.63\r\n", "ssh"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\nlogin: ", "http"),
        (b"RTSP/1.0 400 Bad Request\r\n", "rtsp"),
        (b"220 (vsFTPd 2.3.4)\r\n", "ftp"),
        (b"220 mail.example ESMTP\r\n", "unknown"),
    ],
)
def test_other_services_are_told_by_their_first_bytes(data, service):
    assert identify_first_bytes(data) == service
    assert telnet_text(data) is None


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("#", True),
        ("[root@dvr ~]# ", True),
        ("/ $ ", True),
        ("BusyBox v1.16.1 built-in shell (ash) #", True),
        ("dvr login:", False),
        ("login: root Password: #", False),
        ("", False),
        ("Welcome to no. 5$!", False),
    ],
)
def test_a_shell_that_asks_nobody_is_told_from_a_login(text, is_open):
    assert is_shell_without_login(text) is is_open


def test_a_greeting_of_ftp_is_given_without_its_numbers():
    assert ftp_greeting(b"220-Xin ch\xc3\xa0o\r\n220-x\r\n220 FTP ready\x07\r\n") == "Xin chào x FTP ready"
    assert ftp_greeting(b"220 ") == ""
    assert ftp_greeting(b"2200 x") is None
    assert ftp_greeting(b"421 too many") is None


@given(st.one_of(st.binary(max_size=300), st.builds(lambda data: OPTIONS + data, st.binary(max_size=50))))
def test_no_bytes_raise_anything(data):
    text = telnet_text(data)

    assert text is None or text.encode() == text.strip().encode()
    assert identify_first_bytes(data) in {"ssh", "ftp", "telnet", "http", "rtsp", "unknown"}


def test_a_banner_without_end_takes_no_time():
    for data in (b"\xff\xfa" * 500_000, b"login" * 200_000, b" " * 1_000_000, b"220-" * 200_000):
        telnet_text(data)
        ftp_greeting(data)
