"""How a refusal reaches a person."""

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.test import Client, RequestFactory

from ancam.kit.errors import AnCamError
from ancam.web.replies import Forbidden, RefusalMiddleware, parent_page, refusal


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


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/phan-cong/1/bao-cao/", "/phan-cong/1/"),
        ("/bao-cao-tien-do/1/xac-nhan/", "/"),
        ("/nguoi-dung/3/vai-tro/4/bo/", "/nguoi-dung/3/vai-tro/"),
        ("/co-quan/", "/"),
        ("/", "/"),
    ],
)
def test_the_page_above_an_address_is_the_nearest_that_exists(path: str, page: str) -> None:
    assert parent_page(path) == page


@pytest.fixture
def signed_in(client: Client, db: None) -> Client:
    client.force_login(get_user_model().objects.create(email="can-bo@vi-du.vn", full_name="Nguyễn Thị Mai"))
    return client


def test_a_form_address_that_is_opened_instead_of_sent_to_explains_itself(signed_in: Client) -> None:
    page = signed_in.get("/ky-han/1/bao-cao/")

    text = page.content.decode()
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "Trang này chỉ nhận biểu mẫu được gửi." in text
    assert "có thể phiên làm việc đã hết nên nội dung chưa được gửi." in text
    assert 'href="/ky-han/1/"' in text


def test_a_page_that_takes_no_form_says_so(signed_in: Client) -> None:
    page = signed_in.post("/van-ban/")

    assert page.status_code == 405
    assert "Trang này chỉ để xem, không nhận biểu mẫu." in page.content.decode()


def test_a_form_with_a_stale_mark_is_refused_in_vietnamese(db: None) -> None:
    page = Client(enforce_csrf_checks=True).post("/dang-nhap/", {"login": "x"})

    assert page.status_code == 403
    assert "Biểu mẫu đã hết hạn hoặc không được gửi từ trang của hệ thống." in page.content.decode()


def test_a_name_that_the_server_does_not_serve_is_refused_in_vietnamese(client: Client) -> None:
    page = client.get("/dang-nhap/", headers={"host": "la.example"})

    assert page.status_code == 400
    assert "Hệ thống không đọc được yêu cầu vừa gửi." in page.content.decode()


def test_an_error_of_no_ones_is_left_to_django() -> None:
    middleware = RefusalMiddleware(lambda request: pytest.fail("not asked"))

    assert middleware.process_exception(asked(), RuntimeError("a defect")) is None
