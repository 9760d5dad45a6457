"""What this room does by itself."""

import logging

from ancam.audit.errors import AuditError
from ancam.audit.selectors import verify_ledger

logger = logging.getLogger(__name__)


def check_ledger() -> None:
    """Verify the whole ledger; a break goes to the operator's log at once, so that it is not found years later."""
    try:
        logger.info("ledger whole, head %s", verify_ledger())
    except AuditError as broken:
        logger.critical("%s", broken)
