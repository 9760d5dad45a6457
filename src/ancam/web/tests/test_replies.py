"""How a refusal reaches a person."""

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from ancam.kit.errors import AnCamError
from ancam.web.replies import Forbidden, RefusalMiddleware, refusal


class Refused(AnCamError):
    what = "Chưa mở được {thing}"
    ground = "Điều 18 khoản 4"
    next_step = "Đề nghị giao đơn vị khác"


def asked(*, htmx: bool = False) -> HttpRequest:
    request = RequestFactory().get("/")
    request.htmx = htmx  # type: ignore[attr-defined]
    return request


def test_a_refusal_has_three_parts_and_status_422(db: None) -> None:
    page = refusal(asked(), Refused(thing="<hồ sơ>"))

    text = page.content.decode()
    assert page.status_code == 422
    assert "Chưa mở được &lt;hồ sơ&gt;." in text
    assert "Điều 18 khoản 4." in text
    assert "Đề nghị giao đơn vị khác." in text
    assert "<html" in text


def test_a_fragment_is_refused_with_a_fragment() -> None:
    page = refusal(asked(htmx=True), Refused(thing="hồ sơ"))

    assert page.status_code == 422
    assert "<html" not in page.content.decode()


def test_a_wrong_role_is_403(db: None) -> None:
    page = refusal(asked(), Forbidden(act="phát hành văn bản", who="lãnh đạo"))

    assert page.status_code == 403
    assert "Chưa phát hành văn bản được." in page.content.decode()


def test_an_error_of_no_ones_is_left_to_django() -> None:
    middleware = RefusalMiddleware(lambda request: pytest.fail("not asked"))

    assert middleware.process_exception(asked(), RuntimeError("a defect")) is None
