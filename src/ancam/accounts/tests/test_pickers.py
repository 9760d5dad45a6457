"""One of thousands is chosen by words: as one types, or without script in two steps."""

import pytest
from django.test import Client
from django.urls import reverse

from ancam.accounts.models import Agency, Delegation, Membership, Person, Role
from ancam.accounts.tests.conftest import signed_in_as
from ancam.accounts.tests.factories import make_agency, make_person
from ancam.kit.folding import fold
from ancam.web import clock
from ancam.web.pickers import MOST_HITS, MOST_OPTIONS

MANY = MOST_OPTIONS + 30


@pytest.fixture
def crowd(commune: Agency) -> list[Person]:
    """More officers at one commune than a select is for, and one of a name of her own."""
    make_person(Role.OFFICER, commune, name="Quách Thị Huyền Trân", email="tran@dongson.example")
    people = [
        Person(full_name=f"Lê Văn Số {n}", email=f"le{n}@x.vn", search_key=fold(f"Lê Văn Số {n}")) for n in range(MANY)
    ]
    Person.objects.bulk_create(people)
    Membership.objects.bulk_create(Membership(person=person, agency=commune, role=Role.OFFICER) for person in people)
    return people


@pytest.fixture
def communes(root: Agency) -> list[Agency]:
    """More communes than a select is for."""
    return [make_agency(root, f"Ủy ban nhân dân xã Tân Lập {n}") for n in range(MANY)]


def found(client: Client, name: str, words: str, field: str = "agency") -> str:
    answer = client.get(reverse(name), {"field": field, f"{field}_words": words})
    assert answer.status_code == 200
    return answer.content.decode()


def entered(officer: Person, **values: object) -> dict[str, object]:
    today = f"{clock.today():%d/%m/%Y}"
    return {"membership": officer.memberships.get().pk, "begins_on": today, "ends_on": today, **values}


def test_few_stay_a_select_and_many_become_a_search(as_administrator: Client, root: Agency, officer: Person) -> None:
    few = as_administrator.get(reverse("person_add")).content.decode()
    for n in range(MANY):
        make_agency(root, f"Ủy ban nhân dân xã Tân Lập {n}")
    many = as_administrator.get(reverse("person_add")).content.decode()

    assert "<select" in few and "agency_words" not in few
    assert 'name="agency_words"' in many and "Tân Lập 7" not in many
    assert f'hx-get="{reverse("pick_administered_agency")}?field=agency"' in many


def test_words_without_diacritics_find_names_with_the_agency_above(
    as_administrator: Client, root: Agency, communes: list[Agency]
) -> None:
    body = found(as_administrator, "pick_agency", "tan lap 17")

    assert f'value="{communes[17].pk}"' in body
    assert root.name in body
    assert body.count('type="radio"') == body.count('name="agency"') == len([n for n in range(MANY) if "17" in str(n)])


def test_at_most_twenty_are_shown_and_that_there_are_more_is_said(
    as_administrator: Client, communes: list[Agency]
) -> None:
    body = found(as_administrator, "pick_agency", "tan lap")

    assert body.count('type="radio"') == MOST_HITS
    assert "gõ thêm" in body


@pytest.mark.parametrize("words", ["", "   ", "--", "x" * 300, "a " * 60, "\0"])
def test_words_that_ask_for_nothing_find_nothing(as_administrator: Client, commune: Agency, words: str) -> None:
    assert 'type="radio"' not in found(as_administrator, "pick_agency", words)


def test_only_what_the_person_may_choose_is_found(
    as_outsider: Client, as_officer: Client, crowd: list[Person], commune: Agency
) -> None:
    assert commune.name not in found(as_outsider, "pick_agency", "an binh")
    assert commune.name in found(as_officer, "pick_agency", "an binh")
    assert commune.name not in found(as_officer, "pick_administered_agency", "an binh")
    assert "Quách" not in found(as_outsider, "pick_stand_in", "quach", "stand_in")
    assert "Quách" not in found(as_outsider, "pick_delegable_role", "quach", "membership")
    assert "Quách" in found(as_officer, "pick_stand_in", "quach", "stand_in")


