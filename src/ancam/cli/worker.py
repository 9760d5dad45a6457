"""`ancam worker`: the jobs alone, with a heartbeat that the health page reads."""

import argparse
import contextlib
import os
import socket
import threading

from ancam.cli.django_setup import require_prepared_instance, set_up_django
from ancam.cli.language import phrase
from ancam.cli.processes import call_when_orphaned, stop_signal

BEAT_EVERY_S = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--queue", default="ancam", help=phrase("tên hàng đợi", "name of the queue"))


def run(arguments: argparse.Namespace) -> int:
    """Run jobs until told to stop; a job in hand is finished, or returned to the queue when we are ended by force."""
    os.environ["Q_CLUSTER_NAME"] = arguments.queue
    set_up_django()
    require_prepared_instance()
    from django_q.cluster import Cluster

    cluster = Cluster()
    cluster.start()
    stop = stop_signal()  # after the cluster's own handlers, which end it in the middle of a wait
    call_when_orphaned(stop.set)
    try:
        _beat_until(stop, cluster.sentinel)
    finally:
        cluster.stop()
    return 0


def _beat_until(stop: threading.Event, sentinel: object) -> None:
    """Beat every 10 s while the process that guards the workers lives; without it there is nothing to vouch for."""
    from django.db import DatabaseError, close_old_connections

    from ancam.web import clock, jobs

    name = f"{socket.gethostname()}:{os.getpid()}"
    while sentinel.is_alive():  # type: ignore[attr-defined] # a multiprocessing process of the library's own kind
        close_old_connections()
        # A database that is away for a moment makes the heartbeat old, which is what the health page shows.
        with contextlib.suppress(DatabaseError):
            jobs.beat(name, clock.now())
        if stop.wait(BEAT_EVERY_S):
            break
    with contextlib.suppress(DatabaseError):
        jobs.sign_off(name)
