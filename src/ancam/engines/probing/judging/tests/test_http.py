import pytest

from ancam.engines.probing.facts import Ask, SoapKind
from ancam.engines.probing.judging.tests.facts_made import call, described, facts, page, refused, said_of, tls

FORM = '<form action="/login"><input name="p" type="password"></form>'
SCRIPTED_FORM = '<script src="/js/md5.js"></script>' + FORM
TLS_PORT_ERROR = "<h1>400 Bad Request</h1>The plain HTTP request was sent to HTTPS port"

CLEARTEXT = ("fail", "http_cleartext")


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (facts(page(FORM)), CLEARTEXT),
        (facts(page(SCRIPTED_FORM)), ("inconclusive", "http_cleartext")),
        (facts(refused('Digest realm="a", nonce="b"')), CLEARTEXT),
        (
            facts(page("", status=302, location="/doc/page/login.asp"), page(FORM, path="/doc/page/login.asp")),
            CLEARTEXT,
        ),
        (facts(page("", status=404), page("", status=401, ask=Ask.INFO)), CLEARTEXT),
        (facts(call("GetSystemDateAndTime", port=2020)), CLEARTEXT),
        (facts(call("GetDeviceInformation", SoapKind.NOT_AUTHORISED, port=2020), tls()), CLEARTEXT),
        (facts(page("", status=301, location="https://10.77.64.17/"), call("GetSystemDateAndTime"), tls()), CLEARTEXT),
        (facts(page("", status=301, location="https://10.77.64.17/"), tls()), ("not-assessable", "not-seen")),
        (facts(page(TLS_PORT_ERROR, status=400, port=8443)), ("not-assessable", "not-seen")),
        (facts(page(FORM, port=443, is_tls=True), tls(), closed=[80]), ("not-assessable", "not-seen")),
        (facts(page("", status=404, port=49152, ask=Ask.DESCRIPTION)), ("not-assessable", "not-seen")),
        (facts(call("GetScopes", SoapKind.OTHER), closed=[80]), ("not-assessable", "not-offered")),
        (facts(closed=[80, 8000]), ("not-assessable", "not-offered")),
        (facts(tls(), closed=[80], silent=[8080]), ("not-assessable", "silent")),
        (facts(), ("not-assessable", "not-asked")),
    ],
)
def test_what_is_served_without_leading_to_https_is_in_the_clear(host, expected):
    assert said_of("CHK-HTTP-04", host) == expected


@pytest.mark.parametrize(
    "first",
    [
        page("", status=302, location="https://camera.example.vn/"),
        page('<meta http-equiv="refresh" content="0; url=https://10.77.64.17/">'),
        page("", refresh="0; url=https://10.77.64.17/"),
        page('<script>location.protocol = "https:";</script>'),
        page('<script>window.location.href = "https://" + location.hostname + "/";</script>'),
        page("<script>location.replace('https://10.77.64.17/index.html')</script>"),
        page("<script>location = location.href.replace(/^http:/, 'https:');</script>"),
    ],
)
def test_a_home_page_that_leads_on_to_https_is_not_in_the_clear(first):
    assert said_of("CHK-HTTP-04", facts(first, tls())) == ("not-assessable", "not-seen")


def test_a_page_that_only_asks_for_the_protocol_leads_nowhere():
    asks = page("<script>if (location.protocol == 'https:') { port = 443; }</script>")

    assert said_of("CHK-HTTP-04", facts(asks)) == CLEARTEXT


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (facts(page(FORM), closed=[443, 8443]), ("fail", "tls_missing")),
        (facts(page(FORM), closed=[443]), ("fail", "tls_missing")),
        (facts(page(FORM), page(FORM, port=443), open=[443]), ("fail", "tls_missing")),
        (facts(page(FORM), tls(port=322), closed=[443]), ("not-assessable", "not-seen")),
        (facts(call("GetScopes", port=2020), page("", status=404, port=2020)), ("not-assessable", "no-page")),
        (facts(page(FORM), described(401, is_tls=True, port=322), closed=[443]), ("not-assessable", "not-seen")),
        (facts(page(FORM), silent=[443]), ("not-assessable", "silent")),
        (facts(page(FORM), closed=[443], silent=[8443]), ("not-assessable", "silent")),
        (facts(page(FORM)), ("not-assessable", "not-asked")),
        (facts(page(FORM), open=[443]), ("not-assessable", "unclear")),
        (facts(page(FORM), page(TLS_PORT_ERROR, status=400, port=443), open=[443]), ("not-assessable", "unclear")),
        (facts(page(FORM), tls()), ("not-assessable", "not-seen")),
        (facts(page(FORM), page(FORM, port=8443, is_tls=True), closed=[443]), ("not-assessable", "not-seen")),
        (facts(closed=[80, 443]), ("not-assessable", "not-offered")),
    ],
)
def test_https_is_missing_only_when_it_was_asked_for_and_refused(host, expected):
    assert said_of("CHK-HTTP-01", host) == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (facts(refused('Basic realm="cam"')), ("fail", "http_basic_auth")),
        (facts(refused('Digest realm="a", nonce="b", Basic realm="c"', ask=Ask.INFO)), ("fail", "http_basic_auth")),
        (facts(refused('Digest realm="Basic realm", nonce="b"')), ("not-assessable", "not-seen")),
        (facts(refused('Basic realm="cam"', is_tls=True, port=443)), ("not-assessable", "no-challenge")),
        (facts(page(FORM)), ("not-assessable", "no-challenge")),
        (facts(silent=[80]), ("not-assessable", "silent")),
    ],
)
def test_basic_is_a_failure_only_without_encryption(host, expected):
    assert said_of("CHK-HTTP-02", host) == expected


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (facts(refused('Digest realm="a", nonce="b"')), ("inconclusive", "http_digest_md5")),
        (
            facts(refused('Digest realm="a", nonce="b", algorithm=MD5', is_tls=True)),
            ("inconclusive", "http_digest_md5"),
        ),
        (
            facts(
                refused('Digest realm="a", nonce="b", algorithm=MD5', 'Digest realm="a", nonce="b", algorithm=SHA-256')
            ),
            ("not-assessable", "not-seen"),
        ),
        (facts(refused('Digest realm="a", nonce="b"', 'Basic realm="a"')), ("not-assessable", "not-seen")),
        (facts(page(FORM)), ("not-assessable", "no-challenge")),
    ],
)
def test_md5_is_said_only_where_nothing_newer_is_offered(host, expected):
    assert said_of("CHK-HTTP-03", host) == expected
