"""Devices stand on the ports of real ones, for which a machine may ask for root."""

import socket

import pytest


@pytest.fixture(scope="session")
def _may_listen() -> bool:
    try:
        with socket.create_server(("127.0.0.1", 79)):
            return True
    except PermissionError:
        return False


@pytest.fixture(autouse=True)
def _skipped_without_root(request: pytest.FixtureRequest, _may_listen: bool) -> None:
    if request.node.get_closest_marker("network") and not _may_listen:
        pytest.skip("ports below 1024 need root, or net.ipv4.ip_unprivileged_port_start=0")
