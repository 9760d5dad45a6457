"""Settings from the environment: typed, with the value found and the values accepted when one is wrong."""

import stat
import traceback
from concurrent.futures import ThreadPoolExecutor

import pytest

from ancam.site.environment import (
    SettingRefused,
    database_from_url,
    email_from_url,
    env_address,
    env_bool,
    env_choices,
    env_file,
    env_folder,
    env_given_secret,
    env_int,
    env_issuer,
    env_list,
    env_readable_folder,
    env_secret,
    env_text,
    reached_at,
    require_both,
    sender_of,
)


def test_an_unset_or_empty_setting_takes_its_default(monkeypatch):
    monkeypatch.setenv("ANCAM_EMPTY", "  ")

    assert env_text("ANCAM_EMPTY", "x") == "x"
    assert env_int("ANCAM_EMPTY", 7, least=1, most=9) == 7
    assert env_bool("ANCAM_EMPTY", True) is True
    assert env_list("ANCAM_EMPTY", "a, b,,") == ["a", "b"]


@pytest.mark.parametrize(("word", "meaning"), [("1", True), ("ON", True), ("no", False), ("False", False)])
def test_yes_and_no_are_read_in_their_usual_spellings(monkeypatch, word, meaning):
    monkeypatch.setenv("ANCAM_FLAG", word)

    assert env_bool("ANCAM_FLAG", not meaning) is meaning


@pytest.mark.parametrize("found", ["maybe", "2"])
def test_a_word_that_is_neither_yes_nor_no_is_named(monkeypatch, found):
    monkeypatch.setenv("ANCAM_FLAG", found)

    with pytest.raises(SettingRefused) as refusal:
        env_bool("ANCAM_FLAG", False)

    assert refusal.value.found == found
    assert "ANCAM_FLAG=0" in str(refusal.value)


@pytest.mark.parametrize("found", ["0", "10", "-1", "x", "1.5"])
def test_a_number_outside_its_bounds_is_refused(monkeypatch, found):
    monkeypatch.setenv("ANCAM_N", found)

    with pytest.raises(SettingRefused):
        env_int("ANCAM_N", 7, least=1, most=9)


def test_several_choices_are_read_and_an_unknown_one_is_named(monkeypatch):
    monkeypatch.setenv("ANCAM_ROLES", "auditor, administrator")
    assert env_choices("ANCAM_ROLES", "", choices=("administrator", "auditor")) == {"administrator", "auditor"}

    monkeypatch.setenv("ANCAM_ROLES", "auditor,admin")
    with pytest.raises(SettingRefused) as refusal:
        env_choices("ANCAM_ROLES", "", choices=("administrator", "auditor"))

    assert "admin" in refusal.value.found


def test_the_key_is_made_once_and_closed_to_others(tmp_path, monkeypatch):
    monkeypatch.delenv("ANCAM_KEY", raising=False)
    path = tmp_path / "new" / "secret.key"

    first, second = env_secret("ANCAM_KEY", path), env_secret("ANCAM_KEY", path)

    assert first == second
    assert len(first) > 40
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_key_may_come_from_the_environment_or_a_file(tmp_path, monkeypatch):
    (tmp_path / "given").write_text("from-a-file\n")
    monkeypatch.setenv("ANCAM_KEY_FILE", str(tmp_path / "given"))
    assert env_secret("ANCAM_KEY", tmp_path / "unused") == "from-a-file"

    monkeypatch.setenv("ANCAM_KEY", "given-directly")
    assert env_secret("ANCAM_KEY", tmp_path / "unused") == "given-directly"
    assert not (tmp_path / "unused").exists()


@pytest.mark.parametrize("content", [b"", b"\n", b"x" * 31, b"\xff" * 40])
def test_a_kept_key_that_is_empty_short_or_unreadable_is_refused_not_used(tmp_path, monkeypatch, content):
    monkeypatch.delenv("ANCAM_KEY", raising=False)
    (tmp_path / "secret.key").write_bytes(content)

    with pytest.raises(SettingRefused) as refusal:
        env_secret("ANCAM_KEY", tmp_path / "secret.key")

    assert str(tmp_path / "secret.key") in str(refusal.value)
    assert (tmp_path / "secret.key").read_bytes() == content


def test_a_key_that_cannot_be_opened_is_refused(tmp_path, monkeypatch):
    monkeypatch.delenv("ANCAM_KEY", raising=False)
    (tmp_path / "secret.key").mkdir()

    with pytest.raises(SettingRefused):
        env_secret("ANCAM_KEY", tmp_path / "secret.key")


def test_starting_together_all_take_the_same_key_and_leave_nothing_else(tmp_path, monkeypatch):
    monkeypatch.delenv("ANCAM_KEY", raising=False)

    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: env_secret("ANCAM_KEY", tmp_path / "secret.key"), range(8)))

    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]


