"""ONVIF's open calls are made where the device itself has them, and nowhere else."""

import asyncio
from functools import partial

import pytest

from ancam.engines.probing.facts import SoapKind
from ancam.engines.probing.looking import cameras
from ancam.engines.probing.looking.asking import Asker
from ancam.engines.probing.tests.devices import asked_at, home, in_envelope, match
from ancam.engines.probing.tests.loopback import Device, Request, an_asker, reply, serving

pytestmark = pytest.mark.network

IP = "127.110.10.1"
asked = partial(asked_at, IP)
TIME = (
    "<GetSystemDateAndTimeResponse><UTCDateTime><Time><Hour>13</Hour><Minute>0</Minute><Second>0</Second></Time>"
    "<Date><Year>2026</Year><Month>11</Month><Day>22</Day></Date></UTCDateTime></GetSystemDateAndTimeResponse>"
)


def onvif_device(**answers: str) -> Device:
    """Return a device that answers these calls, and refuses all others."""
    told = {"GetSystemDateAndTime": TIME, **answers}
    refusal = "<Fault><Reason><Text>Sender not Authorized</Text></Reason></Fault>"
    return Device(lambda request: in_envelope(told.get(call_of(request), refusal)))


def call_of(request: Request) -> str:
    """Return the name of an ONVIF call."""
    return request.body.decode().partition("<e:Body><t:")[2].partition(" ")[0]


def test_the_clock_is_read_first_then_the_open_calls_are_made(tmp_path):
    device = onvif_device()

    asker = asked(tmp_path, cameras.ask_onvif, {8080: device}, home())

    assert [call_of(one) for one in device.requests] == [
        "GetSystemDateAndTime",
        "GetDeviceInformation",
        "GetScopes",
        "GetNetworkInterfaces",
        "GetNetworkProtocols",
        "GetCapabilities",
        "GetProfiles",
    ]
    assert {one.path for one in device.requests} == {"/onvif/device_service", "/onvif/media_service"}
    assert [(clock.source, clock.offset_s) for clock in asker.facts.clocks] == [("onvif", 3_600)]
    assert asker.facts.onvif[1].kind is SoapKind.NOT_AUTHORISED
    assert all(b"Security" not in one.body for one in device.requests)


def test_a_clock_that_tells_no_time_is_no_reading(tmp_path):
    device = onvif_device(GetSystemDateAndTime="<GetSystemDateAndTimeResponse/>")

    assert not asked(tmp_path, cameras.ask_onvif, {8080: device}, home()).facts.clocks


def test_a_server_without_onvif_is_asked_once(tmp_path):
    device = Device(lambda _: reply(404))

    asked(tmp_path, cameras.ask_onvif, {8080: device}, home())

    assert len(device.requests) == 1


def test_a_device_without_a_web_server_is_sent_no_call(tmp_path):
    assert asked(tmp_path, cameras.ask_onvif, {}).budget.connections == 0


def test_an_address_of_another_host_is_never_used(tmp_path):
    stranger, device = Device(lambda _: reply()), onvif_device()

    async def ask() -> None:
        async with serving(stranger, "127.110.2.2", 8080), serving(device, IP, 8080):
            asker = an_asker(tmp_path, 8080, ip=IP)
            elsewhere = (
                "http://127.110.2.2:8080/onvif/device_service",
                "http://camera.local:8080/x",
                "http://[::1/",
                "",
            )
            asker.facts.discovered.append(match(*elsewhere, "ftp://127.110.2.1/x", f"http://{IP}:8080/own?a=1"))
            await cameras.ask_onvif(asker)

    asyncio.run(ask())
    assert not stranger.requests
    assert device.requests[0].path == "/own?a=1"


def test_a_port_that_is_never_asked_stays_so_when_the_device_names_it(tmp_path):
    device = onvif_device()

    asker = asked(tmp_path, cameras.ask_onvif, {8080: device}, match(f"http://{IP}:9100/", f"http://{IP}:8080/x"))

    assert device.requests[0].path == "/x"
    assert asker.facts.onvif


def test_a_port_that_only_the_device_names_is_one_of_its_open_ports(tmp_path):
    device = onvif_device()

    async def ask() -> Asker:
        async with serving(device, IP, 8085):
            asker = an_asker(tmp_path, 8080, ip=IP)
            asker.facts.discovered.append(match(f"http://{IP}:8085/x"))
            await cameras.ask_onvif(asker)
            return asker

    assert sorted(asyncio.run(ask()).facts.open_ports) == [8080, 8085]


def test_shut_ports_that_the_device_names_do_not_end_its_look(tmp_path):
    device = onvif_device()
    places = [f"http://{IP}:{port}/" for port in (8081, 8082, 8083)]

    asker = asked(tmp_path, cameras.ask_onvif, {8080: device}, match(*places), home())

    assert asker.failures == 0
    assert not device.requests


def test_the_device_service_is_looked_for_on_usual_ports_and_over_tls(tmp_path):
    asker = an_asker(tmp_path, ip=IP)
    asker.facts.http += [home(8081), home(8080), home(8443, True)]

    assert [(web.port, path) for web, path in cameras._services(asker)] == [
        (8080, "/onvif/device_service"),
        (8443, "/onvif/device_service"),
    ]


def test_the_media_service_gives_the_addresses_of_its_first_profile(tmp_path):
    device = onvif_device(
        GetCapabilities="<GetCapabilitiesResponse><Media><XAddr>http://10.9.9.9/media2</XAddr></Media></GetCapabilitiesResponse>",
        GetProfiles='<GetProfilesResponse><Profiles token="first"/><Profiles token="second"/></GetProfilesResponse>',
    )

    asked(tmp_path, cameras.ask_onvif, {8080: device}, home())

    media = device.requests[6:]
    assert [call_of(one) for one in media] == ["GetProfiles", "GetStreamUri", "GetSnapshotUri"]
    assert {one.path for one in media} == {"/media2"}
    assert all(b">first<" in one.body for one in media[1:])


@pytest.mark.parametrize("address", ["http://[", "http://10.9.9.9"])
def test_a_media_address_without_a_path_is_taken_for_the_usual(tmp_path, address):
    media = f"<GetCapabilitiesResponse><Media><XAddr>{address}</XAddr></Media></GetCapabilitiesResponse>"
    device = onvif_device(GetCapabilities=media)

    asked(tmp_path, cameras.ask_onvif, {8080: device}, home())

    assert device.requests[-1].path == "/onvif/media_service"
