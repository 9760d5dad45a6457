"""What no file can raise. Source: the contract of `ancam assess`, "The guard"."""

from dataclasses import dataclass, replace
from datetime import timedelta

LONGEST = timedelta(days=31)
MOST_ADDRESSES = 65_536
MOST_CONNECTIONS_PER_S = 5_000
MOST_PER_HOST_CONNECTIONS = 4
MOST_PER_HOST_PER_S = 40
# Of these there is one per device, ever, and none on a public address: `logins` keeps the count.
MOST_GUESSED_LOGINS = 1


@dataclass(frozen=True, slots=True)
class Limits:
    """How fast and how much: connections a second in all; for each device connections at once, connections a second,
    bytes received and seconds of active time. The defaults are those of `reference/device-checks.yaml`."""

    connections_per_s: int = 500
    per_host_connections: int = 2
    per_host_per_s: int = 10
    per_host_bytes: int = 1_000_000
    per_host_s: int = 15


def bounded(limits: Limits, *, unsigned: bool) -> Limits:
    """Return the limits under the ceilings.

    Unsigned, where nothing but a laboratory can be reached, the rates are the file's own; a device still gets no more
    than its ceiling of connections at once, since what a laboratory teaches should hold outside.
    """
    gentle = replace(limits, per_host_connections=min(limits.per_host_connections, MOST_PER_HOST_CONNECTIONS))
    if unsigned:
        return gentle
    return replace(
        gentle,
        connections_per_s=min(limits.connections_per_s, MOST_CONNECTIONS_PER_S),
        per_host_per_s=min(limits.per_host_per_s, MOST_PER_HOST_PER_S),
    )
