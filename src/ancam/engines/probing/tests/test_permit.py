"""Asking for a permit: what a signed authorisation gives, and each way in which one is refused."""

import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.errors import (
    Expired,
    FieldMissing,
    FieldRefused,
    KeyOfOtherSide,
    KeyOfOtherUnit,
    KeyRevoked,
    KeyUnknown,
    NothingAllowed,
    NotYetValid,
    OutsideHours,
    ProbingRefused,
    RangeAlwaysDenied,
    SamePerson,
    SignatureBroken,
    SignatureMissing,
    TooLongValid,
    TooManyAddresses,
    TooManySignatures,
    TrustMissing,
    UnsignedRefused,
)
from ancam.engines.probing.permission.authorisation import read_authorisation, signed_bytes
from ancam.engines.probing.permission.ceilings import Limits
from ancam.engines.probing.permission.guard import require_signable
from ancam.engines.probing.permission.strict_yaml import read_strictly
from ancam.engines.probing.permission.surroundings import Interface
from ancam.engines.probing.permission.trust import Trust
from ancam.engines.probing.tests.authorisations import (
    ASSESSOR,
    LABORATORY,
    NOON,
    OWNER,
    TRUST,
    as_yaml,
    content,
    permitted,
    signed,
    signer,
)


def test_what_both_sides_signed_is_permitted_within_its_scope():
    permit = permitted(signed(content()))

    assert permit.scope.allowed.count == 1024 - 1 - 16
    assert (permit.scope.refusal("10.77.64.10"), permit.scope.refusal("10.77.64.9")) == (None, "denied")
    assert permit.keys == (OWNER.enrolled, ASSESSOR.enrolled)
    assert not permit.is_unsigned


def test_the_order_of_keys_and_the_layout_of_the_file_do_not_matter_to_the_signatures():
    data = yaml.safe_load(signed(content()))

    again = yaml.safe_dump(data, default_flow_style=True, sort_keys=True, allow_unicode=False).encode()

    assert permitted(again).authorisation.digest == permitted(signed(content())).authorisation.digest


def test_dates_are_signed_as_they_stand_in_the_file_quoted_or_not():
    quoted = b'{"schema": "x", "day": "2026-11-20T00:00+07:00", "n": 5, "signatures": [1]}'
    plain = b"n: 5\nday: 2026-11-20T00:00+07:00\nschema: x\n"

    assert signed_bytes(read_strictly(plain, "")) == signed_bytes(read_strictly(quoted, ""))
    assert signed_bytes(read_strictly(plain, "")) == b'{"day":"2026-11-20T00:00+07:00","n":5,"schema":"x"}'


def every_place(values, path=()):
    """Yield the path of every scalar."""
    pairs = values.items() if isinstance(values, dict) else enumerate(values)
    for name, value in pairs:
        if isinstance(value, dict | list):
            yield from every_place(value, (*path, name))
        else:
            yield (*path, name)


PLACES = list(every_place(content()))


@given(st.sampled_from(PLACES), st.data())
def test_any_change_of_any_value_breaks_the_signatures(place, data):
    values = yaml.safe_load(signed(content()))
    altered = copy.deepcopy(values)
    holder = altered
    for name in place[:-1]:
        holder = holder[name]
    before = holder[place[-1]]
    new = st.integers(1, 10**6) if isinstance(before, int) else st.text(st.characters(codec="utf-8"), max_size=30)
    holder[place[-1]] = data.draw(new.filter(lambda value: value != before))

    with pytest.raises(ProbingRefused):
        permitted(as_yaml(altered))


@pytest.mark.parametrize("place", PLACES, ids=lambda place: ".".join(map(str, place)))
def test_a_field_that_is_taken_out_breaks_the_signatures(place):
    altered = yaml.safe_load(signed(content()))
    holder = altered
    for name in place[:-1]:
        holder = holder[name]
    del holder[place[-1]]

    with pytest.raises(ProbingRefused):
        permitted(as_yaml(altered))


@given(st.integers(0, 63), st.integers(1, 255), st.sampled_from([0, 1]))
def test_any_changed_byte_of_a_signature_breaks_it(position, change, which):
    import base64

    values = yaml.safe_load(signed(content()))
    value = bytearray(base64.b64decode(values["signatures"][which]["value"]))
    value[position] ^= change
    values["signatures"][which]["value"] = base64.b64encode(value).decode()

    with pytest.raises(SignatureBroken):
        permitted(as_yaml(values))


