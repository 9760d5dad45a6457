"""Switches are found by the end of their names, whatever the form, and never at any price."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.wire.switches import SWITCH_LIMIT, switches

DDNS = b"""<?xml version="1.0"?><DDNSList xmlns="urn:x"><DDNS><id>1</id><enabled>false</enabled></DDNS>
<DDNS><id>2</id><enabled> true </enabled><password>1</password></DDNS></DDNSList>"""


@pytest.mark.parametrize(
    ("body", "names", "expected"),
    [
        (DDNS, ["enabled"], (False, True)),
        (DDNS, ["DDNS.Enabled"], (False, True)),
        (DDNS, ["IPFilter.enabled"], ()),
        (b"<a:F xmlns:a='urn:x'><a:enabled>1</a:enabled></a:F>", ["enabled"], (True,)),
        (b"table.DDNS[0].Enable=false\r\ntable.DDNS[1].Enable=true\r\n", ["DDNS.Enable"], (False, True)),
        (b"table.DDNS[0].Password=true\r\ntable.All.DDNS.Enabled=true\r\n", ["DDNS.Enable"], ()),
        (b"root.Network.Filter.Enabled=yes\nroot.Network.Filter.Log.Enabled=no\n", ["Filter.Enabled"], (True,)),
        (b"root.RemoteService.Enabled=oneclick\n", ["RemoteService.Enabled"], ()),
        (b"ddns_enable='0'\r\n", ["ddns_enable"], (False,)),
        (b'{"Response": {"Data": {"Enabled": 1, "Port": 1}}}', ["Enabled", "Enable"], (True,)),
        (b'{"Data": {"Enable": false}}', ["Enabled", "Enable"], (False,)),
        (b'{"IPFilters": [{"Filters": [{"Enable": false}, {"Enable": true}]}]}', ["Filters.Enable"], (False, True)),
        (b'\xef\xbb\xbf{"Enable": "on"}', ["enable"], (True,)),
        (b"<html><body>not found</body></html>", ["enabled"], ()),
        (b"<enabled>true", ["enabled"], ()),
        (b'<!DOCTYPE x [<!ENTITY e "true">]><x><enabled>&e;</enabled></x>', ["enabled"], ()),
        (b'["Enabled", true]', ["Enabled"], ()),
        (b'{"Enabled": ', ["Enabled"], ()),
        (b"# Error: Error -1 getting param in group 'root.Network.AxisNS.Enabled'\n", ["AxisNS.Enabled"], ()),
        (b"", ["Enabled"], ()),
    ],
)
def test_each_form_tells_what_is_on(body, names, expected):
    assert switches(body, names) == expected


@pytest.mark.parametrize(
    "body",
    [
        b"Enable=true\n" * 5_000,
        json.dumps({"list": [{"Enable": True}] * 3_000}).encode(),
        b"<list>" + b"<Enable>true</Enable>" * 1_000 + b"</list>",
    ],
)
def test_a_flood_of_switches_is_cut(body):
    assert switches(body, ["Enable"]) == (True,) * SWITCH_LIMIT


@pytest.mark.parametrize("body", [b"[" * 60_000, b'{"a":' * 10_000, b"<a>" * 20_000, b"Enable=" + b"1" * 100_000])
def test_what_is_too_deep_or_too_long_tells_nothing(body):
    assert switches(body, ["Enable"]) == ()


@given(st.binary(max_size=400), st.lists(st.text(max_size=20), max_size=3))
def test_nothing_that_a_device_says_fails(body, names):
    assert all(isinstance(one, bool) for one in switches(body, names))
