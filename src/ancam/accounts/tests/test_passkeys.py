"""Passkeys: adding, renaming, taking away; signing in with one. The device is a small one of the test's own."""

import hashlib
import json
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from html import unescape
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.urls import reverse
from fido2 import cbor
from fido2.cose import ES256
from pytest_django.fixtures import Settings

from ancam.accounts.errors import TooManyKeys
from ancam.accounts.models import Agency, Person, Role
from ancam.accounts.services import MOST_PASSKEYS, add_passkey, stop_account
from ancam.accounts.tests.conftest import enter, entered, signed_in_as
from ancam.accounts.tests.factories import PASSWORD, make_person
from ancam.accounts.tests.pages import english_among
from ancam.accounts.tests.second_steps import answer, next_code, with_app
from ancam.audit.models import Entry
from ancam.web import clock

HOST = "localhost"
ORIGIN = f"https://{HOST}"
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def text_of(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def bytes_of(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Device:
    """A phone that holds one key, and asks its holder for a finger unless told otherwise."""

    def __init__(self, *, asks_finger: bool = True, origin: str = ORIGIN) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.key_id = hashlib.sha256(str(id(self)).encode()).digest()
        self.flags = PRESENT | (VERIFIED if asks_finger else 0)
        self.origin = origin
        self.holder = ""

    def _facts(self, flags: int) -> bytes:
        return hashlib.sha256(HOST.encode()).digest() + struct.pack(">BI", flags, 1)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, response: dict[str, Any]) -> str:
        names = {"id": text_of(self.key_id), "rawId": text_of(self.key_id), "type": "public-key"}
        return json.dumps({**names, "response": response, "clientExtensionResults": {"credProps": {"rk": True}}})

    def make_key(self, options: dict[str, Any]) -> str:
        asked = options["publicKey"]
        self.holder = asked["user"]["id"]
        public = cbor.encode(dict(ES256.from_cryptography_key(self.private.public_key())))
        kept = bytes(16) + struct.pack(">H", len(self.key_id)) + self.key_id + public
        facts = self._facts(self.flags | ATTESTED) + kept
        attested = cbor.encode({"fmt": "none", "attStmt": {}, "authData": facts})
        client = self._client("webauthn.create", asked["challenge"])
        return self._answer({"attestationObject": text_of(attested), "clientDataJSON": text_of(client)})

    def use_key(self, options: dict[str, Any], holder: str | None = None) -> str:
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        facts = self._facts(self.flags)
        signature = self.private.sign(facts + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "authenticatorData": text_of(facts),
                "clientDataJSON": text_of(client),
                "signature": text_of(signature),
                "userHandle": self.holder if holder is None else holder,
            }
        )


def options_on(page) -> dict[str, Any]:  # type: ignore[no-untyped-def]
    html = page.content.decode()
    start = html.index('data-options="') + len('data-options="')
    found: dict[str, Any] = json.loads(unescape(html[start : html.index('"', start)]))
    return found


def at_host(client: Client) -> Client:
    client.defaults["HTTP_HOST"] = HOST
    return client


def add(client: Client, device: Device, name: str = "Điện thoại"):  # type: ignore[no-untyped-def]
    page = client.get(reverse("passkey_add"))
    return client.post(reverse("passkey_add"), {"name": name, "credential": device.make_key(options_on(page))})


def challenge(client: Client) -> dict[str, Any]:
    answer: dict[str, Any] = client.get(reverse("passkey_sign_in"), headers={"Accept": "application/json"}).json()
    return answer


@pytest.fixture
def device() -> Device:
    return Device()


@pytest.fixture
def holder(officer: Person, device: Device) -> Person:
    """An officer whose phone holds a key."""
    assert add(at_host(entered(officer)), device).status_code == 200
    return officer


def test_a_key_is_added_with_a_name_and_the_first_brings_recovery_codes(officer: Person, device: Device) -> None:
    client = at_host(entered(officer))

    page = add(client, device)

    assert "Mã dự phòng" in page.content.decode()
    assert Entry.objects.get(action="accounts.add_passkey").change == {"passkey": "Điện thoại", "recovery_codes": 10}
    assert "Khóa truy cập: Điện thoại" in client.get(reverse("profile")).content.decode()


def test_a_key_alone_signs_in_and_leads_where_the_person_wanted_to_go(holder: Person, device: Device) -> None:
    client = at_host(Client())
    answer = device.use_key(challenge(client))

    reply = client.post(reverse("passkey_sign_in"), {"credential": answer, "next": "/co-quan/"})

    assert reply["Location"] == "/co-quan/"
    assert int(client.session["_auth_user_id"]) == holder.pk


def test_after_the_password_a_key_is_the_second_step(holder: Person, device: Device) -> None:
    client = at_host(Client())
    enter(client, holder.email, PASSWORD)
    page = client.get(reverse("mfa_authenticate"))

    reply = client.post(reverse("mfa_authenticate"), {"credential": device.use_key(options_on(page))})

    assert reply["Location"] == reverse("home")
    assert int(client.session["_auth_user_id"]) == holder.pk