def test_the_searches_are_for_who_is_signed_in_and_only_read(client: Client, as_officer: Client) -> None:
    for name in ("pick_agency", "pick_administered_agency", "pick_delegable_role", "pick_stand_in"):
        assert client.get(reverse(name)).status_code == 302
        assert as_officer.post(reverse(name)).status_code == 405


def test_who_was_chosen_from_the_hits_stands_in(as_administrator: Client, officer: Person, crowd: list[Person]) -> None:
    answer = as_administrator.post(
        reverse("delegation_add"), entered(officer, stand_in=crowd[5].pk, stand_in_words="le van so 5")
    )

    assert answer.status_code == 302
    assert Delegation.objects.get().stand_in == crowd[5]


def test_without_script_words_that_one_person_alone_bears_are_enough(
    as_administrator: Client, officer: Person, crowd: list[Person]
) -> None:
    as_administrator.post(reverse("delegation_add"), entered(officer, stand_in_words="huyen tran"))

    assert Delegation.objects.get().stand_in.full_name == "Quách Thị Huyền Trân"


def test_without_script_several_come_back_to_choose_from(
    as_administrator: Client, officer: Person, crowd: list[Person], commune: Agency
) -> None:
    answer = as_administrator.post(reverse("delegation_add"), entered(officer, stand_in_words="le van so 22"))

    body = answer.content.decode()
    assert answer.status_code == 422
    assert "khớp nhiều kết quả" in body
    assert f'value="{crowd[22].pk}"' in body and commune.name in body
    assert not Delegation.objects.exists()


def test_new_words_count_more_than_what_was_chosen_before_them(
    as_administrator: Client, officer: Person, crowd: list[Person]
) -> None:
    as_administrator.post(
        reverse("delegation_add"), entered(officer, stand_in=crowd[5].pk, stand_in_words="huyen tran")
    )

    assert Delegation.objects.get().stand_in.full_name == "Quách Thị Huyền Trân"


@pytest.mark.parametrize(
    ("key", "words"), [("", ""), ("x", ""), ("9" * 30, ""), ("-1", ""), ("", "khong ai"), ("", "z" * 5000)]
)
def test_who_is_not_offered_is_refused_beside_the_field(
    as_administrator: Client, officer: Person, crowd: list[Person], key: str, words: str
) -> None:
    answer = as_administrator.post(reverse("delegation_add"), entered(officer, stand_in=key, stand_in_words=words))

    assert answer.status_code == 422
    assert "picker is-invalid" in answer.content.decode()
    assert not Delegation.objects.exists()


def test_someone_of_another_agency_is_refused_though_the_key_is_real(
    officer: Person, crowd: list[Person], outsider: Person, commune_administrator: Person
) -> None:
    client = signed_in_as(commune_administrator)

    assert client.post(reverse("delegation_add"), entered(officer, stand_in=outsider.pk)).status_code == 422


def test_a_list_is_narrowed_by_an_agency_found_by_words_and_shows_it_chosen(
    as_administrator: Client, communes: list[Agency]
) -> None:
    make_person(Role.OFFICER, communes[117], name="Mai Thị Lụa")

    by_words = as_administrator.get(reverse("people"), {"agency_words": "tan lap 117"}).content.decode()
    by_key = as_administrator.get(reverse("people"), {"agency": communes[117].pk}).content.decode()

    assert "Mai Thị Lụa" in by_words
    assert "Mai Thị Lụa" in by_key and "checked" in by_key and "Mọi cơ quan" in by_key


def test_the_page_of_an_agency_of_many_shows_some_and_leads_to_all(
    as_administrator: Client, commune: Agency, crowd: list[Person]
) -> None:
    body = as_administrator.get(reverse("agency", args=[commune.pk])).content.decode()

    assert body.count("Lê Văn Số") <= 50
    assert f"Còn {MANY + 1 - 50} vai trò nữa" in body
    assert f"{reverse('people')}?agency={commune.pk}" in body
