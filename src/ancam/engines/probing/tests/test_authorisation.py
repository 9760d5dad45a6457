"""Reading an authorisation: what it says, and what is no authorisation."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.probing.errors import DocumentRefused, DocumentUnreadable, FieldMissing, FieldRefused, FieldUnknown
from ancam.engines.probing.permission import strict_yaml
from ancam.engines.probing.permission.authorisation import OwnerAccount, read_authorisation
from ancam.engines.probing.permission.strict_yaml import read_strictly
from ancam.engines.probing.tests.authorisations import as_yaml, content


def test_it_reads_what_the_file_says():
    found = read_authorisation(as_yaml(content(valid__daily=["08:00-17:30", "22:00-05:00", "18:00-24:00"])))

    assert found.document.issued_on == date(2026, 11, 2)
    assert found.owner.systems == ("Camera bảo tàng",)
    assert found.valid_from == datetime(2026, 11, 19, 17, tzinfo=UTC)
    assert found.daily == ((time(8), time(17, 30)), (time(22), time(5)), (time(18), time(0)))
    assert [str(network) for network in found.deny] == ["10.77.64.9/32", "10.77.65.0/28"]
    assert found.modes == {"discovery", "readonly"}
    assert found.owner_account == OwnerAccount("kiemtra", "ANCAM_OWNER_PASSWORD")
    assert len(found.digest) == 64


def test_a_file_that_nobody_signs_may_leave_the_paper_out():
    lab = content(document=None, owner=None, assessor=None, credentials=None, limits=None, deny=None, valid__daily=None)

    found = read_authorisation(as_yaml(lab))

    assert (found.document.number, found.document.issued_on, found.owner_account, found.deny) == ("", None, None, ())


def test_fields_without_a_value_count_as_left_out():
    found = read_authorisation(as_yaml(content()).replace(b"deny:", b"#").replace(b"- 10.77.64.9", b"#", 1))
    blank = b"schema: ancam/authorization/1\nvalid: {from: 2026-11-20T00:00Z, to: 2026-11-21 00:00Z}\nallow: []\n"
    empty = read_authorisation(blank + b"checks: []\ndeny:\nlimits:\nowner: {unit: }\ndocument: {issued_on: ''}\n")

    assert len(found.allow) == 2  # the address that was denied has slipped into the list above: layout is meaning
    assert (empty.deny, empty.owner.unit, empty.limits.per_host_s) == ((), "", 15)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "không gồm các mục"),
        (b"- a\n- b\n", "không gồm các mục"),
        (b"a: [", "cú pháp"),
        (b"a: \x00", "ký tự mà YAML không nhận"),
        (b"a: \xff", "byte thứ 4"),
        (b"a: 1\nb: 2\na: 3\n", "dòng 3: mục a ghi hai lần"),
        (b"a: {b: 1, b: 2}", "mục b ghi hai lần"),
        (b"a: &x [1]\nb: *x\n", "dòng 1: không được dùng neo"),
        (b"a: *x\n", "bí danh"),
        (b"<<: {a: 1}\n", "hiểu nhiều cách"),
        (b"a: !!python/object/apply:os.system [id]\n", "thẻ kiểu"),
        (b"a: !x b\n", "thẻ kiểu"),
        (b"a: 1\n---\na: 2\n", "---"),
        (b"1: a\n", "tên mục phải là chữ"),
        (b"? [a]\n: b\n", "tên mục phải là chữ"),
        (b"a: " + b"[" * 9 + b"]" * 9, "lồng sâu"),
        (b"a: " + b"[" * 200_000, "lồng sâu"),
        (b"a: [" + b"1," * 100_001 + b"]", "nhiều hơn 100000 giá trị"),
        (b'a: "\xe2\x80\xae"', "U+202E"),
        (b'a: "x\\r\\ny"', "U+000D"),
        (b'a: "\\x1b[2J"', "U+001B"),
        (b"a: |\n  x\n  y\n", "U+000A"),
    ],
)
def test_what_two_programs_may_read_differently_is_refused(data, reason):
    with pytest.raises(DocumentUnreadable) as refusal:
        read_strictly(data, "tệp")

    assert reason in refusal.value.reason


@pytest.mark.parametrize(
    "scalar",
    ["yes", "No", "on", "TRUE", "1_000", "0x1F", "017", "0o17", "1.5", "1e3", "0912345678", "12:30", ".inf", "="],
)
def test_a_scalar_of_two_meanings_is_asked_to_be_quoted(scalar):
    with pytest.raises(DocumentUnreadable) as refusal:
        read_strictly(f"a: {scalar}".encode(), "tệp")

    assert "ngoặc kép" in refusal.value.reason
    assert read_strictly(f'a: "{scalar}"'.encode(), "tệp") == {"a": scalar}


def test_plain_scalars_are_text_numbers_truth_or_nothing():
    data = b"a: 10.77.64.0/22\nb: 0\nc: 65536\nd: true\ne: false\nf:\ng: 2026-11-20\nh: ~\ni: -\xc4\x90\n"

    assert read_strictly(data, "tệp") == {
        "a": "10.77.64.0/22",
        "b": 0,
        "c": 65536,
        "d": True,
        "e": False,
        "f": None,
        "g": "2026-11-20",
        "h": None,
        "i": "-Đ",
    }


def test_a_huge_number_is_refused_before_it_is_computed():
    with pytest.raises(DocumentUnreadable):
        read_strictly(b"a: " + b"9" * 100_000, "tệp")


def test_a_huge_file_is_refused_unread():
    with pytest.raises(DocumentUnreadable) as refusal:
        read_authorisation(b" " * 1_000_001)

    assert "1000000 byte" in str(refusal.value)


def test_the_slower_loader_reads_the_same(monkeypatch):
    import yaml

    monkeypatch.setattr(strict_yaml, "_Loader", yaml.SafeLoader)
    with pytest.raises(DocumentUnreadable):
        read_strictly(b'a: "\\ud800"', "tệp")

    assert read_strictly(as_yaml(content()), "tệp") == content()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"schema": "ancam/authorization/2"}, "schema"),
        ({"schema": 1}, "schema"),
        ({"document": "27/QĐ"}, "document"),
        ({"document__number": 27}, "document.number"),
        ({"document__number": "x" * 301}, "document.number"),
        ({"document__issued_on": "02/11/2026"}, "document.issued_on"),
        ({"document__issued_on": "2026-02-30"}, "document.issued_on"),
        ({"owner": ["a"]}, "owner"),
        ({"owner__systems": "Camera"}, "owner.systems"),
        ({"owner__systems": [["Camera"]]}, "owner.systems"),
        ({"valid__from": "2026-11-20T00:00"}, "valid.from"),
        ({"valid__from": "2026-11-20"}, "valid.from"),
        ({"valid__from": 20261120}, "valid.from"),
        ({"valid__from": "2026-13-20T00:00Z"}, "valid.from"),
        ({"valid__from": "0001-01-01T00:00+07:00"}, "valid.from"),
        ({"valid__to": "2026-11-20T00:00+07:00"}, "valid.to"),
        ({"valid__to": "2026-11-19T00:00+07:00"}, "valid.to"),
        ({"valid__daily": ["8:00-17:30"]}, "valid.daily"),
        ({"valid__daily": ["08:00-08:00"]}, "valid.daily"),
        ({"valid__daily": ["24:00-08:00"]}, "valid.daily"),
        ({"valid__daily": ["08:00-24:30"]}, "valid.daily"),
        ({"valid__daily": "08:00-17:30"}, "valid.daily"),
        ({"allow": "10.77.64.0/22"}, "allow"),
        ({"allow": [True]}, "allow"),
        ({"allow": ["camera.dongson.example"]}, "allow"),
        ({"allow": ["10.77.64.0-10.77.64.9"]}, "allow"),
        ({"allow": ["010.77.64.1"]}, "allow"),
        ({"allow": ["10.77.64"]}, "allow"),
        ({"allow": ["10.77.64.0/255.255.255.0"]}, "allow"),
        ({"allow": ["fe80::1%eth0"]}, "allow"),
        ({"allow": ["10.77.64.0/33"]}, "allow"),
        ({"deny": [167772161]}, "deny"),
        ({"checks": "readonly"}, "checks"),
        ({"checks": ["exploit"]}, "checks"),
        ({"checks": [1]}, "checks"),
        ({"credentials__owner__password_env": "ANCAM_SECRET_KEY"}, "credentials.owner.password_env"),
        ({"limits": [1]}, "limits"),
        ({"limits__per_host_connections": 0}, "limits.per_host_connections"),
        ({"limits__per_host_connections": "2"}, "limits.per_host_connections"),
        ({"limits__per_host_connections": True}, "limits.per_host_connections"),
        ({"limits__connections_per_s": 10**10}, "limits.connections_per_s"),
        ({"signatures": {"key": "a"}}, "signatures"),
        ({"signatures": ["a"]}, "signatures[1]"),
        ({"signatures": [{"key": "a", "by": "police", "value": "b"}]}, "signatures[1].by"),
        ({"signatures": [{"key": str(n)} for n in range(9)]}, "signatures"),
    ],
)
def test_a_field_that_holds_what_it_may_not_is_named(changes, field):
    with pytest.raises(FieldRefused) as refusal:
        read_authorisation(as_yaml(content(**changes)))

    assert refusal.value.field == field
    assert f"mục {field} " in str(refusal.value)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"schema": None}, "schema"),
        ({"valid": None}, "valid.from"),
        ({"valid__to": None}, "valid.to"),
        ({"allow": None}, "allow"),
        ({"checks": None}, "checks"),
        ({"credentials__owner__username": ""}, "credentials.owner.username"),
        ({"signatures": [{"key": "a", "by": "owner"}]}, "signatures[1].value"),
    ],
)
def test_a_field_that_must_be_there_is_asked_for(changes, field):
    with pytest.raises(FieldMissing) as refusal:
        read_authorisation(as_yaml(content(**changes)))

    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"denny": []}, "denny"), ({"limits__rate": 5}, "limits.rate"), ({"owner__x": ""}, "owner.x")],
)
def test_a_field_that_nothing_reads_is_refused(changes, field):
    with pytest.raises(FieldUnknown) as refusal:
        read_authorisation(as_yaml(content(**changes)))

    assert refusal.value.field == field


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("10.77.64.9/22", "dải 10.77.64.0/22, hoặc riêng địa chỉ 10.77.64.9"),
        ("fd77::9/64", "dải fd77::/64, hoặc riêng địa chỉ fd77::9"),
        ("::ffff:10.77.64.0/118", "10.77.64.0/22"),
        ("::ffff:10.77.64.1", "10.77.64.1/32"),
    ],
)
def test_a_range_is_refused_with_the_one_that_was_meant(said, meant):
    with pytest.raises(FieldRefused) as refusal:
        read_authorisation(as_yaml(content(allow=[said])))

    assert meant in refusal.value.accepted


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_whatever_the_bytes_it_is_an_authorisation_or_a_refusal(data):
    with pytest.raises(DocumentRefused):
        read_authorisation(data)
