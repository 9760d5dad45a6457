"""What this room does by itself."""

from datetime import timedelta

from axes.models import AccessAttempt, AccessFailureLog, AccessLog

from ancam.accounts.services import apply_due_reorganisations
from ancam.web import clock

SIGN_INS_KEPT = timedelta(days=90)


def forget_sign_ins() -> None:
    """Remove what is known of sign-ins older than 90 days: they hold e-mails and addresses."""
    before = clock.now() - SIGN_INS_KEPT
    for kept in (AccessAttempt, AccessFailureLog, AccessLog):
        kept.objects.filter(attempt_time__lt=before).delete()


def apply_reorganisations() -> None:
    """Apply the reorganisations whose day has come."""
    apply_due_reorganisations(at=clock.now())
