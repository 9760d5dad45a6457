"""What is refused by its headers alone, before its body is read."""

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from ancam.web.bodies import BodyGuardMiddleware

SIGNED_IN = f"{settings.SESSION_COOKIE_NAME}=x"


class Unread:
    """A body that must not be asked for."""

    def read(self, *size: int) -> bytes:
        pytest.fail("the body was read")


def asked(length: str | None, *, cookie: str = "", method: str = "POST", **headers: str) -> HttpRequest:
    request = RequestFactory().generic(method, "/van-ban/tai-len/", HTTP_COOKIE=cookie, **headers)
    request.META["wsgi.input"] = Unread()
    request.META.pop("CONTENT_LENGTH", None)
    if length is not None:
        request.META["CONTENT_LENGTH"] = length
    return request


def answer(request: HttpRequest) -> HttpResponse:
    return BodyGuardMiddleware(lambda request: HttpResponse("passed"))(request)


@pytest.mark.parametrize(
    ("length", "cookie", "status"),
    [
        ("64000", "", 200),
        ("64001", "", 413),
        ("64001", SIGNED_IN, 200),
        (str(settings.MAX_UPLOAD_BYTES + 1_000_000), SIGNED_IN, 200),
        (str(settings.MAX_UPLOAD_BYTES + 1_000_001), SIGNED_IN, 413),
        ("many", SIGNED_IN, 411),
        ("", SIGNED_IN, 411),
    ],
)
def test_a_body_is_let_through_or_refused_by_its_announced_length(length: str, cookie: str, status: int) -> None:
    assert answer(asked(length, cookie=cookie)).status_code == status


def test_a_body_in_chunks_without_a_length_is_refused() -> None:
    assert answer(asked(None, cookie=SIGNED_IN, HTTP_TRANSFER_ENCODING="chunked")).status_code == 411


def test_a_page_asked_for_without_a_body_is_let_through() -> None:
    assert answer(asked(None, method="GET")).content == b"passed"


def test_the_refusal_is_a_page_in_three_parts_that_asks_no_database() -> None:
    page = answer(asked("64001")).content.decode()

    assert "<html" in page
    assert "chưa đăng nhập hoặc phiên làm việc đã hết" in page
    assert "Đề nghị đăng nhập rồi gửi lại" in page


def test_the_guard_stands_before_all_that_may_read_a_body(client) -> None:  # type: ignore[no-untyped-def]
    reply = client.post("/dang-nhap/", {"login": "x" * 70_000})

    assert reply.status_code == 413
    assert "default-src 'none'" in reply["Content-Security-Policy"]
