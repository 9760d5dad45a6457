"""People are told a thing once, in their language, as they want to hear of it."""

import pytest
from django.utils import translation
from django_q.models import OrmQ

from ancam.accounts.models import Language, Person, Role
from ancam.accounts.tests.factories import make_person, make_root
from ancam.audit.models import Entry
from ancam.notifications.models import Channel, Notice, NoticeKind
from ancam.notifications.services import Told, mark_read, set_preferences, tell
from ancam.notifications.tests.factories import tell_some, told
from ancam.notifications.tests.instants import MONDAY_MORNING, TUESDAY_MORNING

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return make_person(Role.OFFICER, make_root(), name="Lê An")


def test_nobody_is_told_the_same_thing_twice(person):
    for _ in range(2):
        tell([(person, told()), (person, told())], MONDAY_MORNING)

    assert Notice.objects.get().title == "Còn 7 ngày"


def test_words_are_in_the_language_of_who_is_told_and_fit(person):
    person.language = Language.ENGLISH
    words = lambda: (f"{translation.get_language()}\n{'a' * 300}", "b" * 900)  # noqa: E731
    tell([(person, Told("k", NoticeKind.LATE, "/", words))], MONDAY_MORNING)

    notice = Notice.objects.get()
    assert notice.title == f"en {'a' * 196}…"
    assert (len(notice.text), notice.text[-1]) == (600, "…")


def test_a_preference_holds_for_its_kind_and_for_what_is_told_from_then_on(person):
    tell([(person, told("before"))], MONDAY_MORNING)
    set_preferences(person=person, channels={"reminder": "none"}, at=MONDAY_MORNING)
    tell([(person, told("after")), (person, told("late", NoticeKind.LATE))], MONDAY_MORNING)

    assert dict(Notice.objects.values_list("key", "channel")) == {"before": "daily", "after": "none", "late": "daily"}


def test_a_change_of_preferences_leaves_a_line_and_none_when_nothing_changes(person):
    for _ in range(2):
        set_preferences(person=person, channels={"reminder": "none", "late": "daily"}, at=MONDAY_MORNING)

    line = Entry.objects.get(action="notifications.set_preferences")
    assert line.change == {"before": {"reminder": "daily"}, "after": {"reminder": "none"}}


def test_what_is_for_the_list_only_is_never_mailed(person):
    tell([(person, told(kind=NoticeKind.ANSWERED, in_list_only=True))], MONDAY_MORNING)

    assert Notice.objects.get().channel == Channel.NONE


def test_one_or_all_are_marked_as_read_and_nobody_elses(person):
    other = make_person(Role.READER, person.main_agency)
    tell_some(person, 3, MONDAY_MORNING)
    tell_some(other, 2, MONDAY_MORNING)
    theirs, mine = other.notices.first(), person.notices.first()

    counts = [mark_read(person=person, notice=one, at=MONDAY_MORNING) for one in (theirs, mine, mine, None)]
    mark_read(person=person, at=TUESDAY_MORNING)

    assert counts == [0, 1, 0, 2]
    assert set(person.notices.values_list("read_at", flat=True)) == {MONDAY_MORNING}
    assert set(other.notices.values_list("read_at", flat=True)) == {None}


@pytest.mark.parametrize(
    ("sends_mail", "kind", "jobs"),
    [
        (True, NoticeKind.ANSWERED, 1),
        (True, NoticeKind.REMINDER, 0),
        (False, NoticeKind.ANSWERED, 0),
    ],
)
def test_what_is_to_be_heard_of_at_once_is_sent_once_the_act_has_committed(
    person, settings, django_capture_on_commit_callbacks, sends_mail, kind, jobs
):
    settings.SENDS_MAIL = sends_mail

    with django_capture_on_commit_callbacks(execute=True):
        tell([(person, told("a", kind)), (person, told("b", kind))], MONDAY_MORNING)
        assert not OrmQ.objects.exists()

    assert [task.func() for task in OrmQ.objects.all()] == ["ancam.notifications.jobs.send_mails"] * jobs


def test_telling_many_costs_as_many_queries_as_telling_few(person, django_assert_num_queries):
    people = [make_person(Role.OFFICER, person.main_agency) for _ in range(40)]

    with django_assert_num_queries(3):
        tell([(one, told()) for one in people], MONDAY_MORNING)
    with django_assert_num_queries(1):
        tell([(one, told()) for one in people], MONDAY_MORNING)