@pytest.mark.parametrize("value", ["kh\u00f4ng", "AAAA", "=", "A" * 88])
def test_what_is_no_signature_is_refused(value):
    values = yaml.safe_load(signed(content()))
    values["signatures"][0]["value"] = value

    with pytest.raises(SignatureBroken):
        permitted(as_yaml(values))


def test_a_second_spelling_of_a_signature_is_refused():
    values = yaml.safe_load(signed(content()))
    value = values["signatures"][0]["value"]
    # The last two bits of the letter before the padding say nothing: another letter would decode to the same bytes.
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    values["signatures"][0]["value"] = value[:-3] + letters[letters.index(value[-3]) + 1] + "=="

    with pytest.raises(SignatureBroken):
        permitted(as_yaml(values))


@pytest.mark.parametrize(("one", "side"), [(OWNER, "bên kiểm tra"), (ASSESSOR, "bên chủ quản")])
def test_one_signature_is_not_enough(one, side):
    with pytest.raises(SignatureMissing) as refusal:
        permitted(signed(content(), one))

    assert refusal.value.side == side


def test_without_signatures_nothing_is_permitted():
    with pytest.raises(SignatureMissing):
        permitted(as_yaml(content()))


def test_without_a_trust_file_nothing_signed_is_permitted():
    with pytest.raises(TrustMissing):
        permitted(signed(content()), trust=None)


def test_a_key_that_nobody_enrolled_counts_for_nothing():
    stranger = signer(9, "Người Lạ", "owner")

    with pytest.raises(KeyUnknown):
        permitted(signed(content(), stranger, ASSESSOR))


def test_a_key_enrolled_after_it_signed_counts():
    data = signed(content())
    late = replace(OWNER.enrolled, enrolled_at=NOON)

    assert permitted(data, trust=Trust(keys=(late, ASSESSOR.enrolled)))


def test_a_revoked_key_counts_no_longer_even_for_what_it_signed_before():
    revoked = TRUST.without_key(OWNER.enrolled.id, at=NOON, by="Trần Thị Quản Trị")

    with pytest.raises(KeyRevoked) as refusal:
        permitted(signed(content()), trust=revoked)

    assert "12:00 ngày 23/11/2026" in str(refusal.value)


def test_a_key_cannot_sign_for_the_other_side():
    values = yaml.safe_load(signed(content()))
    values["signatures"][0]["by"], values["signatures"][1]["by"] = "assessor", "owner"

    with pytest.raises(KeyOfOtherSide):
        permitted(as_yaml(values))


def test_a_unit_cannot_sign_for_the_network_of_another():
    elsewhere = signer(3, "Lương Thị Mai", "owner", "Sở Y tế tỉnh Đông Sơn")

    with pytest.raises(KeyOfOtherUnit) as refusal:
        permitted(signed(content(), elsewhere, ASSESSOR), trust=Trust(keys=(elsewhere.enrolled, ASSESSOR.enrolled)))

    assert "owner.unit" in str(refusal.value)


def test_the_same_key_twice_is_one_signature():
    with pytest.raises(FieldRefused) as refusal:
        permitted(signed(content(), OWNER, OWNER))

    assert refusal.value.field == "signatures"


def test_one_side_signs_once():
    second = signer(4, "Đỗ Văn Tư", "owner")

    with pytest.raises(TooManySignatures):
        permitted(
            signed(content(), OWNER, second, ASSESSOR),
            trust=Trust(keys=(OWNER.enrolled, second.enrolled, ASSESSOR.enrolled)),
        )


@pytest.mark.parametrize("name", ["Lương Thị Mai", "LUONG THI MAI", " lương  thị mai "])
def test_one_person_with_two_keys_does_not_stand_for_both_sides(name):
    both = signer(5, name, "assessor")

    with pytest.raises(SamePerson):
        permitted(signed(content(), OWNER, both), trust=Trust(keys=(OWNER.enrolled, both.enrolled)))


@pytest.mark.parametrize("field", ["document__number", "document__signer", "owner__unit", "assessor__contact"])
def test_what_is_signed_must_be_filled_in(field):
    with pytest.raises(FieldMissing) as refusal:
        permitted(signed(content(**{field: " "})))

    assert refusal.value.field == field.replace("__", ".")


