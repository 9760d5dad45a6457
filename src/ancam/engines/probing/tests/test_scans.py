import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing import scans
from ancam.engines.probing.scans import FoundHost, found_in
from ancam.engines.probing.wire.errors import Garbled

NMAP_XML = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<?xml-stylesheet href="file:///usr/share/nmap/nmap.xsl" type="text/xsl"?>
<nmaprun scanner="nmap" args="nmap -oX"><host starttime="1"><status state="up"/>
<address addr="10.9.9.1" addrtype="ipv4"/><address addr="02:00:00:00:00:01" addrtype="mac" vendor="x"/>
<ports><extraports state="closed" count="3"/><port protocol="tcp" portid="554">
<state state="open" reason="syn-ack"/></port><port protocol="tcp" portid="80">
<state state="open"/><service name="http"/></port>
<port protocol="tcp" portid="23"><state state="filtered"/></port>
<port protocol="udp" portid="3702"><state state="open|filtered"/></port></ports></host>
<host><address addr="FD00:0::1" addrtype="ipv6"/><ports><port protocol="udp" portid="3702">
<state state="open"/></port></ports></host><host><address addr="10.9.9.3" addrtype="ipv4"/></host></nmaprun>
"""
NMAP_HOSTS = [FoundHost("10.9.9.1", (80, 554), ()), FoundHost("fd00::1", (), (3702,))]
MASSCAN_HOSTS = [FoundHost("10.9.9.1", (80, 554), ()), FoundHost("10.9.9.2", (), (3702,))]
GREPABLE = """# Nmap 7.93 scan initiated as: nmap -oG
Host: 10.9.9.1 (cam.local)\tStatus: Up
Host: 10.9.9.1 (cam.local)\tPorts: 80/open/tcp//http///, 554/open/tcp//rtsp///, 23/closed/tcp//telnet///\tIgnored: x
Host: 10.9.9.2 ()\tPorts: 3702/open/udp/////
# Nmap done
"""
MASSCAN_GREPABLE = """#masscan
Timestamp: 1\tHost: 10.9.9.1 ()\tPorts: 80/open/tcp//http//
Timestamp: 1\tHost: 10.9.9.1 ()\tPorts: 554/open/tcp//rtsp//
Timestamp: 1\tHost: 10.9.9.2 ()\tPorts: 3702/open/udp////
# Masscan done
"""
MASSCAN_LIST = """#masscan
open tcp 554 10.9.9.1 1600000000
open tcp 80 10.9.9.1 1600000001
banner tcp 80 10.9.9.1 1600000001 http x
open udp 3702 10.9.9.2 1600000002
# end
"""
MASSCAN_JSON = """[
{   "ip": "10.9.9.1",   "timestamp": "1", "ports": [ {"port": 554, "proto": "tcp", "status": "open", "ttl": 64} ] }
,
{   "ip": "10.9.9.1",   "ports": [ {"port": 80, "proto": "tcp", "status": "open"}, {"port": 23, "status": "closed"} ] },
{   "ip": "10.9.9.2",   "ports": [ {"port": 3702, "proto": "udp"} ] },
{finished: 1}
]
"""
MASSCAN_XML = """<?xml version="1.0"?>
<!-- masscan v1.0 scan -->
<nmaprun scanner="masscan">
<host endtime="1"><address addr="10.9.9.1" addrtype="ipv4"/><ports><port protocol="tcp" portid="554">
<state state="open"/></port></ports></host>
<host endtime="1"><address addr="10.9.9.1" addrtype="ipv4"/><ports><port protocol="tcp" portid="80">
<state state="open"/></port></ports></host><host><address addr="10.9.9.2"/><ports><port protocol="udp" portid="3702">
<state state="open"/></port></ports></host><runstats/></nmaprun>
"""


@pytest.fixture
def write(tmp_path):
    def written(content: str | bytes):
        path = tmp_path / "scan"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


@pytest.mark.parametrize(
    ("content", "hosts"),
    [
        (NMAP_XML, NMAP_HOSTS),
        (GREPABLE, MASSCAN_HOSTS),
        (MASSCAN_GREPABLE, MASSCAN_HOSTS),
        (MASSCAN_LIST, MASSCAN_HOSTS),
        (MASSCAN_LIST.replace("\n", "\r\n"), MASSCAN_HOSTS),
        (MASSCAN_JSON, MASSCAN_HOSTS),
        (json.dumps(json.loads(MASSCAN_JSON.replace(",\n{finished: 1}", "")), indent=4), MASSCAN_HOSTS),
        (json.dumps(json.loads(MASSCAN_JSON.replace(",\n{finished: 1}", ""))), MASSCAN_HOSTS),
        (MASSCAN_XML, MASSCAN_HOSTS),
        ("", []),
        ("[]", []),
    ],
)
def test_results_of_every_kind_give_the_hosts(write, content, hosts):
    assert list(found_in(write(content))) == hosts


def test_a_scan_that_was_broken_off_gives_what_it_found(write):
    assert list(found_in(write(NMAP_XML[: NMAP_XML.index("FD00")]))) == NMAP_HOSTS[:1]
    assert list(found_in(write(NMAP_XML[: NMAP_XML.index('<host><address addr="FD00')] + "</oops>"))) == NMAP_HOSTS[:1]


def test_what_is_no_address_or_port_is_passed_over(write):
    lines = (
        "#masscan\nopen tcp 0 10.9.9.1\nopen tcp 65536 10.9.9.1\nopen tcp 80 camera.example\nopen tcp 80 fe80::1%eth0\n"
        "open tcp 80 010.9.9.1\nopen tcp 80 10.9.9.9\n"
    )

    assert list(found_in(write(lines))) == [FoundHost("10.9.9.9", (80,), ())]
    odd = '{"ip": ["x"], "ports": [{"port": 1, "proto": "tcp"}, 5]}\n{"ip": "10.9.9.9", "ports": {}}\n[[\n{"a": {]}}'
    assert list(found_in(write(odd))) == []


@pytest.mark.parametrize(
    "content",
    [
        "\na letter\nof some lines",
        "<html><body/></html>",
        "<html>",
        "<?xml version='1.0'?><!DOCTYPE nmaprun [<!ENTITY a 'b'>]><nmaprun>&a;</nmaprun>",
        "<nmaprun>" + "<a>" * 100,
        "<oops",
        "<a></b>",
        b"\x7fELF\x00\x01",
    ],
)
def test_what_is_no_result_is_garbled(write, content):
    with pytest.raises(Garbled):
        list(found_in(write(content)))


def test_lines_objects_hosts_and_bytes_are_bounded(write, monkeypatch):
    monkeypatch.setattr(scans, "LINE_LIMIT", 200_000)
    for content in ("#masscan\n" + "a" * 300_000, '{"a":\n' + "1,\n" * 200_000):
        with pytest.raises(Garbled):
            list(found_in(write(content)))
    monkeypatch.setattr(scans, "HOST_LIMIT", 1)
    with pytest.raises(Garbled, match="too many hosts"):
        list(found_in(write(MASSCAN_LIST)))
    monkeypatch.setattr(scans, "BYTE_LIMIT", 10)
    with pytest.raises(Garbled, match="too long"):
        list(found_in(write(MASSCAN_LIST)))


@given(
    st.sampled_from([NMAP_XML, GREPABLE, MASSCAN_LIST, MASSCAN_JSON, ""]),
    st.integers(0, 900),
    st.binary(max_size=60),
    st.integers(0, 6),
)
def test_no_file_raises_anything_but_garbled(tmp_path_factory, content, position, instead, removed):
    path = tmp_path_factory.getbasetemp() / "fuzz"
    good = content.encode()
    path.write_bytes(good[:position] + instead + good[position + removed :])
    try:
        hosts = list(found_in(path))
    except Garbled:
        return
    assert all(0 < port < 65_536 for host in hosts for port in host.tcp + host.udp)
