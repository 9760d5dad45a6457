"""Bringing a backup back: made beside, proved whole, then put in the place of what was there."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from ancam.audit.selectors import verify_ledger
from ancam.keeping.contents import LEFT_OUT, Head, Summary
from ancam.keeping.errors import BackupDamaged, NewerBackup, RowsRefused
from ancam.keeping.places import new_database, require_free_place
from ancam.keeping.reading import Told, read_backup
from ancam.keeping.rows import insert_rows
from ancam.keeping.sequences import set_sequences
from ancam.keeping.staging import PutBack, Staging, staging
from ancam.web.set_aside import ASIDE


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. `aside`: the name under which the old instance is kept, empty when nothing was there."""

    summary: Summary
    aside: str
    put_back: PutBack


def restore_backup(source: BinaryIO, passphrase: str, *, replace: bool, at: datetime, told: Told) -> Restored:
    """Make this instance what the backup holds; return its figures and what became of what was there.

    The caller is alone on the instance. A backup of an older version is loaded into the schema of its day and then
    brought forward. No line is added to the ledger: its head is the backup's. Raises what `require_free_place` and
    `read_backup` raise, `RowsRefused`, `KeyDiffers`, `TrustRefused`; nothing has changed then, but that a guessed login
    or a revoked key of the backup may be known here now. A process killed at any time leaves the old instance whole or
    the new one.
    """
    keep_old = require_free_place(replace=replace)
    aside = f"{ASIDE}{at:%Y%m%d_%H%M%S}"
    with _refusals_told(), staging() as beside, new_database(aside, keep_old=keep_old):
        loading = _Loading(beside)
        summary = read_backup(source, passphrase, loading, told=told)
        _bring_forward(summary.head)
        put_back = beside.put_in_place(keep_secret=keep_old)
    return Restored(summary, aside if keep_old else "", put_back)


class _Loading:
    """A receiver that fills the new database and lays the rest beside."""

    def __init__(self, beside: Staging) -> None:
        self._beside = beside
        self._models: Any = None
        self.file, self.key, self.trust, self.guesses = beside.file, beside.key, beside.trust, beside.guesses

    def begin(self, head: Head) -> None:
        executor = MigrationExecutor(connection)
        known = set(executor.loader.graph.nodes)
        recorded = _recorded(head)
        if unknown := [f"{app}.{name}" for app, name in recorded if (app, name) not in known]:
            raise NewerBackup(version=head.version, unknown=", ".join(unknown[:5]))
        ends = _ends(recorded, executor)
        executor.migrate(ends)
        self._models = executor.loader.project_state(ends).apps
        # A row may come before the row it refers to: SQLite is told so here, PostgreSQL by the check, which puts every
        # reference that a migration made strict back to being looked at later.
        connection.disable_constraint_checking()
        connection.check_constraints()
        for label in head.columns:
            # What a migration put in by itself comes with the rows.
            self._model(label)._base_manager.all()._raw_delete(connection.alias)

    def rows(self, label: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        if label in LEFT_OUT:
            return  # an older version carried it
        with transaction.atomic():
            insert_rows(self._model(label), columns, rows)

    def _model(self, label: str) -> Any:
        try:
            return self._models.get_model(label)
        except LookupError:
            raise BackupDamaged(reason=f"không có bảng {label} ở phiên bản đã ghi") from None


def _recorded(head: Head) -> list[tuple[str, str]]:
    if not all(isinstance(entry, list) and len(entry) == 2 for entry in head.migrations):
        raise BackupDamaged(reason="danh sách cấu trúc dữ liệu không đọc được")
    return [(str(app), str(name)) for app, name in head.migrations]


def _ends(recorded: Iterable[tuple[str, str]], executor: MigrationExecutor) -> list[tuple[str, str]]:
    """Return the last of the recorded migrations of each room: a target that others stand on would undo them."""
    nodes, found = executor.loader.graph.node_map, set(recorded)
    return sorted(
        node for node in found if not any(child in found and child[0] == node[0] for child in nodes[node].children)
    )


def _bring_forward(head: Head) -> None:
    """Check the references between rows, migrate to this version, and see that the ledger ends where it did."""
    connection.enable_constraint_checking()
    connection.check_constraints()
    call_command("migrate", verbosity=0, interactive=False)
    set_sequences(head.sequences)
    connection.check_constraints()
    if verify_ledger() != head.ledger_head:
        raise BackupDamaged(reason=f"sổ nhật ký không dẫn đến mốc {head.ledger_head}")


@contextmanager
def _refusals_told() -> Iterator[None]:
    try:
        yield
    except DatabaseError as exc:
        raise RowsRefused(reason=str(exc).strip().partition("\n")[0]) from exc
