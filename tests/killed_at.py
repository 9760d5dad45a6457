"""Run as a program: an `ancam` command over copies of an instance, killed before its first act, its second, to its end.

An act is one on the disk or a database. Each time the command is a process of its own that kills itself with SIGKILL,
and another looks at what it left. They are forked from one that has only read the code, and read the settings and keys
anew. Prints a line of JSON for each: how the command ended, and the head of the ledger then.
"""

import gc
import importlib
import json
import multiprocessing
import os
import shutil
import signal
import sys
from itertools import count
from pathlib import Path

from django.conf import Settings, settings
from django.db.migrations.loader import MigrationLoader

from ancam.cli.django_setup import set_up_django
from ancam.cli.main import main
from whole_instance import head_of_the_whole

ACTS = {"fcntl.flock", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "shutil.rmtree", "sqlite3.connect"}
FORKED = multiprocessing.get_context("fork")


def run_every_time(old: Path, data: Path, words: list[str]) -> None:
    shutil.copytree(old, data)
    set_up_django()
    MigrationLoader(None)  # reads the migrations' code, and opens no database
    gc.freeze()
    for step in count(1):
        shutil.rmtree(data)
        shutil.copytree(old, data)
        code = outcome(run_until, step, words)
        heads = FORKED.SimpleQueue()
        looked = outcome(look, heads)
        print(json.dumps({"code": code, "head": heads.get() if looked == 0 else ""}), flush=True)
        if code != -signal.SIGKILL:
            return


def outcome(act, *values: object) -> int:
    process = FORKED.Process(target=act, args=values)
    process.start()
    process.join()
    return process.exitcode


def run_until(step: int, words: list[str]) -> None:
    left = step

    def count_down(act: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if act not in ACTS:  # the killing itself is told here too
            return
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count_down)
    read_settings_anew()
    sys.exit(main(words))


def look(heads) -> None:
    read_settings_anew()
    heads.put(head_of_the_whole())


def read_settings_anew() -> None:
    importlib.reload(importlib.import_module(settings.SETTINGS_MODULE))
    settings._wrapped = Settings(settings.SETTINGS_MODULE)


if __name__ == "__main__":
    run_every_time(Path(sys.argv[1]), Path(os.environ["ANCAM_DATA"]), sys.argv[2:])
