"""Settings that only an account reads: each page tells the posture, to nobody else, and the truth says what follows."""

import pytest

from ancam.engines.probing.lab.devices import Route, kinds, sites
from ancam.engines.probing.lab.placing import place, plan
from ancam.engines.probing.lab.postures import SETTINGS
from ancam.engines.probing.lab.tests.asking import OWNER, an_address, http_ask, http_login, running
from ancam.engines.probing.lab.truth import row_of

FINDINGS = {"p2p_enabled", "ddns_enabled", "logging_disabled", "ip_filter_unused"}
ALL_BAD, ALL_WELL = ("p2p", "ddns"), ("log", "ip_filter")
TELLING = [kind for kind in kinds().values() if kind.site and any(one.setting for one in sites()[kind.site].routes)]


def settings_of(kind_id: str) -> list[Route]:
    return [route for route in sites()[kinds()[kind_id].site].routes if route.setting]


def owners(kind: str, **posture) -> set[str]:
    return set(row_of(place("127.0.0.9", kind, **posture))["with_owner_credential"])


def undecided(kind: str, **posture) -> set[str]:
    return set(row_of(place("127.0.0.9", kind, **posture))["undecided"])


@pytest.mark.network
@pytest.mark.parametrize("kind", TELLING, ids=lambda kind: kind.id)
def test_each_setting_is_told_to_the_owner_alone(kind):
    on, off = (place(an_address(), kind.id, settings=chosen) for chosen in (SETTINGS, ()))
    port = 80 if 80 in on.tcp else next(iter(on.tcp))
    with running(on, off) as laboratory:
        for route in settings_of(kind.id):
            assert http_ask(on.ip, route.target, port=port).status == 401
            told = [http_login(one.ip, route.target, OWNER.username, OWNER.password, port=port) for one in (on, off)]
            assert {one.status for one in told} == {route.status}
            assert (told[0].body == told[1].body) is (route.status != 200), route.target
        harm = laboratory.harm[on.ip]
    assert (harm.owner_logins, harm.owner_refusals, harm.writes) == (len(settings_of(kind.id)), 0, 0)


@pytest.mark.network
def test_a_wrong_login_to_a_setting_counts_as_everywhere():
    ip = an_address()
    with running(place(ip, "hikvision-camera", lockout="after-five")) as laboratory:
        statuses = [
            http_login(ip, "/ISAPI/System/Network/DDNS", OWNER.username, f"nhầm {number}").status for number in range(5)
        ]
        statuses.append(http_login(ip, "/ISAPI/System/Network/DDNS", OWNER.username, OWNER.password).status)

    assert statuses == [401] * 6
    assert (laboratory.harm[ip].owner_refusals, laboratory.harm[ip].lockouts) == (5, 1)


def test_a_setting_that_is_on_or_off_makes_its_finding_true():
    assert owners("hikvision-camera", settings=ALL_BAD) >= FINDINGS
    assert not owners("hikvision-camera", settings=ALL_WELL) & FINDINGS
    assert owners("hikvision-camera", settings=("ddns", "log", "ip_filter")) & FINDINGS == {"ddns_enabled"}


def test_what_a_site_does_not_tell_is_left_open():
    assert "logging_disabled" in undecided("dahua-camera") and "logging_disabled" not in owners("dahua-camera")
    assert "ip_filter_unused" in undecided("hikvision-nvr")
    assert undecided("tiandy-camera") >= FINDINGS


@pytest.mark.parametrize(
    "posture", [{"password": "not-activated"}, {"lockout": "few-left"}, {"manner": "dribble"}, {"manner": "xml-bomb"}]
)
def test_where_the_owners_account_is_not_tried_or_not_heard_nothing_is_found_with_it(posture):
    assert owners("hikvision-camera", settings=ALL_BAD, **posture) == set()
    assert undecided("hikvision-camera", settings=ALL_BAD, **posture) >= FINDINGS


def test_what_wants_no_account_leaves_open_what_one_would_read():
    assert not owners("hikvision-camera", settings=ALL_BAD, config_open=True) & FINDINGS
    assert "ntp_not_configured" in undecided("hikvision-camera", onvif="open")


def test_a_challenge_that_only_the_owner_meets_is_left_open_to_others():
    opened = {"config_open": True, "snapshot_open": True, "mjpeg_open": True}

    assert "http_digest_md5" in row_of(place("127.0.0.9", "uniview-camera"))["findings"]
    assert "http_digest_md5" in undecided("uniview-camera", **opened)


def test_onvif_takes_the_owners_password_as_text_where_it_is_not_over_tls():
    assert owners("hikvision-camera", settings=ALL_WELL) == {"ntp_not_configured", "onvif_plaintext_password"}
    assert "onvif_plaintext_password" not in owners("hikvision-camera", web="redirect")
    assert not owners("camera-on-8080-alone", settings=ALL_WELL) & {"ntp_not_configured"}


def test_a_plan_sets_settings_both_ways_and_leaves_what_else_is_drawn():
    placed = plan("127.77.0.0/20", 1_000, 5)

    chosen = [one.posture.settings for one in placed]
    assert {()} | {(name,) for name in SETTINGS} <= set(chosen)
    assert chosen == [one.posture.settings for one in plan("127.77.0.0/20", 1_000, 5)]