@pytest.mark.parametrize(
    ("now", "refusal"),
    [
        (datetime(2026, 11, 19, 16, 59, 59, tzinfo=UTC), NotYetValid),
        (datetime(2026, 12, 19, 17, 0, tzinfo=UTC), Expired),
        (datetime(2026, 11, 23, 0, 59, tzinfo=UTC), OutsideHours),
        (datetime(2026, 11, 23, 10, 30, tzinfo=UTC), OutsideHours),
    ],
)
def test_it_holds_within_its_days_and_hours_only(now, refusal):
    with pytest.raises(refusal):
        permitted(signed(content()), now=now)


def test_days_and_hours_hold_without_signatures_too():
    lab = content(allow=["127.77.0.0/22"], valid__to="2026-11-21T00:00+07:00")

    with pytest.raises(Expired):
        permitted(as_yaml(lab), unsigned=True)


def test_thirty_one_days_are_the_most():
    ends = datetime.fromisoformat("2026-12-21T00:00+07:00")

    assert permitted(signed(content(valid__to=ends.isoformat())))
    with pytest.raises(TooLongValid) as refusal:
        permitted(signed(content(valid__to=(ends + timedelta(seconds=1)).isoformat())))

    assert (refusal.value.days, refusal.value.most) == (32, 31)


def test_65536_addresses_are_the_most_of_either_kind():
    assert permitted(signed(content(allow=["10.77.0.0/16"]))).scope.allowed.count == 65_536 - 17
    assert permitted(signed(content(allow=["fd77::/112"]))).scope.allowed.count == 65_536
    for allow in (["10.77.0.0/16", "10.78.0.1"], ["10.77.0.0/16", "fd77::1"], ["fd77::/111"], ["::/0"], ["0.0.0.0/0"]):
        with pytest.raises(TooManyAddresses):
            permitted(signed(content(allow=allow)))


def test_an_address_listed_twice_is_counted_once():
    assert permitted(signed(content(allow=["10.77.0.0/16", "10.77.3.0/24", "10.77.0.0/17"])))


@pytest.mark.parametrize(
    ("limit", "value", "ceiling"),
    [("per_host_connections", 5, 4), ("per_host_per_s", 41, 40), ("connections_per_s", 5_001, 5_000)],
)
def test_no_file_raises_a_ceiling(limit, value, ceiling):
    permit = permitted(signed(content(limits={limit: value})))

    assert getattr(permit.limits, limit) == ceiling


def test_limits_that_are_not_named_are_the_usual_ones_and_lower_ones_hold():
    permit = permitted(signed(content(limits={"connections_per_s": 20})))

    assert permit.limits == Limits(20, 2, 10, 1_000_000, 15)
    assert permitted(signed(content(limits=None))).limits == Limits(500, 2, 10, 1_000_000, 15)


def test_an_empty_list_permits_nothing():
    with pytest.raises(NothingAllowed):
        permitted(signed(content(allow=[])))
    with pytest.raises(NothingAllowed):
        permitted(as_yaml(content(allow=[])), unsigned=True)


def test_public_addresses_are_permitted_inside_the_prefixes_of_the_owners_unit_alone():
    from ipaddress import ip_network

    from ancam.engines.probing.permission.trust import PublicPrefix

    def trust(unit):
        held = PublicPrefix(unit, ip_network("113.160.10.0/24"), NOON, "Trần Thị Quản Trị")
        return TRUST.with_prefix(held)

    data = signed(content(allow=["113.160.10.0/28", "113.160.11.1"]))

    ours = permitted(data, trust=trust("Sở Văn hóa tỉnh Đông Sơn"))
    assert ours.scope.allowed.count == 16
    assert ours.scope.refusal("113.160.11.1") == "public-not-enrolled"
    with pytest.raises(NothingAllowed):
        permitted(data, trust=trust("Sở Y tế tỉnh Đông Sơn"))
    with pytest.raises(NothingAllowed):
        permitted(data)


# Without signatures


def test_on_loopback_no_signature_is_asked_for():
    lab = content(allow=["127.77.0.0/22", "::1"], deny=["127.77.0.9"], limits={"connections_per_s": 90_000})

    permit = permitted(as_yaml(lab), unsigned=True, trust=None)

    assert permit.is_unsigned and permit.keys == ()
    assert permit.scope.refusal("127.77.0.9") == "denied"
    assert permit.scope.refusal("127.0.0.1") == "not-listed"
    assert permit.limits.connections_per_s == 90_000


