"""Files of the store that no row names: what a transaction kept and then took back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, Field, Model

from ancam.web.set_aside import is_any_set_aside

LEFT_ALONE_FOR = timedelta(days=1)
DIGEST_LENGTH = 64
AT_ONCE = 500
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Swept:
    """What was removed: so many files of so many bytes."""

    files: int
    size_bytes: int


def sweep_orphans(at: datetime) -> Swept:
    """Remove the files of the store that are older than a day and whose digest stands in no column of text.

    Every column long enough for a digest is asked, of whatever room, so that a new room cannot forget to say what it
    keeps; a file must therefore be named by a column of its own, not inside JSON alone. One query for each such column
    and 500 files. Nothing is removed while an old instance is set aside: its rows, which nobody asks, name files too.
    """
    if is_any_set_aside():
        return Swept(0, 0)
    limit = (at - LEFT_ALONE_FOR).timestamp()
    files = size_bytes = 0
    old = _old_files(limit)
    while paths := list(islice(old, AT_ONCE)):
        orphans = {path.name for path in paths}
        for model, column in _columns():
            named = model._default_manager.filter(**{f"{column.name}__in": orphans})
            orphans -= set(named.values_list(column.name, flat=True))
        removed = [size for path in paths if path.name in orphans and (size := _remove(path, limit)) is not None]
        files, size_bytes = files + len(removed), size_bytes + sum(removed)
    return Swept(files, size_bytes)


def _old_files(limit: float) -> Iterator[Path]:
    for path in Path(settings.STORE_FOLDER).glob("??/*"):
        if _DIGEST.fullmatch(path.name) and path.stat().st_mtime < limit:
            yield path


def _columns() -> Iterator[tuple[type[Model], "Field[str, str]"]]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, CharField) and (field.max_length or 0) >= DIGEST_LENGTH:
                yield model, field


def _remove(path: Path, limit: float) -> int | None:
    """Remove a file and return its size; None when it was kept anew meanwhile, and so put back."""
    aside = Path(settings.HOLDING_FOLDER) / path.name
    path.replace(aside)
    found = aside.stat()
    if found.st_mtime >= limit:
        aside.replace(path)
        return None
    aside.unlink()
    return found.st_size
