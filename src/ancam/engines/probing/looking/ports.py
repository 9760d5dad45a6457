"""Which ports are asked, and how a port is spoken to first."""

from enum import StrEnum

# Two passes: these tell who lives. Whoever has answered one is not asked the next; the last four are for devices
# behind a router that lets a single port through and drops the rest.
FIRST_LOOK = (80, 554, 443, 8080, 34567, 37777, 8000)
# Only those who live are asked for the rest. Source: CHK-PORT-01, with 2020, 2222 and 10554 of CHK-ONVIF-01,
# CHK-SSH-01 and CHK-RTSP-01.
SECOND_LOOK = (
    *(21, 22, 23, 81, 82, 88, 1935, 2020, 2222, 2323, 5000, 5555, 8443, 8554, 8800, 8899, 9000, 9527, 10554),
    *(37778, 49152),
)
# A device open on more ports than this answers everything: it is a trap or a middlebox, and says nothing of itself.
MOST_OPEN = 14
# Once a device is known for a camera. Source: CHK-RTSP-03, CHK-TLS-01, CHK-DBG-02, CHK-DBG-03.
OF_CAMERAS = (322, 9443, 1234, 2331, 6666, 8888, 9530, 12345, 19999)
# Source: CHK-VP-06, CHK-VP-08 to CHK-VP-11.
OF_VENDORS = {
    "TVT": (4567, 9008),
    "Tiandy": (3000, 3001, 3010),
    "EZVIZ": (9010, 9020),
    "Imou": (8086,),
    "Dahua": (8086,),
    "Ubiquiti": (7441, 7442, 7447),
    "Bosch": (1756,),
    "Hanwha": (4520, 4521),
    "GeoVision": (10000,),
}


class Opening(StrEnum):
    """How a port is spoken to first."""

    WEB = "web"
    TLS = "tls"
    RTSP = "rtsp"
    RTSPS = "rtsps"
    LISTEN = "listen"  # it speaks first, if at all
    ADB = "adb"
    NOTHING = "nothing"  # that it is open is all that is asked


_OPENINGS = {
    Opening.TLS: (443, 8443, 9443),
    Opening.RTSP: (554, 8554, 10554),
    Opening.RTSPS: (322,),
    Opening.LISTEN: (21, 22, 23, 2222, 2323, 9527, 9530, 1234, 2331, 6666, 8888, 12345, 19999),
    Opening.ADB: (5555,),
    Opening.NOTHING: (
        *(1756, 1935, 3000, 3001, 3010, 4520, 4521, 7441, 7442, 7447, 8086, 8800, 9000, 9010, 9020, 10000),
        *(34567, 37777, 37778),
    ),
}
_OPENING_OF = {port: opening for opening, ports in _OPENINGS.items() for port in ports}
# Source: CHK-ONVIF-01; the last two serve nothing else.
ONVIF = frozenset({80, 8000, 8080, 2020, 8899})
ONVIF_ALONE = frozenset({2020, 8899})


def opening_of(port: int) -> Opening:
    """Return how a port is spoken to first: a web server, unless the port is known for something else."""
    return _OPENING_OF.get(port, Opening.WEB)
