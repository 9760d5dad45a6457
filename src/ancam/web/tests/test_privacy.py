"""What a person is shown stays out of every cache."""

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from ancam.web.downloads import download
from ancam.web.exports import csv_response
from ancam.web.privacy import NoStoreMiddleware


def answered(response: HttpResponse | StreamingHttpResponse) -> str:
    request: HttpRequest = RequestFactory().get("/")
    return str(NoStoreMiddleware(lambda request: response)(request).get("Cache-Control", ""))


@pytest.mark.parametrize(
    "response",
    [HttpResponse("<p>"), download(b"x", "thư.docx"), csv_response("cơ-quan", ["Tên"], [])],
    ids=["page", "file", "csv"],
)
def test_a_page_a_file_and_an_export_are_kept_by_no_cache(response: HttpResponse) -> None:
    assert answered(response) == "no-store, private"


def test_what_says_so_by_itself_is_left_as_it_is() -> None:
    assert answered(HttpResponse(headers={"Cache-Control": "max-age=0, no-store"})) == "max-age=0, no-store"


def test_the_settings_carry_it_and_static_files_stay_cacheable(client, db: None) -> None:  # type: ignore[no-untyped-def]
    client.cookies[settings.SESSION_COOKIE_NAME] = "x"

    page, mark = client.get("/dang-nhap/"), client.get("/static/ancam/mark.svg")
    mark.close()

    assert "no-store" in page["Cache-Control"]
    assert "no-store" not in mark["Cache-Control"]
