"""A placed device while it runs: its values, its clock, its accounts and its counters."""

import hashlib
import random
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ancam.engines.probing.lab.devices import filled
from ancam.engines.probing.lab.harm import Harm
from ancam.engines.probing.lab.logins import Account, Logins
from ancam.engines.probing.lab.placing import Placed
from ancam.engines.probing.lab.postures import SETTINGS, Manner, Password

_FRAGILE_ABOVE = 6


@dataclass(frozen=True, slots=True)
class Pace:
    """How long devices take where they dawdle, in seconds: before the rest of a picture, and between dribbled bytes."""

    picture_s: float = 1.0
    dribble_s: float = 3.0


class Device:
    """What all services of one address share."""

    def __init__(self, placed: Placed, owner: Account | None = None, pace: Pace | None = None) -> None:
        self.placed = placed
        self.pace = pace or Pace()
        self.kind = placed.kind
        self.posture = placed.posture
        self.tcp = placed.tcp
        self.harm = Harm()
        self.values = values_of(placed)
        self.logins = Logins(
            placed.posture, placed.kind.login.default, owner, self.values["token"], self.harm, time.monotonic
        )

    @property
    def is_hung(self) -> bool:
        """Whether it was asked too much at once and answers nobody any more."""
        return self.harm.hangs > 0

    def opened(self) -> None:
        """Count a connection; a fragile device may hang of it."""
        at_once = self.harm.opened(time.monotonic())
        if self.posture.manner is Manner.FRAGILE and at_once > _FRAGILE_ABOVE and not self.is_hung:
            self.harm.hangs += 1

    def now(self) -> datetime:
        """Return what its clock shows, as an aware instant."""
        return datetime.now(UTC) + timedelta(seconds=self.posture.clock_off_s)

    def fill(self, template: str) -> str:
        """Return one of its templates with what is true of it now."""
        return filled(template, {**self.values, **self._states()})

    def _states(self) -> dict[str, str]:
        return {
            "retries": str(self.logins.attempts_left),
            "lock_status": "lock" if self.logins.is_locked else "unlock",
        }


def _web_origin(placed: Placed) -> str:
    ports = {service: port for port, service in placed.tcp.items()}
    if "web" in ports:
        return f"http://{placed.ip}:{ports['web']}"
    return f"https://{placed.ip}:{ports.get('web-tls', 443)}"


def values_of(placed: Placed) -> dict[str, str]:
    """Return the values that a device's templates may name, none of which changes while it runs."""
    draw = random.Random(placed.mark)  # noqa: S311 - numbers on a label
    is_activated = placed.posture.password is not Password.NOT_ACTIVATED
    values = {
        "ip": placed.ip,
        "gateway": placed.ip.rpartition(".")[0] + ".1",
        "model": placed.model.name,
        "brand": placed.kind.brand,
        "firmware": placed.firmware.text,
        "mac": placed.mac.lower(),
        "mac_upper": placed.mac,
        "mac_dashes": placed.mac.lower().replace(":", "-"),
        "mac_plain": placed.mac.replace(":", ""),
        "digits3": f"{draw.randrange(10**3):03d}",
        "digits5": f"{draw.randrange(10**5):05d}",
        "digits9": f"{draw.randrange(10**9):09d}",
        "token": hashlib.sha256(placed.mac.encode()).hexdigest()[:32],
        "activated": "true" if is_activated else "false",
        "away": placed.away,
        "away_name": placed.away_name,
        "web_version": "3.2.1.1059637",
        "web_origin": _web_origin(placed),
    }
    for name in SETTINGS:
        is_on = name in placed.posture.settings
        values |= {f"{name}_true": "true" if is_on else "false", f"{name}_yes": "yes" if is_on else "no"}
        values[f"{name}_1"] = "1" if is_on else "0"
    values |= {f"fw_{name}": text for name, text in placed.firmware.forms.items()}
    values["serial"] = filled(placed.kind.serial, values)
    values["realm"] = filled(placed.kind.login.realm, values)
    return values
