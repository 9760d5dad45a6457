"""Sets of addresses as merged ranges of whole numbers: fast to ask, small whatever they span."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Network = IPv4Network | IPv6Network
Range = tuple[int, int]

# One row of numbers for both kinds: IPv6 begins behind the last IPv4 address.
_FIRST_V6 = 1 << 32
_MAPPED = int(IPv6Address("::ffff:0:0"))


def number_of(address: str) -> int:
    """Return an address as its number; an IPv4-mapped IPv6 address is that IPv4 address, to which it would connect.

    Raises `ValueError` for names, zone ids, leading zeros and whatever else is no plain address.
    """
    if "%" in address:
        raise ValueError("a zone id")
    parsed = ip_address(address)
    value = int(parsed)
    if isinstance(parsed, IPv4Address):
        return value
    return value - _MAPPED if value >> 32 == _MAPPED >> 32 else value + _FIRST_V6


def address_of(number: int) -> str:
    """Return the address of a number."""
    return str(IPv4Address(number) if number < _FIRST_V6 else IPv6Address(number - _FIRST_V6))


def range_of(network: Network) -> Range:
    """Return the first and the last number of a network."""
    base = 0 if isinstance(network, IPv4Network) else _FIRST_V6
    return base + int(network.network_address), base + int(network.broadcast_address)


@dataclass(frozen=True)
class AddressSet:
    """Addresses as ascending ranges that neither overlap nor touch; both ends belong to them."""

    ranges: tuple[Range, ...] = ()

    @classmethod
    def of(cls, networks: Iterable[Network]) -> "AddressSet":
        """Return the addresses of the networks."""
        return cls.from_ranges(range_of(network) for network in networks)

    @classmethod
    def from_ranges(cls, ranges: Iterable[Range]) -> "AddressSet":
        """Return the addresses of ranges of numbers in any order, overlapping or not."""
        merged: list[Range] = []
        for first, last in sorted(ranges):
            # The last IPv4 and the first IPv6 address are neighbours as numbers only.
            if merged and (first <= merged[-1][1] or first == merged[-1][1] + 1 != _FIRST_V6):
                merged[-1] = merged[-1][0], max(merged[-1][1], last)
            else:
                merged.append((first, last))
        return cls(tuple(merged))

    @cached_property
    def _firsts(self) -> list[int]:
        return [first for first, _ in self.ranges]

    @cached_property
    def _counts_before(self) -> list[int]:
        counts = [0]
        for first, last in self.ranges:
            counts.append(counts[-1] + last - first + 1)
        return counts

    @property
    def count(self) -> int:
        """How many addresses there are, however many."""
        return self._counts_before[-1]

    @property
    def has_ipv6(self) -> bool:
        """Whether any of them is an IPv6 address."""
        return bool(self.ranges) and self.ranges[-1][1] >= _FIRST_V6

    def __len__(self) -> int:
        """Return `count`; raises `OverflowError` beyond what Python takes for a length, as with an IPv6 /64."""
        return self.count

    def __bool__(self) -> bool:
        return bool(self.ranges)

    def __contains__(self, address: object) -> bool:
        """Tell whether an address, as text or as its number, is one of these; what is no address is not."""
        if isinstance(address, int):
            return self._holds(address)
        try:
            return self._holds(number_of(str(address)))
        except ValueError:
            return False

    def __iter__(self) -> Iterator[str]:
        """Yield the addresses, ascending."""
        for first, last in self.ranges:
            yield from (address_of(number) for number in range(first, last + 1))

    def at(self, index: int) -> str:
        """Return the address at a place from 0 in ascending order, in time that does not grow with the set.

        Raises `IndexError` outside.
        """
        if not 0 <= index < self.count:
            raise IndexError(index)
        place = bisect_right(self._counts_before, index) - 1
        return address_of(self.ranges[place][0] + index - self._counts_before[place])

    def __or__(self, other: "AddressSet") -> "AddressSet":
        return AddressSet.from_ranges((*self.ranges, *other.ranges))

    def __sub__(self, other: "AddressSet") -> "AddressSet":
        """Return these without those of the other, in time that grows with the number of ranges of both."""
        left: list[Range] = []
        taken = iter(other.ranges)
        cut = next(taken, None)
        for first, last in self.ranges:
            while cut and cut[1] < first:
                cut = next(taken, None)
            while cut and cut[0] <= last:
                if first < cut[0]:
                    left.append((first, cut[0] - 1))
                first = cut[1] + 1
                if first > last:
                    break
                cut = next(taken, None)
            if first <= last:
                left.append((first, last))
        return AddressSet(tuple(left))

    def __and__(self, other: "AddressSet") -> "AddressSet":
        return self - (self - other)

    def _holds(self, number: int) -> bool:
        place = bisect_right(self._firsts, number) - 1
        return place >= 0 and number <= self.ranges[place][1]
