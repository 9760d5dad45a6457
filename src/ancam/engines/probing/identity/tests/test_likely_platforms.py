"""Whose documented paths are worth asking, from hints too."""

import pytest

from ancam.engines.probing.identity import likely_platforms
from ancam.engines.probing.identity.tests.hosts import banner, camera_match, found, host, page, rtsp, soap, web


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        (host(web(server="webserver")), "Hikvision"),
        (host(ports=[37777]), "Dahua"),
        (host(ports=[34567]), "XiongMai"),
        (host(found("sadp", mac="c0:56:e3:01:02:03"), ports=[37777, 34567]), "Hikvision"),
        (host(page("WEB SERVICE"), ports=[8000]), "Dahua"),
        (host(camera_match(), soap(Manufacturer="Vantech")), "XiongMai"),
    ],
)
def test_the_likeliest_maker_comes_first(facts, first):
    assert likely_platforms(facts)[0] == first


def test_every_maker_of_a_brand_is_named():
    assert set(likely_platforms(host(camera_match("name/Questek")))) == {"XiongMai", "Dahua", "Hikvision"}


@pytest.mark.parametrize(
    "facts",
    [
        host(),
        host(page("Trang chủ", server="nginx")),
        host(found("ws-discovery", types="wprt:PrintDeviceType"), ports=[8000]),
        host(web(server="App-webs/"), is_trap=True),
        host(rtsp(), banner("ftp", "220 ready", 21)),
    ],
)
def test_nobody_is_named_when_nothing_speaks_for_anyone(facts):
    assert likely_platforms(facts) == []


def test_a_camera_that_is_also_something_else_is_still_asked():
    facts = host(found("sadp", devicedescription="DS-2CD"), found("mdns", services="_smb._tcp.local"))

    assert likely_platforms(facts) == ["Hikvision"]
