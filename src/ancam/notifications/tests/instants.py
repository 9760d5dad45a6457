"""Instants at which mails go out, or do not."""

from datetime import datetime

from ancam.web.clock import VIETNAM

SUNDAY = datetime(2026, 11, 29, 9, 0, tzinfo=VIETNAM)
MONDAY_MORNING = datetime(2026, 11, 30, 8, 0, tzinfo=VIETNAM)
IN_AN_HOUR = datetime(2026, 11, 30, 9, 1, tzinfo=VIETNAM)
MONDAY_NIGHT = datetime(2026, 11, 30, 23, 0, tzinfo=VIETNAM)
TUESDAY_MORNING = datetime(2026, 12, 1, 8, 0, tzinfo=VIETNAM)
IN_A_WEEK = datetime(2026, 12, 7, 8, 0, tzinfo=VIETNAM)
BEFORE_TET = datetime(2026, 2, 13, 16, 0, tzinfo=VIETNAM)
AFTER_TET = datetime(2026, 2, 23, 7, 30, tzinfo=VIETNAM)
