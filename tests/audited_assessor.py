"""Run as a program: an `ancam` command; each act of its process on the network is a line in the file named first.

Python tells of each itself (PEP 578): nothing that the command's own code does, or forgets to do, is left out.
"""

import json
import os
import sys

from ancam.cli.main import main

ACTS = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "urllib.", "ftplib.")


def audited(file: str, words: list[str]) -> int:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def tell(act: str, values: tuple[object, ...]) -> None:
        if act.startswith(ACTS):
            told = [value if isinstance(value, str | int | list | tuple) else repr(value) for value in values]
            os.write(descriptor, json.dumps({"act": act, "values": told}, default=repr).encode() + b"\n")

    sys.addaudithook(tell)
    return main(words)


if __name__ == "__main__":
    sys.exit(audited(sys.argv[1], sys.argv[2:]))
