"""Run as a program: an `ancam` command that kills itself with SIGKILL before its N-th act on the disk or a database."""

import os
import signal
import sys

from ancam.cli.main import main

ACTS = {"fcntl.flock", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "shutil.rmtree", "sqlite3.connect"}
left = int(sys.argv[1])


def count(act: str, arguments: tuple[object, ...]) -> None:
    global left
    if act not in ACTS:  # the killing itself is told here too
        return
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)


sys.addaudithook(count)
sys.exit(main(sys.argv[2:]))
