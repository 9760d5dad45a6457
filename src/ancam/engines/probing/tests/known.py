"""What is known of a device before it is asked or judged, as a test gives it."""

from typing import Any

from ancam.engines.probing.facts import (
    Banner,
    ClockReading,
    DiscoveryAnswer,
    HostFacts,
    HttpAnswer,
    OnvifAnswer,
    RtspAnswer,
    SshFacts,
    TlsFacts,
)


def know(facts: HostFacts, *known: Any) -> None:
    """Put what is known of a device in its place."""
    places: dict[type, list[Any]] = {
        HttpAnswer: facts.http,
        RtspAnswer: facts.rtsp,
        OnvifAnswer: facts.onvif,
        DiscoveryAnswer: facts.discovered,
        TlsFacts: facts.tls,
        SshFacts: facts.ssh,
        Banner: facts.banners,
        ClockReading: facts.clocks,
    }
    for one in known:
        places[type(one)].append(one)
