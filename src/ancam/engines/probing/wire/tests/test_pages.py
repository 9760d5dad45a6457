import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.wire.http import Elsewhere, HttpMessage, redirect_of, scripts, title

HOME = Elsewhere("http", "10.77.64.17", 80, "/")


def page(body: str, status: int = 200, **headers: str) -> HttpMessage:
    return HttpMessage(status, tuple(headers.items()), body.encode(), False, True)


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (b"<HTML><Title>\r\n WEB  SERVICE\n</title>", "", "WEB SERVICE"),
        ("<title>Đầu ghi &amp; camera</title>".encode(), "", "Đầu ghi & camera"),
        ("<title>网络摄像机</title>".encode("gbk"), "text/html; charset=GBK", "网络摄像机"),
        (b'<meta charset="gb2312">' + "<title>網络</title>".encode("gbk"), "", "網络"),
        ("<title>网络</title>".encode("gbk"), "", "网络"),
        ("<title>Caméra</title>".encode("latin-1"), "", "Caméra"),
        ("<title>Caméra</title>".encode("latin-1"), "text/html; charset=unicode_escape", "Caméra"),
        ("<title>x</title>".encode("utf-16"), "", "x"),
        (b"\xef\xbb\xbf<title>bom</title>", "", "bom"),
        (b"<title>a\x00b\x1b[0m\xe2\x80\xaec</title>", "", "ab[0mc"),
        (b"<title>\xed\xa0\x80 \xff</title>", "text/html;charset=UTF-8", "\ufffd\ufffd\ufffd \ufffd"),
        (("<title>Đầu ghi</title>" + "ế" * 2_000).encode()[:-1], "", "Đầu ghi"),
        (b"<title>&#xD800;&#0;a</title>", "", "\ufffd\ufffda"),
        (b"<!-- <title>old</title> --><title lang=vi>new</title>", "", "new"),
        (b"<title>never closed", "", "never closed"),
        (b"<title>" + b"a" * 5_000, "", "a" * 200),
        (b"<p>none", "", ""),
    ],
)
def test_titles_in_any_charset_are_clean_text(body, content_type, expected):
    assert title(body, (("content-type", content_type),)) == expected


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("/doc/page/login.asp", Elsewhere("http", "10.77.64.17", 80, "/doc/page/login.asp")),
        ("https://10.77.64.17/", Elsewhere("https", "10.77.64.17", 443, "/")),
        ("//192.0.2.1:8443/x?y=1#z", Elsewhere("http", "192.0.2.1", 8443, "/x?y=1")),
        ("http://user:pw@evil.example", Elsewhere("http", "evil.example", 80, "/")),
        ("http://[2001:db8::1]:81/a b", Elsewhere("http", "2001:db8::1", 81, "/a%20b")),
        ("/", None),
        ("", None),
        ("ftp://10.0.0.1/", None),
        ("javascript:alert(1)", None),
        ("http://[::1/", None),
        ("http://h:99999/", None),
        ("http://h:0/", None),
        ("http://a b/", None),
        ("http:///x", Elsewhere("http", "10.77.64.17", 80, "/x")),
        ("http:", None),
    ],
)
def test_a_redirect_names_the_place(location, expected):
    assert redirect_of(page("", 302, location=location), HOME) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<META content="0; URL=\'/web/login\'" http-equiv="Refresh">', "http://10.77.64.17:80/web/login"),
        ('<meta http-equiv=refresh content="1;url=index.asp?a=1&amp;b=2">', "http://10.77.64.17:80/index.asp?a=1&b=2"),
        (
            '<script>window.location.href = "/doc/page/login.asp?_" + (new Date()).getTime();</script>',
            "http://10.77.64.17:80/doc/page/login.asp?_",
        ),
        ("<SCRIPT type=text/javascript>top.location='login.htm'</SCRIPT>", "http://10.77.64.17:80/login.htm"),
        ("<script>location.replace('https://10.77.64.17/x')</script>", "https://10.77.64.17:443/x"),
        ('<script>location.href = "https://" + window.location.host;', "https://10.77.64.17:443/"),
        ("<script>location = 'https:' + '//' + location.hostname</script>", "https://10.77.64.17:443/"),
        ('<meta http-equiv="Content-Type" content="text/html">', None),
        ("<!-- <script>location='/x'</script> -->", None),
        ("<script>if (location.href == '/x') a()</script>", None),
        ("<script src=a.js></script><p>location='/x'", None),
        ("<script>location=''</script>", None),
        ("İİİ<SCRIPT>location='/a'</Script>", "http://10.77.64.17:80/a"),
    ],
)
def test_a_page_that_leads_elsewhere_says_where(body, expected):
    place = redirect_of(page(body), HOME)

    assert (place and f"{place.scheme}://{place.host}:{place.port}{place.path}") == expected


def test_over_tls_a_script_that_leads_to_tls_leads_nowhere():
    body = '<script>if (x) location.href = "https://" + location.host</script>'

    assert redirect_of(page(body), Elsewhere("https", "10.77.64.17", 443, "/a")) is None


def test_over_ipv6_the_address_is_put_in_brackets_again():
    body = "<script>location='https://'+location.host</script>"

    assert redirect_of(page(body), Elsewhere("http", "fd00::1", 80, "/")) == Elsewhere("https", "fd00::1", 443, "/")


def test_an_error_page_leads_nowhere():
    assert redirect_of(page("<script>location='/x'</script>", 404), HOME) is None


def test_scripts_and_style_sheets_are_named_once_each():
    body = (
        b'<script src="/js/app.js?v=5.5.82"></script><link href=style.css rel="stylesheet"><link rel=icon href=/i.ico>'
        b"<script>inline()</script><script async src='/js/app.js?v=5.5.82'></script><!--<script src=old.js>-->"
    )

    assert scripts(body) == ["/js/app.js?v=5.5.82", "style.css"]
    assert len(scripts(b"".join(b"<script src=%d.js>" % number for number in range(200)))) == 50


@given(st.text(alphabet="<>script meta=\"'/location.href-!url;refresh\x00\ud800", max_size=300), st.binary(max_size=60))
def test_no_page_raises_anything(text, data):
    body = text.encode("utf-8", "surrogatepass") + data
    message = HttpMessage(200, (("content-type", "text/html; charset=big5"),), body, False, False)

    assert isinstance(title(body, message.headers).encode(), bytes)
    assert redirect_of(message, HOME) is None or redirect_of(message, HOME).path.isascii()
    assert "\x00" not in "".join(scripts(body)).encode().decode()


def test_tags_that_never_end_take_no_time():
    for tag in (b"<script>", b"<meta ", b"<title ", b"<!--", b"<script src=", b"<script>location=\"x'"):
        body = tag * (262_144 // len(tag))
        assert title(body, ()) == ""
        assert redirect_of(HttpMessage(200, (), body, True, False), HOME) is None
        scripts(body)