def test_one_address_that_is_not_loopback_needs_signatures():
    with pytest.raises(UnsignedRefused) as refusal:
        permitted(as_yaml(content(allow=["127.77.0.0/22", "10.77.64.1"])), unsigned=True)

    assert "không gian mạng chính" in str(refusal.value)


def test_signed_by_both_it_is_still_not_unsigned():
    with pytest.raises(UnsignedRefused):
        permitted(signed(content()), unsigned=True)


def test_signed_work_does_not_become_unsigned_on_loopback_by_itself():
    with pytest.raises(SignatureMissing):
        permitted(as_yaml(content(allow=["127.77.0.0/22"])))


def test_in_a_laboratorys_namespace_days_addresses_and_rates_have_no_ceiling_but_scope_holds():
    lab = content(
        allow=["10.76.0.0/14", "169.254.0.0/16"],
        valid={"from": "2026-01-01T00:00Z", "to": "2030-01-01T00:00Z"},
        limits={"connections_per_s": 50_000, "per_host_per_s": 1_000, "per_host_connections": 9},
    )

    permit = permitted(as_yaml(lab), unsigned=True, surroundings=LABORATORY)

    assert permit.scope.allowed.count == (1 << 18) - 17
    assert permit.limits == Limits(50_000, 4, 1_000, 1_000_000, 15)
    assert permit.scope.refusal("169.254.1.1") == "link-local"
    assert permit.scope.refusal("10.77.64.9") == "denied"


@pytest.mark.parametrize(
    ("surroundings", "word"),
    [
        (replace(LABORATORY, is_first_namespace=True), "không gian mạng chính"),
        (replace(LABORATORY, has_default_route=True), "đường ra mặc định"),
        (replace(LABORATORY, interfaces=(Interface("lo", ""), Interface("eth0", ""))), "không phải loại veth"),
        (replace(LABORATORY, interfaces=(Interface("w", "veth"), Interface("v", "veth"))), "2 giao diện: w, v"),
    ],
)
def test_where_devices_could_be_reached_signatures_are_asked_for(surroundings, word):
    with pytest.raises(UnsignedRefused) as refusal:
        permitted(as_yaml(content()), unsigned=True, surroundings=surroundings)

    assert word in str(refusal.value)


def test_a_namespace_with_nothing_but_loopback_is_a_laboratory():
    alone = replace(LABORATORY, interfaces=(Interface("lo", ""),))

    assert permitted(as_yaml(content()), unsigned=True, surroundings=alone)


def test_idle_tunnels_that_a_kernel_puts_everywhere_do_not_count():
    idle = (Interface("tunl0", "ipip", is_up=False), Interface("sit0", "sit", is_up=False))

    assert replace(LABORATORY, interfaces=LABORATORY.interfaces + idle).reaches_out() is None


# Before anybody signs


def test_what_can_be_permitted_can_be_signed():
    require_signable(read_authorisation(as_yaml(content())), NOON)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"document__number": ""}, FieldMissing),
        ({"document__issued_on": None}, FieldMissing),
        ({"valid__to": "2026-12-22T00:00+07:00"}, TooLongValid),
        ({"allow": ["10.0.0.0/15"]}, TooManyAddresses),
        ({"allow": ["10.77.64.0/22", "224.0.0.0/24"]}, RangeAlwaysDenied),
        ({"allow": ["100.100.0.0/16"]}, RangeAlwaysDenied),
        ({"allow": []}, NothingAllowed),
        ({"valid__to": "2026-11-23T12:00+07:00"}, Expired),
    ],
)
def test_what_could_never_be_permitted_is_not_signed(changes, refusal):
    with pytest.raises(refusal):
        require_signable(read_authorisation(as_yaml(content(**changes))), NOON)


def test_every_refusal_tells_its_ground_and_what_to_do():
    with pytest.raises(TooManyAddresses) as refusal:
        permitted(signed(content(allow=["10.0.0.0/8"])))

    assert str(refusal.value) == (
        "Phạm vi cho phép gồm 16.777.216 địa chỉ, quá 65.536 địa chỉ"
        " (mục allow; giới hạn của phần mềm, không tệp nào nới được)."
        " Đề nghị thu hẹp phạm vi hoặc chia thành nhiều văn bản cho phép."
    )
