"""Which addresses may be reached: what is listed, without what is denied, always denied, or public and not enrolled."""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_network

from ancam.engines.probing.errors import OutOfScope
from ancam.engines.probing.permission.addresses import AddressSet, Network, Range, address_of, number_of, range_of

# Whatever is signed, nothing is sent here. The first that holds gives the reason. Multicast has no exception yet:
# discovery asks each address on its own.
ALWAYS_DENIED = (
    ("metadata", "169.254.169.254/32"),  # most clouds
    ("metadata", "fd00:ec2::/32"),  # Amazon: fd00:ec2::254, ::253, ::23
    ("metadata", "fd20:ce::254/128"),  # Google
    ("metadata", "100.100.100.200/32"),  # Alibaba
    ("metadata", "168.63.129.16/32"),  # Azure
    ("metadata", "192.0.0.192/32"),  # Oracle
    ("link-local", "169.254.0.0/16"),
    ("link-local", "fe80::/10"),
    ("site-local", "fec0::/10"),
    ("multicast", "224.0.0.0/4"),
    ("multicast", "ff00::/8"),
    ("broadcast", "255.255.255.255/32"),
    ("unspecified", "0.0.0.0/8"),
    ("unspecified", "::/128"),
    ("documentation", "192.0.2.0/24"),
    ("documentation", "198.51.100.0/24"),
    ("documentation", "203.0.113.0/24"),
    ("documentation", "2001:db8::/32"),
    ("documentation", "3fff::/20"),
    ("benchmarking", "198.18.0.0/15"),
    ("benchmarking", "2001:2::/48"),
    # An IPv4 address in the clothes of IPv6: reached over a relay or a translator, it may be anybody's. The plain
    # IPv4 address is listed instead. (An IPv4-mapped address is judged as that IPv4 address.)
    ("hidden-ipv4", "::ffff:0:0/96"),
    ("hidden-ipv4", "::ffff:0:0:0/96"),
    ("hidden-ipv4", "64:ff9b::/96"),
    ("hidden-ipv4", "64:ff9b:1::/48"),
    ("hidden-ipv4", "2001::/32"),
    ("hidden-ipv4", "2002::/16"),
    ("reserved", "192.0.0.0/24"),
    ("reserved", "192.88.99.0/24"),
    ("reserved", "240.0.0.0/4"),
    ("reserved", "2001::/23"),
)
REASONS = {
    "not-an-address": "không phải địa chỉ IP hay dải địa chỉ; phần mềm không tra tên máy",
    "not-listed": "không nằm trong mục allow",
    "denied": "nằm trong mục deny",
    "public-not-enrolled": "địa chỉ công cộng ngoài các dải đã đăng ký cho đơn vị chủ quản",
    "metadata": "luôn cấm: dịch vụ siêu dữ liệu của đám mây",
    "link-local": "luôn cấm: địa chỉ liên kết cục bộ",
    "site-local": "luôn cấm: địa chỉ site-local đã bỏ",
    "multicast": "luôn cấm: địa chỉ nhóm",
    "broadcast": "luôn cấm: địa chỉ quảng bá",
    "unspecified": "luôn cấm: địa chỉ không xác định",
    "documentation": "luôn cấm: dải dành cho tài liệu",
    "benchmarking": "luôn cấm: dải dành cho đo kiểm",
    "hidden-ipv4": "luôn cấm: địa chỉ IPv6 che một địa chỉ IPv4; hãy nêu thẳng địa chỉ IPv4",
    "reserved": "luôn cấm: dải dự trữ",
}
"""Each reason a `refusal` gives, in words."""


def _set(*texts: str) -> AddressSet:
    return AddressSet.of(ip_network(text) for text in texts)


