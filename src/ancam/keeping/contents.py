"""What a backup holds: which tables, the head that begins it, the manifest that ends it."""

import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

from ancam.engines.probing.recording.logins import LEDGER
from ancam.keeping.errors import BackupDamaged
from ancam.kit.data_folder import ASSESS_FOLDER, TRUST_FILE

FORMAT = 2
"""What is written. The first had no trusted keys and no guessed logins; both are read."""
FORMATS = (1, FORMAT)
HEAD, MANIFEST = "head.json", "manifest.json"
MOST_HEAD_BYTES = 4_000_000
PART_BYTES = 1_000_000
MOST_PART_BYTES = 256_000_000
"""A part ends with the row that passes `PART_BYTES`; no row that a person can write comes near the second bound."""

ROWS = re.compile(r"rows/([a-z_0-9]{1,40}\.[a-z_0-9]{1,40})/(\d{8})\.jsonl")
FILE = re.compile(r"files/([0-9a-f]{2})/(\1[0-9a-f]{62})")
KEY = re.compile(r"keys/(secret|encryption)\.key")
TRUST = TRUST_FILE
GUESSES = f"{ASSESS_FOLDER}/{LEDGER}"
"""What the assessor needs on another machine too, each as it lies in the data folder."""

LEFT_OUT = {
    "sessions.session": "a copy must not carry anyone's open session",
    "accounts.device": "goes with its session",
    "accounts.onetimelink": "one that was used since would open again; a new one is handed out",
    "accounts.emailchange": "a link of one day that waits for an address; it is asked for again",
    "accounts.passwordreset": "a link of one hour, sent by mail",
    "notifications.calendarfeed": "an address that was closed since would open again; its owner opens another",
    "contenttypes.contenttype": "made anew by every migration; nothing of ours refers to its rows",
    "auth.permission": "made anew by every migration; rights are roles at agencies",
    "auth.group": "not used: rights are roles at agencies",
    "auth.group_permissions": "not used: rights are roles at agencies",
    "axes.accessattempt": "a lock of fifteen minutes, about a machine that is not this one",
    "axes.accessattemptexpiration": "belongs to the attempt",
    "django_q.ormq": "what waits there the running instance does itself; a copy would do it a second time",
    "django_q.task": "the outcomes of jobs, kept to look at and cut at 500",
    "django_q.schedule": "written anew at every start",
    "web.ratecount": "about askers of the last minutes",
    "web.workerheartbeat": "about processes that do not run here",
}
"""Tables that are no part of the instance's state, each with the reason. Every other table is carried."""


def carried_models() -> list[type[models.Model]]:
    """Return the models whose rows a backup carries, those that join two tables included."""
    found = apps.get_models(include_auto_created=True)
    own = [model for model in found if model._meta.managed and not model._meta.proxy]
    return sorted((model for model in own if label_of(model) not in LEFT_OUT), key=label_of)


def label_of(model: type[models.Model]) -> str:
    """Return `app.model`, by which a table is named in a backup."""
    return model._meta.label_lower


@dataclass(frozen=True, slots=True)
class Head:
    """What must be known before the first row. `sequences`: the last number given out in each table that counts."""

    format: int
    version: str
    made_at: str
    database: str
    ledger_head: str
    migrations: list[list[str]]
    columns: dict[str, list[str]]
    sequences: dict[str, int]
    has_keys: bool

    @classmethod
    def from_json(cls, data: bytes) -> "Head":
        """Return the head written as `as_json`. Raises `BackupDamaged`."""
        return cls(**_checked(data, cls.__annotations__))


@dataclass(slots=True)
class Manifest:
    """What was written, in figures: the rows of each table and the digest of their lines, the files, the keys.

    `files_digest` is the SHA-256 of the files' names, one to a line; each name is the SHA-256 of the file.
    `trusted_keys` are those that count, `guesses` the lines of the ledger of guessed logins; the digest of what there
    was none of is empty.
    """

    rows: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    files: int = 0
    files_bytes: int = 0
    files_digest: str = ""
    keys: list[str] = field(default_factory=list)
    trusted_keys: int = 0
    trust_digest: str = ""
    guesses: int = 0
    guesses_digest: str = ""

    @classmethod
    def from_json(cls, data: bytes, format_: int) -> "Manifest":
        """Return the manifest written as `as_json` in a backup of this format. Raises `BackupDamaged`."""
        later = _SINCE_FORMAT_2 if format_ == 1 else ()
        return cls(**_checked(data, {name: kind for name, kind in cls.__annotations__.items() if name not in later}))


_SINCE_FORMAT_2 = ("trusted_keys", "trust_digest", "guesses", "guesses_digest")


@dataclass(frozen=True, slots=True)
class Summary:
    """A backup in figures, as it is told to the operator."""

    head: Head
    manifest: Manifest

    def as_values(self) -> dict[str, Any]:
        """Return what `--json` prints."""
        return {
            "version": self.head.version,
            "made_at": self.head.made_at,
            "database": self.head.database,
            "ledger_head": self.head.ledger_head,
            "has_keys": self.head.has_keys,
            "rows": self.manifest.rows,
            "files": self.manifest.files,
            "files_bytes": self.manifest.files_bytes,
            "trusted_keys": self.manifest.trusted_keys,
            "guesses": self.manifest.guesses,
        }


def as_json(part: Head | Manifest) -> bytes:
    """Return the head or the manifest as it stands in the archive."""
    return json.dumps(asdict(part), ensure_ascii=False, indent=1).encode()


def _checked(data: bytes, names: dict[str, Any]) -> dict[str, Any]:
    try:
        values = json.loads(data)
    except ValueError as exc:
        raise BackupDamaged(reason="phần mô tả không đọc được") from exc
    if not isinstance(values, dict) or set(values) != set(names):
        raise BackupDamaged(reason="phần mô tả thiếu hoặc thừa mục")
    for name, kind in names.items():
        if not isinstance(values[name], getattr(kind, "__origin__", kind)):
            raise BackupDamaged(reason=f"mục “{name}” của phần mô tả không đúng dạng")
    return values
