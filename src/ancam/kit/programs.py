"""Other programs, run within bounds: of time, of what they see of our environment, and ended with all they started."""

import contextlib
import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

_PASSED_ON = ("PATH", "LANG", "LC_ALL")


class ProgramFailed(Exception):
    """A program gave no answer. why: `time` or `failed`; code: what it ended with, None when it was ended."""

    def __init__(self, why: Literal["time", "failed"], code: int | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.code = code


def find_program(*names: str) -> str | None:
    """Return where the first of the programs that this machine has lies, None when it has none of them."""
    return next((found for name in names if (found := shutil.which(name))), None)


def output_of(
    words: Sequence[str],
    *,
    time_limit_s: float,
    given: bytes = b"",
    folder: Path | None = None,
    settings: Mapping[str, str] | None = None,
    most_memory_bytes: int | None = None,
) -> bytes:
    """Return what a program prints when it is given these bytes; raise `ProgramFailed` when it fails or time is up.

    folder: where it works and what it takes for its home. settings: variables of its environment beside the path and
    the language. most_memory_bytes: beyond it the program is given no more and fails.
    """
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    home = {"HOME": str(folder), "TMPDIR": str(folder)} if folder else {}
    # A session of its own: some programs are scripts that start others, and all of them end together.
    with subprocess.Popen(  # noqa: S603 - a program found by its name; what it is given are our words and bytes
        words,
        cwd=folder,
        env={**environment, **home, **(settings or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            if most_memory_bytes:
                resource.prlimit(process.pid, resource.RLIMIT_AS, (most_memory_bytes, most_memory_bytes))
            printed, _ = process.communicate(given, time_limit_s)
        except subprocess.TimeoutExpired as exc:
            raise ProgramFailed("time") from exc
        finally:
            # Also what outlived it.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    if process.returncode != 0:
        raise ProgramFailed("failed", process.returncode)
    return printed