def test_who_has_no_password_confirms_with_a_key(holder: Person, device: Device) -> None:
    holder.set_unusable_password()
    holder.save()
    client = at_host(signed_in_as(holder))
    asked = client.get(reverse("recovery_codes"))
    page = client.get(asked["Location"])

    given = {"credential": device.use_key(options_on(page)), "next": reverse("recovery_codes")}
    assert client.post(asked["Location"], given)["Location"] == reverse("recovery_codes")
    assert client.get(reverse("recovery_codes")).status_code == 200


def test_an_answer_counts_for_the_challenge_asked_last_alone_and_in_the_browser_that_asked(
    holder: Person, device: Device
) -> None:
    client, another = at_host(Client()), at_host(Client())
    early, late = (device.use_key(challenge(client)) for _ in range(2))
    challenge(another)

    assert another.post(reverse("passkey_sign_in"), {"credential": late}).status_code == 422
    assert client.post(reverse("passkey_sign_in"), {"credential": early}).status_code == 422
    assert "_auth_user_id" not in client.session


def test_a_device_that_did_not_check_its_holder_does_not_sign_in_alone(holder: Person, device: Device) -> None:
    client = at_host(Client())
    device.flags = PRESENT

    reply = client.post(reverse("passkey_sign_in"), {"credential": device.use_key(challenge(client))})

    assert reply.status_code == 422


def test_a_challenge_of_the_second_step_does_not_sign_in_alone(holder: Person, device: Device, commune: Agency) -> None:
    thief = make_person(Role.READER, commune)
    assert add(at_host(entered(thief)), Device()).status_code == 200
    client = at_host(Client())
    enter(client, thief.email, PASSWORD)
    page = client.get(reverse("mfa_authenticate"))

    for device.flags in (PRESENT, PRESENT | VERIFIED):
        reply = client.post(reverse("passkey_sign_in"), {"credential": device.use_key(options_on(page))})

        assert reply.status_code == 422
        assert "_auth_user_id" not in client.session


def test_a_challenge_to_sign_in_is_no_second_step(holder: Person, device: Device) -> None:
    client = at_host(Client())
    enter(client, holder.email, PASSWORD)

    reply = client.post(reverse("mfa_authenticate"), {"credential": device.use_key(challenge(client))})

    assert reply.status_code == 422
    assert "_auth_user_id" not in client.session


def test_a_wrong_answer_uses_up_the_challenge(holder: Person, device: Device) -> None:
    client, stranger = at_host(Client()), Device()
    stranger.holder, asked = device.holder, challenge(client)

    wrong = client.post(reverse("passkey_sign_in"), {"credential": stranger.use_key(asked)})
    right = client.post(reverse("passkey_sign_in"), {"credential": device.use_key(asked)})

    assert (wrong.status_code, right.status_code) == (422, 422)


def test_another_devices_key_does_not_open_a_persons_account(holder: Person) -> None:
    client, stranger = at_host(Client()), Device()
    stranger.holder = text_of(str(holder.pk).encode())

    reply = client.post(reverse("passkey_sign_in"), {"credential": stranger.use_key(challenge(client))})

    assert reply.status_code == 422
    assert "Chưa nhận được khóa truy cập" in reply.content.decode()


def test_a_key_made_for_another_site_is_refused(officer: Person) -> None:
    page = add(at_host(entered(officer)), Device(origin="https://gia-mao.example"))

    assert page.status_code == 422
    assert not Authenticator.objects.exists()


def test_a_key_whose_device_does_not_check_its_holder_is_not_added(officer: Person) -> None:
    page = add(at_host(entered(officer)), Device(asks_finger=False))

    assert page.status_code == 422
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "x",
        "[]",
        "7",
        "{}",
        '{"response": 3}',
        '{"response": {"userHandle": "@@"}}',
        '{"response": {"userHandle": "OTk5OTk5"}}',
        '{"id": "a", "rawId": "a", "type": "public-key", "response": {"clientDataJSON": "e30", "userHandle": "x"}}',
        '"' + "x" * 30_000 + '"',
    ],
)
def test_what_is_no_answer_of_a_key_is_refused_everywhere(holder: Person, sent: str) -> None:
    outside, inside, between = at_host(Client()), at_host(signed_in_as(holder)), at_host(Client())
    challenge(outside)
    enter(between, holder.email, PASSWORD)
    inside.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    inside.get(reverse("passkey_add"))

    assert outside.post(reverse("passkey_sign_in"), {"credential": sent}).status_code == 422
    assert between.post(reverse("mfa_authenticate"), {"credential": sent}).status_code == 422
    assert inside.post(reverse("passkey_add"), {"name": "Khác", "credential": sent}).status_code == 422


