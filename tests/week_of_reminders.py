"""Run as a program: the reminders and mails of an instance, hour by hour through a week, killed at its n-th act.

usage: week_of_reminders.py FIRST-HOUR ACTS [WORDS]

An act is a statement to the database, once before and once after it, or a line to the mail server; with WORDS only
statements that hold them count, before they run. Prints the number of each hour as it begins, then the acts left;
0 acts are never used up. The process ends itself with SIGKILL.
"""

import os
import signal
import sys
from datetime import datetime, timedelta

from ancam.cli.django_setup import set_up_django

HOURS = 8 * 24


def main(first_hour: int, acts: int, words: str = "") -> None:
    set_up_django()
    from django.db import connection

    from ancam.directives.services import remind
    from ancam.notifications import outbox
    from ancam.web.clock import VIETNAM

    begins = datetime(2026, 11, 20, tzinfo=VIETNAM)
    left = acts

    def act() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(execute, sql, *rest):
        if words in sql:
            act()
        result = execute(sql, *rest)
        if not words:
            act()
        return result

    sys.addaudithook(lambda event, _values: act() if event == "smtplib.send" and not words else None)
    with connection.execute_wrapper(statement):
        for hour in range(first_hour, HOURS):
            print(hour, flush=True)
            at = begins + timedelta(hours=hour)
            remind(at=at)
            while outbox.make_mails(at):
                pass
            while outbox.send_waiting(at):
                pass
    print(left)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
