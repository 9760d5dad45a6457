"""Sets of addresses, beside Python's own sets."""

from ipaddress import ip_address, ip_network
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.permission.addresses import AddressSet, address_of, number_of

# A few hundred addresses around where IPv4 ends and IPv6 begins, so that ranges meet, overlap and touch.
NEAR = [ip_network(text) for text in ("255.255.255.192/26", "::/122", "10.0.0.0/26")]
ALL = [address for network in NEAR for address in network]
networks = st.lists(
    st.sampled_from(ALL).flatmap(
        lambda address: st.integers(address.max_prefixlen - 6, address.max_prefixlen).map(
            lambda length: ip_network((address, length), strict=False)
        )
    ),
    max_size=6,
)


def naive(found):
    return {str(address) for network in found for address in network}


@given(networks)
def test_a_set_holds_counts_and_numbers_what_pythons_own_would(found):
    ours, theirs = AddressSet.of(found), naive(found)

    assert (set(ours), len(ours), bool(ours)) == (theirs, len(theirs), bool(theirs))
    assert ours.has_ipv6 == any(":" in address for address in theirs)
    assert [ours.at(index) for index in range(len(ours))] == sorted(theirs, key=number_of)
    assert all((str(address) in ours) == (str(address) in theirs) for address in ALL)
    assert all(before[1] + 1 < after[0] or after[0] == 1 << 32 for before, after in pairwise(ours.ranges))


@given(networks, networks)
def test_sets_are_joined_cut_and_met_as_pythons_own(one, other):
    ours, theirs = AddressSet.of(one), AddressSet.of(other)

    assert set(ours | theirs) == naive(one) | naive(other)
    assert set(ours - theirs) == naive(one) - naive(other)
    assert set(ours & theirs) == naive(one) & naive(other)


@pytest.mark.parametrize("index", [-1, 4])
def test_there_is_no_address_outside(index):
    with pytest.raises(IndexError):
        AddressSet.of([ip_network("10.0.0.0/30")]).at(index)


def test_a_set_may_be_larger_than_a_length():
    everything = AddressSet.of([ip_network("::/0"), ip_network("0.0.0.0/0")])

    assert everything.count == (1 << 128) + (1 << 32)
    assert everything.at(1 << 32) == "::"
    with pytest.raises(OverflowError):
        len(everything)


def test_a_mapped_address_is_the_ipv4_address_that_it_would_reach():
    assert number_of("::ffff:10.0.0.1") == number_of("10.0.0.1")
    assert "::ffff:a00:1" in AddressSet.of([ip_network("10.0.0.1")])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "camera",
        "10.0.0.1%eth0",
        "fe80::1%1",
        "10.0.0.01",
        "0x0a.0.0.1",
        "167772161",
        "10.1",
        " 10.0.0.1",
        "１0.0.0.1",
    ],
)
def test_only_a_plain_address_is_one(text):
    assert text not in AddressSet.of([ip_network("0.0.0.0/0"), ip_network("::/0")])
    with pytest.raises(ValueError):
        number_of(text)


@given(st.ip_addresses())
def test_an_address_comes_back_from_its_number(address):
    plain = getattr(address, "ipv4_mapped", None) or address

    assert ip_address(address_of(number_of(str(address)))) == plain
    assert number_of(str(address)) in AddressSet.of([ip_network(plain)])
