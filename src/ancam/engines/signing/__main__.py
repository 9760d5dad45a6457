"""One check in a process of its own, within bounds: bytes on standard input, the answer as JSON on standard output.

usage: python -m ancam.engines.signing FOLDER INSTANT   (FOLDER of roots, or an empty word; INSTANT in ISO form)
"""

import json
import resource
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from ancam.engines.signing.check import check_copy
from ancam.engines.signing.errors import CopyUnfit, Fault

MOST_MEMORY_BYTES = 2_000_000_000
MOST_SECONDS = 30
ROOT_ENDINGS = (".crt", ".cer", ".pem", ".der")


def main(folder: str, instant: str) -> None:
    """Read, check, write the answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    try:
        checked = check_copy(sys.stdin.buffer.read(), roots=roots_in(folder), at=datetime.fromisoformat(instant))
        answer = asdict(checked)
    except CopyUnfit as unfit:
        answer = {"fault": unfit.fault}
    except Exception as exc:  # noqa: BLE001 - the top of a worker; libraries raise what they like over a file made to harm
        answer = {"fault": Fault.TOO_LONG if isinstance(exc, MemoryError) else Fault.DAMAGED}
    json.dump(answer, sys.stdout, default=str)


def roots_in(folder: str) -> list[bytes]:
    """Return the certificates in a folder, by the endings that such files have; none without a folder."""
    if not folder:
        return []
    return [path.read_bytes() for path in sorted(Path(folder).iterdir()) if path.suffix.lower() in ROOT_ENDINGS]


if __name__ == "__main__":
    main(*sys.argv[1:])
