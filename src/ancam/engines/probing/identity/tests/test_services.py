"""What may be asked of a maker's devices: documented reads alone, never a way around the login, never a write."""

import re

import pytest

from ancam.engines.probing.identity.services import DefaultLogin, DocumentedRead, services_of
from ancam.reference import reference

MAKERS = [item["vendor"] for item in reference("maker-services")["makers"]]
KINDS = ("info", "config", "snapshot", "rtsp", "stream", "backup", "recordings", "login_state", "activation")
SETTINGS = {"automatic_update", "p2p", "ddns", "log", "ip_filter"}
# A path that changes a device, lists its users, or is known as a way around its login.
NEVER = re.compile(
    r"users?list|getusers|security/users|userManager|pwdgrp|[?&]auth=|action=(set|add|remove|delete|update|modify)"
    r"|cmd=(set|add|del)|reboot|factory|upgrade|\.\./|passwd|loginuse|direction=WRITE",
    re.IGNORECASE,
)


def reads_of(vendor: str) -> list[tuple[str, DocumentedRead]]:
    services = services_of(vendor)
    return [(kind, read) for kind in KINDS for read in getattr(services, kind)]


@pytest.mark.parametrize("vendor", MAKERS)
def test_no_read_writes_lists_users_or_goes_around_the_login(vendor):
    for _, read in reads_of(vendor):
        assert read.path.startswith("/")
        assert not NEVER.search(read.path), read.path
        assert " " not in read.path


@pytest.mark.parametrize("vendor", MAKERS)
def test_each_kind_is_asked_by_its_own_method(vendor):
    for kind, read in reads_of(vendor):
        permitted = {"snapshot": {"HEAD"}, "backup": {"HEAD"}, "rtsp": {"DESCRIBE"}}.get(kind, {"GET", "POST"})
        assert read.method in permitted
        assert read.scheme_of_auth in {"", "digest", "basic"}


@pytest.mark.parametrize("vendor", MAKERS)
def test_what_the_owners_account_reads_is_a_documented_setting(vendor):
    reads = services_of(vendor).owner_reads

    for read in reads:
        assert (read.method, read.scheme_of_auth) == ("GET", "digest")
        assert read.path.startswith("/") and not NEVER.search(read.path), read.path
        assert read.setting in SETTINGS and read.switches
    assert len({read.path for read in reads}) == len(reads)


def test_every_path_of_the_owners_says_whether_anybody_compared_it():
    for item in reference("maker-services")["makers"]:
        for row in item["services"].get("owner_reads", ()):
            assert row["confidence"] in ("high", "medium", "low") and row["source"]
            assert (row["source"] != "chưa đối chiếu") or row["confidence"] == "low"


@pytest.mark.parametrize("vendor", MAKERS)
def test_a_post_is_one_of_the_reads_that_the_checks_permit(vendor):
    posts = [read for _, read in reads_of(vendor) if read.method == "POST"]

    assert all(read.call in {"global.login", "getAllUnrestrictedProperties"} for read in posts)
    assert all(read.call.encode() in read.body and read.content_type for read in posts)


def test_the_first_step_of_dahuas_login_carries_no_password():
    (challenge,) = services_of("Dahua").login_state

    assert b'"password":""' in challenge.body


def test_a_maker_is_found_by_its_name_in_any_case():
    assert services_of("hikvision").info[0].path == "/ISAPI/System/deviceInfo"
    assert services_of("Hikvision").default_login == DefaultLogin("admin", "12345")


def test_an_unknown_maker_has_no_login_to_guess():
    assert services_of("Nhà sản xuất chưa rõ") == services_of("")
    assert services_of("").default_login is None


def test_a_default_password_is_not_shown_when_printed():
    assert "12345" not in repr(services_of("Hikvision"))


def test_every_brand_runs_a_platform_in_the_data():
    platforms = {platform for brand in reference("maker-services")["brands"] for platform in brand["platforms"]}

    assert platforms <= set(MAKERS)
