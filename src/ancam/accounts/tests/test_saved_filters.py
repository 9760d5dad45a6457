"""A person's own filters of a list."""

import pytest

from ancam.accounts.errors import FilterNameTaken, NothingToSave, TooManyFilters
from ancam.accounts.models import Role, SavedFilter
from ancam.accounts.services import MOST_FILTERS, change_filter, remove_filter, save_filter
from ancam.accounts.tests.factories import make_agency, make_person, make_root
from ancam.audit.models import Entry
from ancam.web import clock

LIST = "/bo-loc/"


@pytest.fixture
def officer(db):
    return make_person(Role.OFFICER, make_agency(make_root(), "Ủy ban nhân dân xã An Bình"))


@pytest.fixture
def browser(client, officer):
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def kept(by, name="Quá hạn cấp xã", **values):
    facts = {"page": "following", "query": "due=overdue&tier=commune", "is_default": False, **values}
    return save_filter(by=by, name=name, at=clock.now(), **facts)


def test_conditions_are_kept_under_a_name_and_opened_again(browser, officer):
    sent = {"page": "following", "query": "due=overdue&tier=commune", "name": "Quá hạn cấp xã"}

    answer = browser.post(f"{LIST}them/", sent)

    assert answer.url == "/theo-doi/?due=overdue&tier=commune"
    page = " ".join(browser.get("/theo-doi/?due=overdue&tier=commune").content.decode().split())
    assert 'href="?due=overdue&amp;tier=commune" aria-current="true"' in page
    assert Entry.objects.latest("number").change == {"saved_filter": "Quá hạn cấp xã"}


def test_the_default_one_opens_with_the_list_and_can_be_left(browser, officer):
    kept(officer, is_default=True)

    assert browser.get("/theo-doi/").url == "/theo-doi/?due=overdue&tier=commune"
    assert browser.get("/nhiem-vu/").url == "/nhiem-vu/?due=overdue&tier=commune"
    assert browser.get("/theo-doi/?loc=khong").status_code == 200
    assert browser.get("/theo-doi/?due=soon").status_code == 200


def test_one_default_takes_the_place_of_another(officer):
    first = kept(officer, is_default=True)
    second = kept(officer, "Khác", is_default=True)

    assert list(SavedFilter.objects.filter(is_default=True)) == [second]
    change_filter(saved=first, name="Tên mới", is_default=True, by=officer, at=clock.now())
    assert SavedFilter.objects.get(is_default=True).name == "Tên mới"


def test_a_name_is_used_once(browser, officer):
    kept(officer)

    with pytest.raises(FilterNameTaken):
        kept(officer, "  Quá hạn   cấp xã ")
    other = kept(officer, "Khác")
    answer = browser.post(f"{LIST}{other.pk}/sua/", {"name": "Quá hạn cấp xã"})
    assert answer.status_code == 422
    assert "Đã có bộ lọc tên" in answer.content.decode()


def test_thirty_are_kept_of_a_list_and_no_more(officer):
    for number in range(MOST_FILTERS):
        kept(officer, f"Bộ lọc {number}")

    with pytest.raises(TooManyFilters):
        kept(officer)
    assert SavedFilter.objects.count() == MOST_FILTERS


@pytest.mark.parametrize("query", ["", "x=" + "a" * 2001])
def test_nothing_and_far_too_much_is_not_kept(officer, query):
    with pytest.raises(NothingToSave):
        kept(officer, query=query)


def test_it_is_renamed_and_removed(browser, officer):
    saved = kept(officer)

    assert browser.post(f"{LIST}{saved.pk}/sua/", {"name": "Cần đôn đốc"}).url == LIST
    assert "Cần đôn đốc" in browser.get(LIST).content.decode()
    assert "không lấy lại được" in browser.get(f"{LIST}{saved.pk}/xoa/").content.decode()
    assert browser.post(f"{LIST}{saved.pk}/xoa/").url == LIST
    assert "Chưa có bộ lọc nào" in browser.get(LIST).content.decode()


def test_nobody_reads_or_changes_the_filter_of_another(browser, officer):
    other = make_person(Role.LEADER, officer.agencies[0])
    theirs = kept(other, "KínLọc", is_default=True)

    assert "KínLọc" not in browser.get(LIST).content.decode()
    assert browser.get("/theo-doi/").status_code == 200
    for address in (f"{LIST}{theirs.pk}/sua/", f"{LIST}{theirs.pk}/xoa/"):
        assert browser.get(address).status_code == 404
        assert browser.post(address, {"name": "Lấy"}).status_code == 404
    with pytest.raises(SavedFilter.DoesNotExist):
        remove_filter(saved=theirs, by=officer, at=clock.now())
    with pytest.raises(SavedFilter.DoesNotExist):
        change_filter(saved=theirs, name="Lấy", is_default=False, by=officer, at=clock.now())


@pytest.mark.parametrize(
    "sent",
    [
        {"page": "nowhere", "query": "a=b", "name": "x"},
        {"page": "following", "query": "a=b", "name": " "},
        {"page": "following", "query": "a=b", "name": "x" * 81},
        {"page": "following", "query": "&&&", "name": "x"},
        {"page": "following", "query": "&".join(f"a{n}=1" for n in range(60)), "name": "x"},
    ],
)
def test_what_makes_no_filter_is_refused(browser, sent):
    assert browser.post(f"{LIST}them/", sent).status_code == 422
    assert not SavedFilter.objects.exists()


def test_only_the_offered_methods_are_taken(browser, officer):
    saved = kept(officer)

    assert browser.post(LIST).status_code == 405
    assert browser.put(f"{LIST}{saved.pk}/xoa/").status_code == 405
