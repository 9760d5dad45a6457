"""One check in a process of its own, within bounds: bytes on standard input, the answer as JSON on standard output.

usage: python -m ancam.engines.signing FOLDER INSTANT   (FOLDER of roots, or an empty word; INSTANT in ISO form)

What is wrong with the roots is no answer about the file: then it ends with another code than 0, and says why.
"""

import json
import resource
import sys
from dataclasses import asdict
from datetime import datetime

from ancam.engines.signing.check import check_copy
from ancam.engines.signing.errors import CopyUnfit, Fault
from ancam.engines.signing.roots import roots_in

MOST_MEMORY_BYTES = 2_000_000_000
MOST_SECONDS = 30


def main(folder: str, instant: str) -> None:
    """Read, check, write the answer. Raises `RootsUnfit`."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    roots, at = roots_in(folder), datetime.fromisoformat(instant)
    try:
        checked = check_copy(sys.stdin.buffer.read(), roots=roots, at=at)
        answer = asdict(checked)
    except CopyUnfit as unfit:
        answer = {"fault": unfit.fault}
    except Exception as exc:  # noqa: BLE001 - the top of a worker; libraries raise what they like over a file made to harm
        answer = {"fault": Fault.TOO_LONG if isinstance(exc, MemoryError) else Fault.DAMAGED}
    json.dump(answer, sys.stdout, default=str)


if __name__ == "__main__":
    main(*sys.argv[1:])