@pytest.mark.parametrize("content", [None, ""])
def test_a_named_key_file_that_holds_no_key_is_refused(tmp_path, monkeypatch, content):
    path = tmp_path / "given"
    if content is not None:
        path.write_text(content)
    monkeypatch.setenv("ANCAM_KEY_FILE", str(path))

    with pytest.raises(SettingRefused):
        env_secret("ANCAM_KEY", tmp_path / "unused")


def test_a_data_folder_is_made_closed_to_others(tmp_path, monkeypatch):
    monkeypatch.setenv("ANCAM_FOLDER", str(tmp_path / "a" / "b"))

    folder = env_folder("ANCAM_FOLDER", tmp_path)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_sqlite_is_the_default_and_waits_for_other_writers(tmp_path):
    settings = database_from_url("", tmp_path / "ancam.sqlite3")

    assert settings["NAME"] == str(tmp_path / "ancam.sqlite3")
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "foreign_keys=ON" in settings["OPTIONS"]["init_command"]


def test_a_postgresql_address_is_taken_apart():
    settings = database_from_url("postgresql://an%40cam:m%3Ak@may.example:5433/tinh%20dong", None)

    assert (settings["USER"], settings["PASSWORD"]) == ("an@cam", "m:k")
    assert (settings["HOST"], settings["PORT"], settings["NAME"]) == ("may.example", "5433", "tinh dong")


def test_a_postgresql_socket_folder_is_understood():
    assert database_from_url("postgresql://postgres:@/ancam?host=/run/postgresql", None)["HOST"] == "/run/postgresql"


def test_what_postgresql_needs_for_tls_is_passed_on():
    url = "postgresql://ancam:x@may/ancam?sslmode=verify-full&sslrootcert=/etc/ca%20goc.pem"

    assert database_from_url(url, None)["OPTIONS"] == {"sslmode": "verify-full", "sslrootcert": "/etc/ca goc.pem"}


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ancam:x@may/ancam?sslmod=verify-full",
        "postgresql://ancam:x@may/ancam?sslmode",
        "postgresql://ancam:bimat/x@may/ancam",
        "postgresql://ancam:12/bimat@may/ancam",
        "postgresql://ancam:12?bimat@may/ancam",
        "postgresql://ancam:12#bimat@may/ancam",
        "postgresql://ancam:12@bimat@may/ancam",
        "postgresql://ancam:[bimat@may/ancam",
        "postgresql://ancam:bimat@may:54x2/ancam",
        "postgresql://ancam:bimat@may:99999/ancam",
        "ancam:bimat@may/ancam",
    ],
)
def test_a_database_address_that_is_not_clear_is_refused_without_its_password(url):
    with pytest.raises(SettingRefused) as refusal:
        database_from_url(url, None)

    told = "".join(traceback.format_exception(refusal.value))
    assert "ANCAM_DATABASE_URL" in told
    assert "bimat" not in told


def test_another_database_is_refused_without_repeating_its_password():
    with pytest.raises(SettingRefused) as refusal:
        database_from_url("mysql://root:bi-mat@may/ancam", None)

    assert "bi-mat" not in str(refusal.value)


def test_mail_is_printed_by_default_and_sent_when_told():
    assert email_from_url("")["EMAIL_BACKEND"].endswith("console.EmailBackend")

    settings = email_from_url("smtps://thu:mat@mail.example")

    assert (settings["EMAIL_PORT"], settings["EMAIL_USE_SSL"], settings["EMAIL_USE_TLS"]) == (465, True, False)


@pytest.mark.parametrize(
    "url", ["smtp://", "smtp://thu:bimat@may:54x2", "smtp://thu:12/bimat@may", "smtp://thu:[bimat@may"]
)
def test_a_mail_address_that_is_not_clear_is_refused_without_its_password(url):
    with pytest.raises(SettingRefused) as refusal:
        email_from_url(url)

    assert "bimat" not in "".join(traceback.format_exception(refusal.value))


def test_a_file_that_cannot_be_read_is_refused_and_none_is_none(tmp_path, monkeypatch):
    monkeypatch.setenv("ANCAM_CERT", str(tmp_path / "absent.pem"))
    with pytest.raises(SettingRefused):
        env_file("ANCAM_CERT")

    monkeypatch.setenv("ANCAM_CERT", "")
    assert env_file("ANCAM_CERT") == ""


