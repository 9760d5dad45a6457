"""A new encryption key: every secret is closed with it, whatever interrupts the work."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db.models import CharField, JSONField, TextField

from ancam.accounts.models import Person, Role
from ancam.accounts.one_time_codes import code_of, new_secret, step_at
from ancam.accounts.sealed import SECOND_FACTORS
from ancam.accounts.services import add_totp
from ancam.accounts.tests.factories import make_person, make_root
from ancam.audit.models import Entry
from ancam.audit.selectors import verify_ledger
from ancam.keeping.resealing import AT_ONCE, RESEAL_SECRETS, count_sealed, reseal_secrets
from ancam.web import clock
from ancam.web.secrets import sealed_places

OLD, NEW, OTHER = "a" * 40, "b" * 40, "c" * 40
TOKEN = "gAAAAA"
"""How every sealed value begins."""


@pytest.fixture
def person(db: None, settings) -> Person:
    """Someone with an app and recovery codes, sealed with the key of those days."""
    settings.ENCRYPTION_KEYS = [OLD]
    person = make_person(Role.ADMINISTRATOR, make_root())
    with_app(person)
    return person


def with_app(person: Person) -> str:
    secret = new_secret()
    add_totp(person=person, secret=secret, code=code_of(secret, step_at(clock.now())), kept="", at=clock.now())
    return secret


def lines() -> list[Entry]:
    return list(Entry.objects.filter(action=RESEAL_SECRETS.code).order_by("number"))


def test_what_is_resealed_opens_without_the_old_key(person, settings):
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    before = opened()

    sealed = reseal_secrets(at=clock.now())

    settings.ENCRYPTION_KEYS = [NEW]
    assert opened() == before
    assert (sealed.by_key, sealed.closed, sealed.older) == ((2, 0), 0, 0)


def test_one_line_says_how_many_and_no_value(person, settings):
    settings.ENCRYPTION_KEYS = [NEW, OLD]

    reseal_secrets(at=clock.now())

    (line,) = lines()
    assert line.change == {"older": 2, "total": 2, "closed": 0}
    assert (line.actor_name, line.object_type) == ("Hệ thống", "audit.instance")
    verify_ledger(None)


def test_again_it_does_nothing_and_writes_no_line(person, settings):
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    reseal_secrets(at=clock.now())
    values = [row.data for row in Authenticator.objects.order_by("pk")]

    reseal_secrets(at=clock.now())

    assert [row.data for row in Authenticator.objects.order_by("pk")] == values
    assert len(lines()) == 1


def test_counting_changes_nothing(person, settings):
    settings.ENCRYPTION_KEYS = [NEW, OLD]

    sealed = count_sealed()

    assert (sealed.by_key, sealed.older, sealed.total) == ((0, 2), 2, 2)
    assert lines() == []


def test_what_no_key_opens_stays_and_is_counted(person, settings):
    lost = Authenticator.objects.order_by("pk")[0].data
    settings.ENCRYPTION_KEYS = [OTHER]
    with_app(make_person(None, None))
    settings.ENCRYPTION_KEYS = [NEW, OTHER]

    sealed = reseal_secrets(at=clock.now())

    assert (sealed.by_key, sealed.closed, sealed.total) == ((2, 0), 2, 4)
    assert Authenticator.objects.order_by("pk")[0].data == lost


def test_stopped_halfway_it_goes_on_where_it_was(person, settings):
    many = [
        Authenticator(user=person, type=f"t{number}", data={"secret": SECOND_FACTORS.seal(str(number))})
        for number in range(AT_ONCE + 1)
    ]
    Authenticator.objects.bulk_create(many)
    settings.ENCRYPTION_KEYS = [NEW, OLD]
    before = opened()

    with pytest.raises(KeyboardInterrupt):
        reseal_secrets(at=clock.now(), told=stop_at_once)
    halfway, half_open = count_sealed(), opened()
    reseal_secrets(at=clock.now())

    assert halfway.by_key == (AT_ONCE, 3) and half_open == before
    assert count_sealed().by_key == (AT_ONCE + 3, 0) and opened() == before
    assert [line.change["older"] for line in lines()] == [AT_ONCE + 3, 3]


def stop_at_once(done: int) -> None:
    raise KeyboardInterrupt


def test_nothing_sealed_lies_where_no_place_is_declared(person):
    """Every column of every table is looked at, so that a secret sealed for the wrong column is found."""
    declared = {(place.table(), place.column) for place in sealed_places()}
    asked = [
        (model, field)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_concrete_fields
        if isinstance(field, CharField | TextField | JSONField)
    ]

    found = {
        (model, field.name)
        for model, field in asked
        for value in model._base_manager.values_list(field.name, flat=True)
        if TOKEN in json.dumps(value, default=str)
    }

    assert found == declared


def test_every_sealed_value_of_a_row_is_known_by_its_key(person):
    for row in Authenticator.objects.all():
        assert json.dumps(row.data).count(TOKEN) == len(SECOND_FACTORS.sealed_in(row.data)) == 1


def opened() -> list[str]:
    rows = Authenticator.objects.order_by("pk")
    return [SECOND_FACTORS.unseal(sealed) for row in rows for sealed in SECOND_FACTORS.sealed_in(row.data)]
