"""What this room does by itself."""

from django.db import transaction

from ancam.audit.checks import begin_check, continue_check
from ancam.audit.services import SYSTEM, Action, Subject, record
from ancam.web import clock
from ancam.web.orphans import sweep_orphans

SWEEP_STORE = Action("audit.sweep_store", "Dọn tệp không thuộc dữ liệu nào")
STORE = Subject("audit.store", "1", "Kho tệp")


def check_ledger() -> None:
    """Verify the whole ledger; a break goes to the operator's log at once, so that it is not found years later."""
    continue_check(begin_check(by=SYSTEM, at=clock.now()).pk)


def sweep_store() -> None:
    """Remove files that no row names; the ledger says how many, when there were any."""
    at = clock.now()
    swept = sweep_orphans(at)
    if swept.files:
        with transaction.atomic():
            change = {"count": swept.files, "size_bytes": swept.size_bytes}
            record(by=SYSTEM, action=SWEEP_STORE, subject=STORE, change=change, at=at)
