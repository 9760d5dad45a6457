"""What this room does by itself."""

from datetime import timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog

from ancam.accounts.services.imports import leave_undecided_imports
from ancam.web import clock

__all__ = ["forget_sign_ins", "leave_undecided_imports"]

SIGN_INS_KEPT = timedelta(days=90)


def forget_sign_ins() -> None:
    """Remove what is known of sign-ins older than 90 days: they hold e-mails and addresses."""
    before = clock.now() - SIGN_INS_KEPT
    for kept in (AccessAttempt, AccessFailureLog, AccessLog):
        kept.objects.filter(attempt_time__lt=before).delete()
