"""Where an assessment may go: never outside what is listed, never to what is denied or always denied."""

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.errors import OutOfScope
from ancam.engines.probing.permission.addresses import AddressSet, address_of
from ancam.engines.probing.permission.scope import ALWAYS_DENIED, PUBLIC, REASONS, Scope, always_denied_in, is_public

EVERYTHING = [ip_network("0.0.0.0/0"), ip_network("::/0")]
# Everything is listed and enrolled: only what is always denied is left out.
WIDE_OPEN = Scope.of(EVERYTHING, [], EVERYTHING)


def scope(*allow, deny=(), enrolled=()):
    return Scope.of(*([ip_network(text) for text in texts] for texts in (allow, deny, enrolled)))


@pytest.mark.parametrize(("kind", "text"), ALWAYS_DENIED)
def test_what_is_always_denied_is_refused_whatever_is_listed(kind, text):
    network = ip_network(text)
    ends = network[0], network[-1]
    inner = [end.ipv4_mapped or end for end in ends] if network.version == 6 else ends

    assert not [end for end in inner if text != "::ffff:0:0/96" and WIDE_OPEN.refusal(str(end)) is None]
    assert not AddressSet.of([network]) & WIDE_OPEN.allowed
    assert always_denied_in(network) in REASONS
    assert kind in REASONS


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("169.254.169.254", "metadata"),
        ("fd00:ec2::254", "metadata"),
        ("100.100.100.200", "metadata"),
        ("168.63.129.16", "metadata"),
        ("192.0.0.192", "metadata"),
        ("169.254.1.1", "link-local"),
        ("fe80::1", "link-local"),
        ("fec0::1", "site-local"),
        ("224.0.0.251", "multicast"),
        ("239.255.255.250", "multicast"),
        ("ff02::c", "multicast"),
        ("255.255.255.255", "broadcast"),
        ("0.0.0.0", "unspecified"),  # noqa: S104 - refused, not bound
        ("0.1.2.3", "unspecified"),
        ("::", "unspecified"),
        ("192.0.2.1", "documentation"),
        ("198.51.100.1", "documentation"),
        ("203.0.113.1", "documentation"),
        ("2001:db8::1", "documentation"),
        ("198.18.0.1", "benchmarking"),
        ("198.19.255.255", "benchmarking"),
        ("240.0.0.1", "reserved"),
        ("192.0.0.1", "reserved"),
        ("4000::1", "reserved"),
        ("::a4d:4001", "reserved"),  # 10.77.64.1 spelt at the end of an address
        ("2002:a4d:4001::1", "hidden-ipv4"),
        ("2001:0:a4d:4001::1", "hidden-ipv4"),
        ("64:ff9b::a4d:4001", "hidden-ipv4"),
        ("64:ff9b::a9fe:a9fe", "hidden-ipv4"),
        ("::ffff:169.254.169.254", "metadata"),
        ("::ffff:0.0.0.0", "unspecified"),
    ],
)
def test_each_kind_is_refused_with_its_reason(address, reason):
    assert WIDE_OPEN.refusal(address) == reason
    assert address not in WIDE_OPEN.allowed


def test_a_mapped_address_is_judged_as_the_ipv4_address_that_it_reaches():
    one = scope("10.77.64.0/22", deny=["10.77.64.9"])

    assert one.refusal("::ffff:10.77.64.1") is None
    assert one.refusal("::ffff:10.77.64.9") == "denied"
    assert one.refusal("::ffff:10.77.68.1") == "not-listed"


def test_loopback_is_reached_only_where_it_is_listed():
    assert scope("10.77.64.0/22").refusal("127.0.0.1") == "not-listed"
    assert scope("127.77.0.0/22").refusal("127.77.0.1") is None
    assert scope("127.77.0.0/22").refusal("127.0.0.1") == "not-listed"
    assert scope("::1").refusal("::1") is None


def test_ipv6_is_reached_only_where_it_is_listed():
    assert scope("10.77.64.0/22").refusal("fd77::1") == "not-listed"
    assert scope("fd77::/120").refusal("fd77::1") is None


def test_public_addresses_are_reached_only_where_they_are_enrolled():
    one = scope("113.160.10.0/24", "10.0.0.1", enrolled=["113.160.10.0/28"])

    assert one.refusal("113.160.10.1") is None
    assert one.refusal("113.160.10.16") == "public-not-enrolled"
    assert one.refusal("113.160.11.1") == "not-listed"
    assert one.refusal("10.0.0.1") is None


def test_enrolment_permits_nothing_by_itself():
    assert scope("10.0.0.1", enrolled=["113.160.10.0/28"]).refusal("113.160.10.1") == "not-listed"


@pytest.mark.parametrize(
    "text", ["", "camera.dongson.example", "fe80::1%eth0", "10.77.64.01", "10.77.64.1:80", "[::1]", "0"]
)
def test_what_is_no_plain_address_is_refused(text):
    assert WIDE_OPEN.refusal(text) == "not-an-address"
    assert is_public(text)


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("113.160.10.1", True),
        ("8.8.8.8", True),
        ("2402:800::1", True),
        ("10.0.0.1", False),
        ("172.31.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("fd77::1", False),
        ("127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("::ffff:10.0.0.1", False),
    ],
)
def test_public_is_what_belongs_to_the_internet(address, answer):
    assert is_public(address) is answer


