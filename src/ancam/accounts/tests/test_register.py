"""The first run: one link, one agency, one administrator."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ancam.accounts.models import Agency, OneTimeLink, Person
from ancam.accounts.tests.factories import make_first_link
from ancam.audit.models import Entry
from ancam.web import clock

pytestmark = pytest.mark.django_db

ENTERED = {
    "name": "Ủy ban nhân dân tỉnh Đông Sơn",
    "kind": "ubnd_tinh",
    "place": "Đông Sơn",
    "symbol": "UBND",
    "full_name": "Trịnh Bảo Long",
    "email": "Long.Trinh@dongson.example",
    "password1": "mèo trèo cây cau",
    "password2": "mèo trèo cây cau",
}


@pytest.fixture
def address() -> str:
    return reverse("register_instance", args=[make_first_link()])


def test_the_link_opens_a_form_with_the_provinces_as_suggestions(client: Client, address: str) -> None:
    page = client.get(address)

    assert page.status_code == 200
    assert '<option value="Lào Cai">' in page.content.decode()
    assert "Mọi mục dưới đây đều bắt buộc" in page.content.decode()
    assert all(field.required for field in page.context["form"].fields.values())


def test_registering_makes_the_agency_and_signs_its_administrator_in(client: Client, address: str) -> None:
    client.get(address)

    reply = client.post(address, ENTERED)

    assert reply.status_code == 302
    assert reply["Location"] == reverse("home")
    person = Person.objects.get()
    assert person.email == "long.trinh@dongson.example"
    assert int(client.session["_auth_user_id"]) == person.pk
    assert Agency.objects.get().tier == "province"
    assert Entry.objects.last().action == "accounts.register_instance"


def test_the_link_does_not_work_twice(client: Client, address: str) -> None:
    client.post(address, ENTERED)

    again = Client().get(address)

    assert again.status_code == 422
    assert "đã có quản trị" in again.content.decode()


def test_an_old_link_is_refused_in_words(client: Client, address: str) -> None:
    OneTimeLink.objects.update(expires_at=clock.now() - timedelta(seconds=1))

    page = client.get(address)

    assert page.status_code == 422
    assert "Đường dẫn này không còn dùng được" in page.content.decode()


def test_an_unknown_link_is_refused(client: Client) -> None:
    assert client.get(reverse("register_instance", args=["không-có"])).status_code == 422


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("password2", "khác hẳn nhau", "chưa giống nhau"),
        ("password1", "1234567890", "không được chỉ gồm chữ số"),
        ("password1", "ngắn", "ít nhất 10 ký tự"),
        ("email", "không phải thư", "chưa đúng dạng"),
        ("kind", "không có", "lựa chọn"),
        ("name", "", "bắt buộc"),
        ("full_name", "a" * 121, "120"),
        ("full_name", "\ufb2c" * 120, "120"),
        ("email", f"{'a' * 64}@{'b' * 60}.{'c' * 60}.{'d' * 60}.example.vn", "254"),
    ],
)
def test_bad_input_is_told_beside_the_field_and_changes_nothing(
    client: Client, address: str, field: str, value: str, words: str
) -> None:
    entered = {**ENTERED, field: value}
    if field == "password1":
        entered["password2"] = value

    page = client.post(address, entered)

    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert words in page.content.decode()
    assert not Person.objects.exists()


def test_a_password_like_the_administrators_name_is_refused(client: Client, address: str) -> None:
    page = client.post(address, {**ENTERED, "password1": "trịnh bảo long", "password2": "trịnh bảo long"})

    assert page.status_code == 422
    assert "quá giống" in page.content.decode()


def test_other_methods_are_refused(client: Client, address: str) -> None:
    assert client.delete(address).status_code == 405
