"""Run as a program: an instance's reminders and mails through eight days, in processes killed at their n-th act.

usage: week_of_reminders.py WORDS ACTS...

Every three hours, the clock passed in, people are reminded and mails are made and sent. An act is a statement to the
database, once before it and once after, or a line to the mail server; with WORDS, only statements that hold them count,
before they run. For each ACTS a process goes on from where the one before was killed, and kills itself with SIGKILL
after so many acts; a last one goes to the end. All are forked from one that has only read the code. Prints as JSON how
many were killed and how many acts the last one took.
"""

import json
import multiprocessing
import os
import signal
import sys
from datetime import datetime, timedelta

from ancam.cli.django_setup import set_up_django

HOURS, STEP = 8 * 24, 3
FORKED = multiprocessing.get_context("fork")


def main(words: str, acts: list[int]) -> None:
    set_up_django()
    hour, used = FORKED.RawValue("i", 0), FORKED.RawValue("i", 0)
    kills = 0
    for most in [*acts, 0]:
        used.value = 0
        process = FORKED.Process(target=run, args=(hour, used, words, most))
        process.start()
        process.join()
        if process.exitcode != -signal.SIGKILL:
            break
        kills += 1
    print(json.dumps({"kills": kills, "acts": used.value}))
    sys.exit(process.exitcode)


def run(hour, used, words: str, most: int) -> None:
    from django.db import connection

    from ancam.directives.tests.to_the_end import remind
    from ancam.notifications import outbox
    from ancam.web.clock import VIETNAM

    def act() -> None:
        used.value += 1
        if used.value == most:
            os.kill(os.getpid(), signal.SIGKILL)

    def statement(execute, sql, *rest):
        if words in sql:
            act()
        result = execute(sql, *rest)
        if not words:
            act()
        return result

    sys.addaudithook(lambda event, _values: act() if event == "smtplib.send" and not words else None)
    begins = datetime(2026, 11, 20, tzinfo=VIETNAM)
    with connection.execute_wrapper(statement):
        for now in range(hour.value, HOURS, STEP):
            hour.value, at = now, begins + timedelta(hours=now)
            remind(at=at)
            while outbox.make_mails(at):
                pass
            while outbox.send_waiting(at):
                pass


if __name__ == "__main__":
    main(sys.argv[1], [int(word) for word in sys.argv[2:]])
