"""Whatever a device says of itself, it is identified, judged and written as a row that can be read again."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ancam.engines.probing.facts import (
    Ask,
    Banner,
    Certificate,
    ClockReading,
    DiscoveryAnswer,
    HostFacts,
    HttpAnswer,
    LoginAttempt,
    LoginResult,
    OnvifAnswer,
    PortState,
    RtspAnswer,
    SoapKind,
    SshFacts,
    TlsFacts,
)
from ancam.engines.probing.identity import identify, likely_platforms
from ancam.engines.probing.judging import judge
from ancam.engines.probing.judging.fleet import judge_fleet, row_from
from ancam.engines.probing.judging.tests.facts_made import EVERY_MODE, camera, no_advice, no_day
from ancam.engines.probing.recording.rows import row_of

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PATHS = ("/", "/ISAPI/System/deviceInfo", "/cgi-bin/magicBox.cgi?action=getSystemInfo", "/get_status.cgi", "/LAPI/x")
NAMES = (
    *("server", "www-authenticate", "location", "content-type", "date", "set-cookie", "x-frame-options", "transport"),
    *("devicetype", "version", "mac", "scopes", "types", "vendor", "serialno", "softwareversion", "xaddrs", "location"),
    *("Manufacturer", "Model", "FirmwareVersion", "SerialNumber", "HwAddress", "Uri", "protocols", "profile.token"),
    *("DateTimeType", "UTCDateTime.Year", "NTPManual", "FromDHCP"),
)
TEXTS = (
    "Hikvision DS-2CD2143G0-I",
    "V5.5.82 build 190220",
    'Digest realm="DS-2CD2143G0-I", nonce="", qop="auth"',
    "onvif://www.onvif.org/name/%ff%00",
    "onvif://www.onvif.org/manufacturer/Dahua",
    "http://[",
    "https://10.9.9.9:99999/x",
    "44:19:B6:00:11:22",
    "99999999999999999999",
    "١٦",
    "-1",
    "\x00\r\n\t",
    "App-webs/",
)
texts = st.sampled_from(TEXTS) | st.text(max_size=60)
bodies = st.binary(max_size=200) | st.sampled_from(
    [
        b"<DeviceInfo><model>DS-2CD2143G0-I</model><macAddress>44:19</macAddress></DeviceInfo>",
        b'{"a": {"b": [1, null, "\\ud800"]}}',
        b"<title>" + b"&#99999999999;" * 9,
        b"v=0\r\nm=video",
        b"\xff\xd8\xff\xe0",
        b"sys_ver='1.2.3';\r\nalias='x'",
    ]
)
pairs = st.lists(st.tuples(st.sampled_from(NAMES), texts), max_size=5)
ports = st.sampled_from([21, 22, 23, 80, 443, 554, 8000, 8080, 8443, 34567, 37777, 9527])
statuses = st.integers(0, 999)
instants = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - made aware
certificates = st.builds(
    Certificate,
    *(texts, texts, texts, st.lists(texts, max_size=2).map(tuple), instants, instants),
    *(st.sampled_from(["rsa", "ec", "other"]), st.integers(0, 10**6), st.sampled_from(["", "md5", "sha256"])),
    *(st.booleans(), texts, texts),
)
maybe = st.none() | st.booleans()
answers: dict[str, st.SearchStrategy[Any]] = {
    "discovered": st.builds(
        DiscoveryAnswer,
        st.sampled_from(["sadp", "dahua", "xm", "ssdp", "mdns", "ws-discovery", "ubiquiti", "tapo", "?"]),
        ports,
        pairs.map(dict),
    ),
    "http": st.builds(
        HttpAnswer,
        *(st.sampled_from(Ask), ports, st.booleans(), st.sampled_from(["GET", "HEAD", "POST"])),
        *(st.sampled_from(PATHS) | texts, statuses, pairs.map(tuple), bodies, st.booleans()),
    ),
    "rtsp": st.builds(
        RtspAnswer,
        *(st.sampled_from([Ask.OPTIONS, Ask.STREAM, Ask.NO_SUCH_PATH]), ports, st.booleans()),
        *(st.sampled_from(["OPTIONS", "DESCRIBE"]), texts, statuses, pairs.map(tuple), bodies),
    ),
    "onvif": st.builds(
        OnvifAnswer,
        *(ports, st.booleans(), texts),
        st.sampled_from(["GetSystemDateAndTime", "GetDeviceInformation", "GetScopes", "GetNTP", "GetStreamUri", "?"]),
        *(statuses, st.sampled_from(SoapKind), pairs.map(dict), st.booleans(), st.booleans()),
    ),
    "tls": st.builds(
        TlsFacts,
        *(ports, st.sampled_from(["", "SSLv3", "TLSv1", "TLSv1.2", "TLSv1.3", "TLSv9"]), texts),
        *(st.none() | certificates, maybe, maybe, maybe),
    ),
    "ssh": st.builds(SshFacts, ports, texts, *[st.lists(texts, max_size=2).map(tuple)] * 3, texts),
    "banners": st.builds(Banner, ports, st.sampled_from(["telnet", "ftp", "adb", "unknown"]), texts),
    "logins": st.builds(
        LoginAttempt, st.sampled_from(["owner", "CHK-CRED-01"]), st.booleans(), st.sampled_from(LoginResult), texts
    ),
    "clocks": st.builds(ClockReading, st.sampled_from(["onvif", "http"]), st.floats(-1e11, 1e11), st.floats(0, 10)),
}


@st.composite
def lying_devices(draw: st.DrawFn) -> HostFacts:
    facts = HostFacts("10.0.0.1", draw(st.dictionaries(ports, st.sampled_from(PortState), max_size=6)))
    for name, strategy in answers.items():
        getattr(facts, name).extend(draw(st.lists(strategy, max_size=3)))
    facts.is_trap = draw(st.booleans()) and draw(st.booleans())
    facts.cut_short = draw(st.sampled_from(["", "budget-time", "stopped-answering"]))
    return facts


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(lying_devices(), st.booleans())
def test_a_device_that_lies_in_every_field_still_gets_a_row(facts, is_exposed):
    likely_platforms(facts)
    for who in (identify(facts), camera(serial="S")):
        judgement = judge(
            facts, who, modes=EVERY_MODE, now=NOW, is_exposed=is_exposed, advisories=no_advice, built_on=no_day
        )
        row = row_of(facts, who, judgement, first_seen=NOW, last_seen=NOW + timedelta(1), connections=3, bytes_in=9)
        again = json.loads(json.dumps(row, ensure_ascii=False).encode())
        fleet = judge_fleet(
            [row_from(again), row_from({**again, "ip": "10.0.0.2"})], modes=EVERY_MODE, is_exposed=lambda _: is_exposed
        )

        assert again == row
        assert set(fleet.details) <= {"10.0.0.1", "10.0.0.2"}
