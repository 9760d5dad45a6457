"""Two network namespaces joined by one cable: devices on one side, whoever assesses them on the other, nothing else.

On the devices' side only their own addresses exist; everything else in the network is dropped without a word, as on a
real and sparse range. Needs root and the command `ip`.
"""

import signal
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from ancam.engines.probing.lab.errors import NamespaceFailed

_LAB_END, _ASSESSOR_END = "169.254.77.1", "169.254.77.2"


@contextmanager
def joined(name: str, network: str, addresses: Iterable[str]) -> Iterator[str]:
    """Make namespace `name` for the assessor and `name-lab` for the devices; yield the latter; remove both at the end.

    From `name`, `network` is reached over the cable and nothing else is. Raises NamespaceFailed; a namespace of that
    name that stands already is left alone.
    """
    lab = f"{name}-lab"
    made: list[str] = []
    try:
        for one in (name, lab):
            _ip(f"netns add {one}")
            made.append(one)
        _ip(f"-n {lab} link add cable type veth peer name cable netns {name}")
        for namespace, address in ((lab, _LAB_END), (name, _ASSESSOR_END)):
            _ip(f"-n {namespace} link set lo up")
            _ip(f"-n {namespace} link set cable up")
            _ip(f"-n {namespace} address add {address}/30 dev cable")
        _ip(f"-n {name} route add {network} via {_LAB_END}")
        _ip(f"-n {lab} -batch -", "".join(f"address add {address}/32 dev lo\n" for address in addresses))
        yield lab
    finally:
        for one in made:
            _ip(f"netns delete {one}")


def run_inside(namespace: str, command: list[str]) -> int:
    """Run a command in a namespace, pass it the signals that end us, and return its exit code."""
    child = subprocess.Popen(["ip", "netns", "exec", namespace, *command])  # noqa: S603, S607
    before = {number: signal.signal(number, lambda *_: child.terminate()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        return child.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _ip(words: str, told: str = "") -> None:
    command = ["ip", *words.split()]
    try:
        done = subprocess.run(command, input=told, text=True, capture_output=True, check=False)  # noqa: S603
    except OSError as failure:
        raise NamespaceFailed(reason=failure.strerror) from failure
    if done.returncode:
        raise NamespaceFailed(reason=done.stderr.strip())