LOOPBACK = _set("127.0.0.0/8", "::1/128")
# 100.64.0.0/10 is shared behind a provider's translation: no address of the Internet.
_PRIVATE = _set("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
# What IPv6 has given out: the rest is kept for later, the addresses that spell an IPv4 one in their end among it.
_GIVEN_OUT_V6 = _set("2000::/3", "fc00::/7", "::1/128")
_DENIALS = (
    *((kind, _set(text)) for kind, text in ALWAYS_DENIED),
    ("reserved", _set("::/0") - _GIVEN_OUT_V6),
)
_ALWAYS_DENIED = AddressSet.from_ranges(found for _, denied in _DENIALS for found in denied.ranges)
PUBLIC = _set("0.0.0.0/0", "::/0") - _PRIVATE - LOOPBACK - _ALWAYS_DENIED


def always_denied_in(network: Network) -> str | None:
    """Return why a part of a network is never assessed, a key of `REASONS`; None when all of it may be."""
    asked = AddressSet.of([network])
    return next((kind for kind, denied in _DENIALS if asked & denied), None)


def is_public(address: str) -> bool:
    """Tell whether an address belongs to the Internet; what is no address counts as one, to be safe."""
    try:
        return number_of(address) in PUBLIC
    except ValueError:
        return True


@dataclass(frozen=True)
class Scope:
    """Where an assessment may go. `allowed`: exactly the addresses that may be reached.

    listed, denied: what the file lists and denies. Deny wins, an empty list permits nothing, IPv6 only where listed.
    """

    allowed: AddressSet
    listed: AddressSet
    denied: AddressSet

    @classmethod
    def of(cls, allow: Iterable[Network], deny: Iterable[Network], enrolled: Iterable[Network] = ()) -> "Scope":
        """Return the scope of these lists; `enrolled`: the public prefixes of the owner's unit."""
        listed, denied = AddressSet.of(allow), AddressSet.of(deny)
        not_enrolled = PUBLIC - AddressSet.of(enrolled)
        return cls(listed - denied - _ALWAYS_DENIED - not_enrolled, listed, denied)

    def refusal(self, address: str) -> str | None:
        """Return why an address may not be reached, a key of `REASONS`; None when it may. Asked before each connection.

        The text is what would be connected to: names, zone ids and unusual spellings are refused.
        """
        try:
            number = number_of(address)
        except ValueError:
            return "not-an-address"
        return None if number in self.allowed else self._reason(number)

    def admit(self, targets: Iterable[str]) -> AddressSet:
        """Return the addresses of targets: single addresses, CIDR ranges, and ranges `a-b`.

        Raises `OutOfScope` for the first address that may not be reached. Of a range that is listed whole, addresses
        that are denied are left out, as when the whole authorisation is carried out.
        """
        return AddressSet.from_ranges(found for target in targets for found in self._admitted(target.strip()))

    def _admitted(self, target: str) -> tuple[Range, ...]:
        first, last = _range_named(target)
        if first == last:
            admitted = AddressSet(((first, last),)) & self.allowed
            outside = first
        else:
            asked = AddressSet.from_ranges([(first, last)])
            admitted = asked & self.allowed
            beyond = asked - self.listed
            outside = beyond.ranges[0][0] if beyond else first
            if beyond:
                admitted = AddressSet()
        if not admitted:
            reason = REASONS[self._reason(outside)]
            raise OutOfScope(target=target, address=address_of(outside), reason=f"{address_of(outside)} {reason}")
        return admitted.ranges

    def _reason(self, number: int) -> str:
        always = next((kind for kind, denied in _DENIALS if number in denied), None)
        if always:
            return always
        if number in self.denied:
            return "denied"
        return "not-listed" if number not in self.listed else "public-not-enrolled"


def _range_named(target: str) -> Range:
    """Return the first and the last number of a target. Raises `OutOfScope` when it names none."""
    first, dash, last = target.partition("-")
    try:
        if dash:
            ends = number_of(first.strip()), number_of(last.strip())
        elif "/" in target:
            ends = range_of(ip_network(target))
        else:
            ends = number_of(target), number_of(target)
    except ValueError as exc:
        raise OutOfScope(target=target, address=target, reason=_what_was_meant(target)) from exc
    if ends[0] > ends[1]:
        raise OutOfScope(target=target, address=target, reason="địa chỉ đầu lớn hơn địa chỉ cuối")
    return ends


def _what_was_meant(target: str) -> str:
    try:
        return f"dải {ip_network(target, strict=False)} hay riêng địa chỉ {target.partition('/')[0]}: cần nêu đúng một"
    except ValueError:
        return REASONS["not-an-address"]
