"""Writing a backup: one pass, in memory that does not grow with the store."""

import hashlib
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from ancam.audit.selectors import verify_ledger
from ancam.engines.probing.errors import TrustMissing
from ancam.engines.probing.permission.trust import believed_bytes, parse_trust
from ancam.engines.probing.recording.logins import LEDGER, count_lines, ledger_to_keep
from ancam.keeping.age import SealedWriter
from ancam.keeping.archive import PIECE, ArchiveWriter
from ancam.keeping.contents import (
    FILE,
    FORMAT,
    GUESSES,
    HEAD,
    MANIFEST,
    TRUST,
    Head,
    Manifest,
    Summary,
    as_json,
    carried_models,
    label_of,
)
from ancam.keeping.errors import StoredFileDamaged
from ancam.keeping.rows import columns_of, parts_of
from ancam.keeping.sequences import sequences
from ancam.keeping.snapshot import one_moment
from ancam.kit.data_folder import ASSESS_FOLDER, TRUST_FILE

Told = Callable[[int], None]
"""Called with the bytes of rows and files handled so far."""


def write_backup(sink: BinaryIO, passphrase: str, *, with_keys: bool, at: datetime, told: Told) -> Summary:
    """Write the whole instance, as it stands at one moment, sealed with the passphrase; return what was written.

    AnCam may run meanwhile. A file is in the store before the row that names it is committed, and only what no row
    names is removed, so the files listed after the moment hold all that its rows name. Raises `LedgerBroken`,
    `StoredFileDamaged`, and `ProbingRefused` for keys or guesses that the assessor itself would not believe: what could
    not be restored is not called a backup.
    """
    sealed = SealedWriter(sink, passphrase)
    archive, manifest = ArchiveWriter(sealed), Manifest()
    done = 0
    with one_moment():
        head = _head(at, with_keys)
        _add(archive, HEAD, as_json(head))
        for size in _add_rows(archive, manifest):
            told(done := done + size)
    for size in _add_files(archive, manifest):
        told(done := done + size)
    _add_trust(archive, manifest)
    _add_guesses(archive, manifest)
    if with_keys:
        _add_keys(archive, manifest)
    _add(archive, MANIFEST, as_json(manifest))
    archive.close()
    sealed.close()
    return Summary(head, manifest)


def _head(at: datetime, with_keys: bool) -> Head:
    return Head(
        format=FORMAT,
        version=settings.VERSION,
        made_at=at.astimezone(UTC).isoformat(timespec="seconds"),
        database=connection.vendor,
        ledger_head=verify_ledger(),
        migrations=sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations()),
        columns={label_of(model): columns_of(model) for model in carried_models()},
        sequences=sequences(),
        has_keys=with_keys,
    )


def _add(archive: ArchiveWriter, name: str, data: bytes) -> None:
    archive.add(name, len(data), [data])


def _add_rows(archive: ArchiveWriter, manifest: Manifest) -> Iterator[int]:
    for model in carried_models():
        label, digest = label_of(model), hashlib.sha256()
        manifest.rows[label] = 0
        for number, (count, lines) in enumerate(parts_of(model), start=1):
            _add(archive, f"rows/{label}/{number:08}.jsonl", lines)
            manifest.rows[label] += count
            digest.update(lines)
            yield len(lines)
        manifest.digests[label] = digest.hexdigest()


def _add_files(archive: ArchiveWriter, manifest: Manifest) -> Iterator[int]:
    names = hashlib.sha256()
    for path in _stored_files(Path(settings.STORE_FOLDER)):
        name = f"files/{path.parent.name}/{path.name}"
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            archive.add(name, size, _checked_pieces(file, path.name))
        names.update(f"{path.name}\n".encode())
        manifest.files += 1
        manifest.files_bytes += size
        yield size
    manifest.files_digest = names.hexdigest()


def _stored_files(folder: Path) -> Iterator[Path]:
    """Yield what the store holds, in the order of the digests. One folder of 256 is listed at a time."""
    for part in sorted(folder.iterdir()):
        yield from (path for path in sorted(part.iterdir()) if FILE.fullmatch(f"files/{part.name}/{path.name}"))


def _checked_pieces(file: BinaryIO, name: str) -> Iterator[bytes]:
    digest = hashlib.sha256()
    while piece := file.read(PIECE):
        digest.update(piece)
        yield piece
    if digest.hexdigest() != name:
        raise StoredFileDamaged(digest=name)


def _add_trust(archive: ArchiveWriter, manifest: Manifest) -> None:
    """Carry it only when it is believed here: restored, it would be closed to others, whoever wrote in it before."""
    try:
        data = believed_bytes(Path(settings.DATA_FOLDER) / TRUST_FILE)
    except TrustMissing:
        return
    manifest.trusted_keys, manifest.trust_digest = len(parse_trust(data).counting), hashlib.sha256(data).hexdigest()
    _add(archive, TRUST, data)


def _add_guesses(archive: ArchiveWriter, manifest: Manifest) -> None:
    if data := ledger_to_keep(Path(settings.DATA_FOLDER) / ASSESS_FOLDER):
        manifest.guesses, manifest.guesses_digest = count_lines(data, LEDGER), hashlib.sha256(data).hexdigest()
        _add(archive, GUESSES, data)


def _add_keys(archive: ArchiveWriter, manifest: Manifest) -> None:
    keys = {"secret": settings.SECRET_KEY, "encryption": "\n".join(settings.ENCRYPTION_KEYS)}
    for name, key in keys.items():
        _add(archive, f"keys/{name}.key", key.encode())
        manifest.keys.append(hashlib.sha256(key.encode()).hexdigest())
