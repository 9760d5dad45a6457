"""`ancam run`: everything on one machine, in one process tree."""

import argparse
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser

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
    parser.add_argument("--host", help=phrase("địa chỉ lắng nghe (ANCAM_HOST)", "address to listen on (ANCAM_HOST)"))
    port = phrase("cổng lắng nghe (ANCAM_PORT)", "port to listen on (ANCAM_PORT)")
    parser.add_argument("--port", type=int, help=port)
    no_browser = phrase("không mở trình duyệt", "do not open a browser")
    parser.add_argument("--no-browser", action="store_true", help=no_browser)


def run(arguments: argparse.Namespace) -> int:
    """Prepare the data folder, start web and jobs, say where, and stop both when told."""
    stop = stop_signal()
    set_up_django()
    from django.conf import settings

    host, port = arguments.host or settings.HOST, arguments.port or settings.PORT
    _require_free_port(host, port)
    began = time.monotonic()
    prepare_instance()
    _close_connections()
    print(phrase("Chuẩn bị dữ liệu", "Data prepared") + f": {time.monotonic() - began:.1f} s", flush=True)

    tree = ProcessTree()
    tree.start("web", "--host", host, "--port", str(port))
    tree.start("worker")
    address = _address(host, port, settings.SPEAKS_TLS)
    try:
        if _wait_until_ready(tree, address, stop):
            _announce(address, open_browser=not arguments.no_browser and sys.stdout.isatty())
        while not stop.wait(0.5):
            if tree.has_lost_one():
                told = phrase("Một tiến trình đã dừng đột ngột; AnCam dừng theo.", "A process ended; AnCam stops.")
                print(told, file=sys.stderr)
                return 3
    finally:
        tree.stop()
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


def _wait_until_ready(tree: ProcessTree, address: str, stop: threading.Event) -> bool:
    """Return true once the health page answers 200; false when told to stop or a child has ended."""
    deadline = time.monotonic() + READY_WITHIN_S
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
    try:
        with urllib.request.urlopen(f"{address}healthz", timeout=2, context=context) as answer:  # noqa: S310 - http(s) only
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
