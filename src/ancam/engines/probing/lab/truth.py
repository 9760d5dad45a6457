"""What is true of each device, from how it was set up and from the definitions of the checks, never by asking it.

A finding is in one of four sets. `findings`: its condition holds and can be seen without an account.
`with_default_credential`: seen only by the one guessed login, `with_owner_credential`: with the owner's account.
`undecided`: the definition leaves it open for such a
device, or its manners hide it; an assessor may report it or not. Whatever is in none of them does not hold.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from ancam.engines.probing.lab.conditions import (
    findings_of,
    found_by_the_guess,
    found_with_owners_account,
    keeps_default,
)
from ancam.engines.probing.lab.device import values_of
from ancam.engines.probing.lab.given_away import identity_grades, services
from ancam.engines.probing.lab.placing import Placed
from ancam.engines.probing.lab.postures import Posture, Proof, Ssh


def truth(placed: Iterable[Placed]) -> dict[str, Any]:
    """Return the content of a truth file, with what holds of devices together among each device's findings."""
    every = list(placed)
    rows = [row_of(one) for one in every]
    for finding, keys in _shared(every).items():
        for row, key in zip(rows, keys, strict=True):
            if key and keys.count(key) > 1:
                row["findings"] = sorted([*row["findings"], finding])
    _write_shared_defaults(every, rows)
    return {"schema": "ancam/lab-truth/1", "devices": rows}


def _write_shared_defaults(placed: list[Placed], rows: list[dict[str, Any]]) -> None:
    """Add to each row whether several devices of its model keep the default login.

    It is sure only where the model is known without a login and more than one of them can be seen to keep it.
    """
    keepers = [(one, row) for one, row in zip(placed, rows, strict=True) if row["is_scored"] and keeps_default(one)]
    all_of = Counter(one.model.name for one, _ in keepers)
    seen_of = Counter(one.model.name for one, row in keepers if row["with_default_credential"])
    for one, row in keepers:
        is_sure = bool(row["with_default_credential"]) and seen_of[one.model.name] > 1 and bool(row["model"])
        if all_of[one.model.name] > 1:
            row["with_default_credential" if is_sure else "undecided"].append("default_credential_shared")


def row_of(placed: Placed) -> dict[str, Any]:
    """Return what is true of one device by itself."""
    kind, values = placed.kind, values_of(placed)
    known = identity_grades(placed)
    found, hidden = findings_of(placed)
    with_default = found_by_the_guess(placed)
    with_owner, hidden_from_owner = found_with_owners_account(placed)
    row: dict[str, Any] = {
        "ip": placed.ip,
        "lab_kind": kind.id,
        "group": kind.group,
        "is_camera": kind.is_camera,
        "kind": kind.kind,
        "vendor": kind.vendor,
        "also_vendor": list(kind.also_vendor),
        "brand": kind.brand,
        "model": placed.model.name if "model" in known else "",
        "firmware": placed.firmware.text if "firmware" in known else "",
        "serial": values["serial"] if "serial" in known else "",
        "mac": values["mac"] if "mac" in known else "",
        "grades": known,
        "on_the_box": {
            "model": placed.model.name,
            "firmware": placed.firmware.text,
            "serial": values["serial"],
            "mac": values["mac"],
        },
        "ports": list(placed.tcp),
        "udp": list(placed.udp),
        "is_scored": kind.is_camera,
        "findings": sorted(found) if kind.is_camera else [],
        "with_default_credential": sorted(with_default) if kind.is_camera else [],
        "with_owner_credential": sorted(with_owner) if kind.is_camera else [],
        "undecided": sorted(hidden | hidden_from_owner) if kind.is_camera else [],
        "posture": _words(placed.posture),
    }
    return row


def _shared(placed: list[Placed]) -> dict[str, list[str]]:
    """Return for each finding about several devices what each device shares, empty for what it has of its own."""
    return {
        "tls_shared_key": [
            one.kind.id if one.posture.proof is Proof.SHARED_KEY and "web-tls" in services(one) else ""
            for one in placed
        ],
        "ssh_shared_key": [one.kind.id if one.posture.ssh is Ssh.SHARED_KEY else "" for one in placed],
    }


def _words(posture: Posture) -> dict[str, Any]:
    return {name: getattr(posture, name) for name in posture.__slots__}


def tally(rows: Iterable[dict[str, Any]]) -> dict[str, int]:
    """Return how many devices have each finding."""
    return dict(sorted(Counter(finding for row in rows for finding in row["findings"]).items()))
