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

    From `name`, `network` is reached over the cable and nothing else is. Raises NamespaceFailed.
    """
    lab = f"{name}-lab"
    try:
        _ip(
            [
                f"netns add {name}",
                f"netns add {lab}",
                f"-n {lab} link add cable type veth peer name cable netns {name}",
            ]
        )
        _ip(
            [
                f"-n {lab} link set lo up",
                f"-n {lab} link set cable up",
                f"-n {lab} address add {_LAB_END}/30 dev cable",
                f"-n {name} link set lo up",
                f"-n {name} link set cable up",
                f"-n {name} address add {_ASSESSOR_END}/30 dev cable",
                f"-n {name} route add {network} via {_LAB_END}",
            ]
        )
        _batch(lab, [f"address add {address}/32 dev lo" for address in addresses])
        yield lab
    finally:
        for made in (name, lab):
            subprocess.run(["ip", "netns", "delete", made], check=False, capture_output=True)  # noqa: S603, S607


def run_inside(namespace: str, command: list[str]) -> int:
    """Run a command in a namespace, pass it the signals that end us, and return its exit code."""
    child = subprocess.Popen(["ip", "netns", "exec", namespace, *command])  # noqa: S603, S607
    before = {number: signal.signal(number, lambda *_: child.terminate()) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        return child.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _ip(steps: list[str]) -> None:
    for step in steps:
        _run(["ip", *step.split()], "")


def _batch(namespace: str, steps: list[str]) -> None:
    _run(["ip", "-n", namespace, "-batch", "-"], "\n".join(steps) + "\n")


def _run(command: list[str], told: str) -> None:
    try:
        done = subprocess.run(command, input=told, text=True, capture_output=True, check=False)  # noqa: S603
    except OSError as failure:
        raise NamespaceFailed(reason=failure.strerror) from failure
    if done.returncode:
        raise NamespaceFailed(reason=done.stderr.strip())
