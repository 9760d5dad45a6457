import ast
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

import ancam
from ancam.web import secrets
from ancam.web.secrets import SealedPlace, SecretClosed, key_number, resealed

SOURCE = Path(ancam.__file__).parent
OLD, NEW = "a" * 40, "b" * 40


@pytest.fixture
def place(monkeypatch) -> SealedPlace:
    """A place of this test alone: a column of text that exists."""
    monkeypatch.setattr(secrets, "_places", {})
    return SealedPlace("contenttypes.ContentType", "model")


def test_a_sealed_secret_is_not_readable_and_opens_again(place):
    sealed = place.seal("mật khẩu thư")

    assert "mật" not in sealed
    assert place.unseal(sealed) == "mật khẩu thư"


def test_an_older_key_still_opens_what_it_closed(settings, place):
    settings.ENCRYPTION_KEYS = [OLD]
    sealed = place.seal("bí mật")

    settings.ENCRYPTION_KEYS = [NEW, OLD]

    assert place.unseal(sealed) == "bí mật"
    assert key_number(sealed) == 2


def test_a_resealed_secret_needs_only_the_newest_key(settings, place):
    settings.ENCRYPTION_KEYS = [OLD]
    sealed = place.seal("bí mật")
    settings.ENCRYPTION_KEYS = [NEW, OLD]

    anew = resealed(sealed)

    settings.ENCRYPTION_KEYS = [NEW]
    assert (place.unseal(anew), key_number(anew)) == ("bí mật", 1)


def test_without_the_key_the_refusal_names_the_setting_and_the_value_stays(settings, place):
    settings.ENCRYPTION_KEYS = [OLD]
    sealed = place.seal("bí mật")
    settings.ENCRYPTION_KEYS = [NEW]

    with pytest.raises(SecretClosed, match="ANCAM_ENCRYPTION_KEY"):
        place.unseal(sealed)
    assert key_number(sealed) is None
    assert resealed(sealed) == sealed


def test_a_column_of_text_holds_one_value_or_none(place):
    sealed = place.seal("x")

    assert place.sealed_in("") == [] and place.resealed_in("") == ""
    assert place.sealed_in(sealed) == [sealed]
    assert place.unseal(place.resealed_in(sealed)) == "x"


def test_in_json_only_what_stands_under_the_named_keys_is_sealed(monkeypatch):
    monkeypatch.setattr(secrets, "_places", {})
    place = SealedPlace("mfa.Authenticator", "data", frozenset({"secret", "codes"}))
    one, two = place.seal("một"), place.seal("hai")
    value = {"secret": one, "codes": [two], "name": "gAAAA của tôi"}

    changed = place.resealed_in(value)

    assert place.sealed_in(value) == [one, two]
    assert (changed["name"], place.unseal(changed["secret"])) == ("gAAAA của tôi", "một")
    assert [place.unseal(code) for code in changed["codes"]] == ["hai"]
    assert place.sealed_in(None) == []


def test_a_column_is_declared_once(place):
    with pytest.raises(ImproperlyConfigured, match="declared twice"):
        SealedPlace("contenttypes.ContentType", "model")


@pytest.mark.parametrize(("model", "column"), [("accounts.Nobody", "x"), ("accounts.Person", "x")])
def test_a_place_that_does_not_exist_is_a_defect(monkeypatch, model, column):
    monkeypatch.setattr(secrets, "_places", {})

    with pytest.raises(ImproperlyConfigured, match="does not exist"):
        SealedPlace(model, column).table()


def test_nothing_is_encrypted_but_by_a_declared_place():
    """A cipher of its own would be forgotten when the key changes. A backup's file has a key of its own."""
    users = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if "tests" not in path.parts and _imports_a_cipher(path)
    }

    assert users == {"web/secrets.py", "keeping/age.py"}


def _imports_a_cipher(path: Path) -> bool:
    names = [
        name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None) or "", *(alias.name for alias in node.names)]
    ]
    # The numbers of TLS suites that devices offer are no cipher of ours.
    return any(
        ("fernet" in name or "ciphers" in name) and not name.startswith("ancam.engines.probing.wire") for name in names
    )
