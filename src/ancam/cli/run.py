"""`ancam run`: everything on one machine, in one process tree."""

import argparse
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser

from ancam.cli import listening
from ancam.cli.certificates import require_certificate
from ancam.cli.django_setup import prepare_instance, set_up_django
from ancam.cli.language import phrase
from ancam.cli.processes import ProcessTree, stop_signal
from ancam.kit.errors import AnCamError

READY_WITHIN_S = 60


class PortTaken(AnCamError):
    """Another program listens there. Values: `host`, `port`."""

    what = "Cổng {port} trên {host} đang được chương trình khác dùng"
    next_step = "Đề nghị dừng chương trình đó hoặc chọn cổng khác, ví dụ: ancam run --port {other}"


class AddressRefused(AnCamError):
    """This machine cannot listen there. Values: `host`, `port`, `reason`."""

    what = "Máy này không lắng nghe được tại {host}:{port}"
    ground = "{reason}"
    next_step = "Đề nghị chọn địa chỉ của chính máy, ví dụ: ancam run --host 127.0.0.1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    listening.add_arguments(parser)
    no_browser = phrase("không mở trình duyệt", "do not open a browser")
    parser.add_argument("--no-browser", action="store_true", help=no_browser)


def run(arguments: argparse.Namespace) -> int:
    """Prepare the data folder, start web and jobs, say where, and stop both when told."""
    stop = stop_signal()
    listening.listen_as_told(arguments)
    set_up_django()
    from django.conf import settings

    from ancam.web import clock

    require_certificate(settings.TLS_CERT, settings.TLS_KEY, clock.now())
    _require_free_port(settings.HOST, settings.PORT)
    began = time.monotonic()
    prepare_instance()
    _close_connections()
    print(phrase("Chuẩn bị dữ liệu", "Data prepared") + f": {time.monotonic() - began:.1f} s", flush=True)

    tree = ProcessTree()
    tree.start("web")
    tree.start("worker")
    # Behind a proxy that speaks TLS, this machine's own port still speaks plain HTTP.
    address = _address(settings.HOST, settings.PORT, bool(settings.TLS_CERT))
    try:
        return watch(tree, address, stop, open_browser=not arguments.no_browser and sys.stdout.isatty())
    finally:
        tree.stop()


def watch(
    tree: ProcessTree,
    address: str,
    stop: threading.Event,
    *,
    open_browser: bool,
    ready_within_s: float = READY_WITHIN_S,
) -> int:
    """Say where AnCam is once it answers, then wait; 0 when told to stop, 3 when it never answers or loses a child."""
    if _wait_until_ready(tree, address, stop, ready_within_s):
        _announce(address, open_browser=open_browser)
    elif not stop.is_set() and not tree.has_lost_one():
        vi = f"AnCam chưa trả lời tại {address}healthz sau {ready_within_s:.0f} giây; AnCam dừng."
        en = f"AnCam did not answer at {address}healthz within {ready_within_s:.0f} s; AnCam stops."
        print(phrase(vi, en), file=sys.stderr)
        return 3
    while not stop.wait(0.5):
        if tree.has_lost_one():
            told = phrase("Một tiến trình đã dừng đột ngột; AnCam dừng theo.", "A process ended; AnCam stops.")
            print(told, file=sys.stderr)
            return 3
    return 0


def _require_free_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as exc:
            if exc.errno == 98:
                raise PortTaken(host=host, port=port, other=port + 1 if port < 65535 else 8000) from exc
            raise AddressRefused(host=host, port=port, reason=exc.strerror or str(exc)) from exc


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()


def _address(host: str, port: int, tls: bool) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - shown, not bound
    return f"{'https' if tls else 'http'}://{shown}:{port}/"


def _wait_until_ready(tree: ProcessTree, address: str, stop: threading.Event, within_s: float) -> bool:
    """Return true once the health page answers 200; false when told to stop or a child has ended."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline and not tree.has_lost_one() and not stop.is_set():
        if _is_healthy(address):
            return True
        stop.wait(0.2)
    return False


def _is_healthy(address: str) -> bool:
    import ssl

    context = ssl.create_default_context()
    # Our own health page on our own port: whether its certificate fits the name is the browser's question.
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    # A proxy of the environment is for the world outside.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
    try:
        with opener.open(f"{address}healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _announce(address: str, *, open_browser: bool) -> None:
    """Print where AnCam is and, while no administrator exists, the one-time link."""
    from django.urls import reverse

    from ancam.accounts.services import first_administrator_link
    from ancam.web import clock

    print(f"AnCam: {address}", flush=True)
    token = first_administrator_link(at=clock.now())
    first_page = address
    if token:
        first_page = address.rstrip("/") + reverse("register_instance", args=[token])
        print(f"{phrase('Đăng ký quản trị', 'Register the administrator')}: {first_page}", flush=True)
    _close_connections()
    if open_browser:
        webbrowser.open(first_page)
