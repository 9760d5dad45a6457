"""Where a request came from, and as which address it is counted."""

import pytest
from django.test import RequestFactory

from ancam.web.addresses import counted_address


@pytest.mark.parametrize(
    ("seen", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::"),
        ("", ""),
    ],
)
def test_an_ipv6_address_is_counted_as_its_network(seen: str, counted: str) -> None:
    assert counted_address(RequestFactory().get("/", REMOTE_ADDR=seen)) == counted


def test_a_request_without_an_address_has_none() -> None:
    request = RequestFactory().get("/")
    del request.META["REMOTE_ADDR"]

    assert counted_address(request) is None