def test_a_folder_to_read_must_be_one(monkeypatch, tmp_path):
    monkeypatch.setenv("ANCAM_ROOTS", str(tmp_path))
    assert env_readable_folder("ANCAM_ROOTS") == str(tmp_path)
    monkeypatch.setenv("ANCAM_ROOTS", str(tmp_path / "absent"))
    with pytest.raises(SettingRefused):
        env_readable_folder("ANCAM_ROOTS")
    monkeypatch.setenv("ANCAM_ROOTS", "")
    assert env_readable_folder("ANCAM_ROOTS") == ""


@pytest.mark.parametrize(("cert", "key", "missing"), [("c.pem", "", "ANCAM_KEY"), ("", "k.pem", "ANCAM_CERT")])
def test_half_of_a_pair_is_refused_by_the_name_of_the_other_half(cert, key, missing):
    with pytest.raises(SettingRefused) as refusal:
        require_both("ANCAM_CERT", cert, "ANCAM_KEY", key)

    assert refusal.value.name == missing


def test_both_or_none_of_a_pair_is_accepted():
    require_both("ANCAM_CERT", "c.pem", "ANCAM_KEY", "k.pem")
    require_both("ANCAM_CERT", "", "ANCAM_KEY", "")


@pytest.mark.parametrize("found", ["", "https://sso.example/realms/x/", "http://127.0.0.1:9000", "http://localhost"])
def test_a_provider_is_reached_by_https_or_on_this_machine(monkeypatch, found):
    monkeypatch.setenv("ANCAM_ISSUER", found)

    assert env_issuer("ANCAM_ISSUER") == found.rstrip("/")


@pytest.mark.parametrize(
    "found", ["http://sso.example", "sso.example", "https://", "https://x.example/?a=1", "http://["]
)
def test_a_provider_reached_in_the_open_or_not_at_all_is_refused(monkeypatch, found):
    monkeypatch.setenv("ANCAM_ISSUER", found)

    with pytest.raises(SettingRefused):
        env_issuer("ANCAM_ISSUER")


def test_a_secret_that_others_made_is_given_or_absent_and_never_made(tmp_path, monkeypatch):
    assert env_given_secret("ANCAM_GIVEN") == ""

    (tmp_path / "given").write_text("from-a-file\n")
    monkeypatch.setenv("ANCAM_GIVEN_FILE", str(tmp_path / "given"))
    assert env_given_secret("ANCAM_GIVEN") == "from-a-file"

    monkeypatch.setenv("ANCAM_GIVEN", "given-directly")
    assert env_given_secret("ANCAM_GIVEN") == "given-directly"


def test_mails_come_from_the_user_of_the_mail_server_or_from_ancam_there():
    assert sender_of(email_from_url("smtp://thu%40tinh.example:x@may.example")) == "thu@tinh.example"
    assert sender_of(email_from_url("smtp://thu:x@may.example")) == "ancam@may.example"
    assert sender_of(email_from_url("")) == "ancam@localhost"


@pytest.mark.parametrize("found", ["https://ancam.example/", "https://ancam.example:8443", "http://[::1]:8000"])
def test_the_address_of_the_instance_is_taken_without_its_last_slash(monkeypatch, found):
    monkeypatch.setenv("ANCAM_AT", found)

    assert env_address("ANCAM_AT", "") == found.rstrip("/")


@pytest.mark.parametrize(
    "found",
    [
        "ancam.example",
        "ftp://ancam.example",
        "https://",
        "https://x.example/a",
        "https://x.example?a=1",
        "https://x.example:0",
        "https://x.example:99999",
        "https://ai@x.example",
        "https://x .example",
        "https://[",
    ],
)
def test_what_is_no_address_of_an_instance_is_refused(monkeypatch, found):
    monkeypatch.setenv("ANCAM_AT", found)

    with pytest.raises(SettingRefused) as refusal:
        env_address("ANCAM_AT", "https://x.example")

    assert "ANCAM_AT=https://" in str(refusal.value)


@pytest.mark.parametrize(
    ("names", "host", "port", "has_tls", "is_behind", "address"),
    [
        ([], "127.0.0.1", 8000, False, False, "http://127.0.0.1:8000"),
        ([], "0.0.0.0", 80, False, False, "http://127.0.0.1"),  # noqa: S104 - nothing listens
        ([], "::1", 8000, False, False, "http://[::1]:8000"),
        (["ancam.example", "10.0.0.5"], "0.0.0.0", 8443, True, False, "https://ancam.example:8443"),  # noqa: S104
        ([".example", "*", "ancam.example"], "10.0.0.5", 443, True, False, "https://ancam.example"),
        (["ancam.example"], "127.0.0.1", 8000, False, True, "https://ancam.example"),
    ],
)
def test_where_browsers_reach_the_instance_follows_from_the_other_settings(
    names, host, port, has_tls, is_behind, address
):
    assert reached_at(names, host, port, has_tls=has_tls, is_behind=is_behind) == address