# Properties: addresses near each other, with what is always denied among them

CORNERS = [*(ip_network(text) for _, text in ALWAYS_DENIED), ip_network("127.0.0.0/8"), ip_network("10.77.64.0/22")]
addresses = (
    st.sampled_from(CORNERS).flatmap(lambda network: st.ip_addresses(network=network))
    | st.sampled_from(CORNERS).map(lambda network: network[0] - 1 if int(network[0]) else network[-1] + 1)
    | st.ip_addresses()
)
lists = st.lists(
    addresses.flatmap(
        lambda address: st.integers(0, address.max_prefixlen).map(
            lambda bits: ip_network((address, bits), strict=False)
        )
    ),
    max_size=5,
)


def plain(address):
    return getattr(address, "ipv4_mapped", None) or address


@given(lists, lists, lists, addresses)
def test_no_address_outside_allow_inside_deny_or_always_denied_is_ever_permitted(allow, deny, enrolled, address):
    one = Scope.of(allow, deny, enrolled)
    meant = plain(address)
    is_permitted = one.refusal(str(address)) is None

    assert is_permitted == (str(address) in one.allowed)
    if is_permitted:
        assert any(meant in network for network in allow)
        assert not any(meant in network for network in deny)
        assert not any(meant in ip_network(text) for _, text in ALWAYS_DENIED)
        assert not (meant.is_multicast or meant.is_link_local or meant.is_unspecified)
        assert not is_public(str(meant)) or any(meant in network for network in enrolled)
    else:
        assert one.refusal(str(address)) in REASONS


@given(lists, lists, st.integers(0, 1 << 130))
def test_every_address_that_is_drawn_is_permitted(allow, deny, number):
    one = Scope.of(allow, deny, EVERYTHING)

    if one.allowed:
        assert one.refusal(one.allowed.at(number % one.allowed.count)) is None


@given(
    lists, lists, st.lists(addresses.map(str) | lists.map(lambda found: str(found[0]) if found else "x"), max_size=3)
)
def test_whatever_is_admitted_is_permitted(allow, deny, targets):
    one = Scope.of(allow, deny, EVERYTHING)

    try:
        admitted = one.admit(targets)
    except OutOfScope as refusal:
        assert refusal.target in targets
    else:
        assert not admitted - one.allowed


def test_python_and_we_agree_on_what_is_public():
    """Python's own table may call more ranges special; it never calls public what we treat as private."""
    for first, last in PUBLIC.ranges:
        assert ip_address(address_of(first)).is_global or ip_address(address_of(last)).is_global


# Targets


def test_targets_are_addresses_networks_and_ranges():
    one = scope("10.77.64.0/22", "fd77::/120", deny=["10.77.64.9"])

    assert list(one.admit(["10.77.64.1", "10.77.64.8/31", " 10.77.65.1-10.77.65.3 ", "fd77::1", "10.77.64.1"])) == [
        "10.77.64.1",
        "10.77.64.8",
        "10.77.65.1",
        "10.77.65.2",
        "10.77.65.3",
        "fd77::1",
    ]
    assert not one.admit([])


@pytest.mark.parametrize(
    ("target", "address", "words"),
    [
        ("10.77.68.1", "10.77.68.1", "không nằm trong mục allow"),
        ("10.77.64.9", "10.77.64.9", "nằm trong mục deny"),
        ("10.77.64.9/32", "10.77.64.9", "nằm trong mục deny"),
        ("10.77.0.0/16", "10.77.0.0", "không nằm trong mục allow"),
        ("10.77.67.250-10.77.68.2", "10.77.68.0", "không nằm trong mục allow"),
        ("169.254.169.254", "169.254.169.254", "siêu dữ liệu"),
        ("fd77::1", "fd77::1", "không nằm trong mục allow"),
        ("0.0.0.0/0", "0.0.0.0", "luôn cấm"),  # noqa: S104 - refused, not bound
        ("10.77.65.0/28", "10.77.65.0", "nằm trong mục deny"),
        ("camera.dongson.example", "camera.dongson.example", "không tra tên máy"),
        ("10.77.64.9/22", "10.77.64.9/22", "dải 10.77.64.0/22"),
        ("10.77.64.5-10.77.64.1", "10.77.64.5-10.77.64.1", "lớn hơn"),
        ("10.77.64.1-5", "10.77.64.1-5", "không tra tên máy"),
        ("", "", "không tra tên máy"),
    ],
)
def test_the_first_target_that_is_not_permitted_is_named(target, address, words):
    one = scope("10.77.64.0/22", deny=["10.77.64.9", "10.77.65.0/28"])

    with pytest.raises(OutOfScope) as refusal:
        one.admit(["10.77.64.1", target])

    assert (refusal.value.target, refusal.value.address) == (target, address)
    assert words in str(refusal.value)
