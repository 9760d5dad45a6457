"""Where a request came from, and where links that leave the instance lead."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def public_address(path: str) -> str:
    """Return the full address of a page, as it stands in mails and in links that are handed out.

    From the settings: a request names whatever host its sender likes.
    """
    return f"{settings.PUBLIC_URL}{path}"


def client_address(request: HttpRequest) -> str | None:
    """Return the address that the request came from.

    As the server saw it, for a header could be forged; behind a proxy, the one that the proxy itself wrote last.
    """
    seen: str | None = request.META.get("REMOTE_ADDR")
    if not settings.BEHIND_TLS:
        return seen
    written = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return written if _is_address(written) else seen


def counted_address(request: HttpRequest) -> str | None:
    """Return the address for counting: of an IPv6 one its /64, because whoever has one has as many as they like.

    An IPv4 address written as an IPv6 one counts as itself.
    """
    seen = client_address(request)
    if seen is None or not _is_address(seen):
        return seen
    address = ip_address(seen)
    if not isinstance(address, IPv6Address):
        return seen
    return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