def test_the_lock_of_wrong_passwords_holds_for_keys_too(holder: Person, device: Device) -> None:
    client = at_host(Client())
    for _ in range(5):
        client.post(reverse("account_login"), {"login": holder.email, "password": "không phải mật khẩu"})

    reply = client.post(reverse("passkey_sign_in"), {"credential": device.use_key(challenge(client))})

    assert reply.status_code == 429
    assert "_auth_user_id" not in client.session


def test_a_stopped_person_does_not_come_in_by_key(holder: Person, device: Device, administrator: Person) -> None:
    stop_account(person=holder, by=administrator, at=clock.now())
    client = at_host(Client())

    reply = client.post(reverse("passkey_sign_in"), {"credential": device.use_key(challenge(client))})

    assert reply["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


def test_a_key_is_renamed_and_taken_away(holder: Person) -> None:
    client = at_host(signed_in_as(holder))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    key = Authenticator.objects.get(type="webauthn")
    rename, remove = reverse("passkey_rename", args=[key.pk]), reverse("passkey_remove", args=[key.pk])

    assert "Điện thoại" in client.get(rename).content.decode()
    assert client.post(rename, {"name": ""}).status_code == 422
    assert client.post(rename, {"name": "Khóa USB"}).status_code == 302
    assert client.post(rename, {"name": "Khóa USB"}).status_code == 302
    assert "lớp bảo vệ thứ hai duy nhất" in client.get(remove).content.decode()
    client.post(remove)

    assert not Authenticator.objects.exists()
    assert Entry.objects.get(action="accounts.rename_passkey").change == {"before": "Điện thoại", "after": "Khóa USB"}
    assert Entry.objects.get(action="accounts.remove_passkey").change == {"passkey": "Khóa USB"}


def test_two_keys_of_a_person_have_two_names(holder: Person) -> None:
    client = at_host(signed_in_as(holder))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert "Đã có khóa tên" in add(client, Device()).content.decode()
    assert add(client, Device(), "Máy tính")["Location"] == reverse("profile")
    second = Authenticator.objects.filter(type="webauthn").latest("pk")
    assert client.post(reverse("passkey_rename", args=[second.pk]), {"name": "Điện thoại"}).status_code == 422


def test_nobody_touches_anothers_key(holder: Person, outsider: Person) -> None:
    client = signed_in_as(outsider)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    key = Authenticator.objects.get(type="webauthn")

    for name in ("passkey_rename", "passkey_remove"):
        assert client.post(reverse(name, args=[key.pk]), {"name": "x"}).status_code == 404
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_a_person_has_so_many_keys_and_no_more(officer: Person) -> None:
    for number in range(MOST_PASSKEYS):
        add_passkey(person=officer, name=f"Khóa {number}", credential={}, kept="", at=clock.now())

    with pytest.raises(TooManyKeys):
        add_passkey(person=officer, name="Khóa nữa", credential={}, kept="", at=clock.now())


def test_a_key_is_second_factor_enough_where_one_is_demanded(
    settings: Settings, holder: Person, device: Device
) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({"officer"})
    client = at_host(Client())

    client.post(reverse("passkey_sign_in"), {"credential": device.use_key(challenge(client))})

    assert client.get(reverse("profile")).status_code == 200


def test_the_session_in_which_a_demanded_key_was_added_goes_on(
    settings: Settings, officer: Person, device: Device
) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({"officer"})
    client = at_host(entered(officer))

    add(client, device)

    assert client.get(reverse("profile")).status_code == 200


def test_the_app_may_go_when_a_key_stays(settings: Settings, holder: Person) -> None:
    settings.SECOND_FACTOR_ROLES = frozenset({"officer"})
    secret, _ = with_app(holder)
    client = entered(holder)
    answer(client, next_code(secret))

    assert client.post(reverse("totp_remove"))["Location"] == reverse("profile")
    assert Authenticator.objects.filter(type="recovery_codes").exists()


def test_who_is_in_already_is_led_to_the_first_page(as_officer: Client, client: Client) -> None:
    assert as_officer.get(reverse("passkey_sign_in"))["Location"] == reverse("home")
    assert client.get(reverse("passkey_sign_in"))["Location"] == reverse("account_login")


def test_every_page_of_keys_is_in_vietnamese(holder: Person) -> None:
    inside, between = at_host(signed_in_as(holder)), at_host(Client())
    inside.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    enter(between, holder.email, PASSWORD)
    key = Authenticator.objects.get(type="webauthn")
    pages = {
        "add": inside.get(reverse("passkey_add")),
        "add empty": inside.post(reverse("passkey_add"), {}),
        "rename": inside.get(reverse("passkey_rename", args=[key.pk])),
        "remove": inside.get(reverse("passkey_remove", args=[key.pk])),
        "profile": inside.get(reverse("profile")),
        "second step": between.get(reverse("mfa_authenticate")),
        "second step refused": between.post(reverse("mfa_authenticate"), {"credential": "{}"}),
        "sign in refused": Client().post(reverse("passkey_sign_in"), {"credential": "{}"}),
    }

    assert english_among(pages) == {}
