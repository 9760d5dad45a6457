import io
import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from asn1crypto import pem
from asn1crypto import x509 as certificates
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from ancam.engines.signing.__main__ import main
from ancam.engines.signing.check import MOST_NAME, _named, check_copy
from ancam.engines.signing.errors import CopyUnfit, Fault, RootsUnfit
from ancam.engines.signing.model import Limits
from ancam.engines.signing.roots import roots_in
from ancam.engines.signing.tests.makers import (
    changed_afterwards,
    encrypted_pdf,
    plain_pdf,
    root_of,
    signed_pdf,
    signer_of,
    with_later_proof,
    written,
)

NOW = datetime.now(UTC)


def checked(data, *roots, **limits):
    return check_copy(
        data, roots=[certificates.Certificate.load(root) for root in roots], at=NOW, limits=Limits(**limits)
    )


def test_a_sound_signature_says_by_whom_and_when():
    (signature,) = checked(signed_pdf()).signatures

    assert signature.subject == "Lê Minh Khôi"
    assert signature.issuer == "Gốc thử"
    assert signature.serial == "1A2B3C"
    assert signature.valid_from < NOW < signature.valid_to
    assert signature.signed_at - NOW < timedelta(hours=1)
    assert not signature.is_stamped


def test_trust_is_said_only_against_roots():
    assert checked(signed_pdf()).signatures[0].trust == "unchecked"
    assert checked(signed_pdf(), root_of()).signatures[0].trust == "trusted"
    assert checked(signed_pdf(), root_of("Gốc khác")).signatures[0].trust == "untrusted"


def test_a_certificate_that_has_run_out_is_not_trusted():
    roots = [certificates.Certificate.load(root_of())]
    found = check_copy(signed_pdf(), roots=roots, at=NOW + timedelta(days=4000))

    assert found.signatures[0].trust == "untrusted"


def test_a_second_signature_leaves_the_first_sound():
    twice = signed_pdf(signed_pdf(), name="Văn thư", field="Sig2")

    assert [one.subject for one in checked(twice).signatures] == ["Lê Minh Khôi", "Văn thư"]


@pytest.mark.parametrize("make", [lambda: signed_pdf() + b"\r\n", lambda: with_later_proof(signed_pdf())])
def test_a_line_end_or_later_proof_behind_a_signature_changes_nothing(make):
    assert len(checked(make()).signatures) == 1


def test_a_certificates_names_hide_nothing_and_have_a_bound():
    long = certificates.Name.build({"organization_name": "b" * 2_000, "common_name": "Lê Khôi"})

    assert checked(signed_pdf(name="Lê\x00Khôi\u202e")).signatures[0].subject == "Lê\ufffdKhôi\ufffd"
    assert _named(long) == "Lê Khôi, " + "b" * (MOST_NAME - 9)


def test_a_scan_has_no_signature_and_is_sound():
    found = checked(plain_pdf("Bao cao", pages=2))

    assert (found.pages, found.signatures) == (2, ())
    assert "Bao cao" in found.text


def altered_byte():
    data = signed_pdf()
    return data.replace(b"so 07", b"so 08")


def other_page():
    """The page's content anew, as a program that rebuilds a damaged file's table would read it."""
    return b"\n7 0 obj\n<</Length 39>>\nstream\nBT /F1 12 Tf 20 200 Td (So 99) Tj ET   \nendstream\nendobj\n"


def behind_a_later_revision():
    """Bytes behind the second of two revisions, of which the first is signed."""
    return with_later_proof(signed_pdf()) + other_page()


def behind_the_signature_alone():
    """The same behind the signed revision, which ends in the same words as before."""
    data = signed_pdf()
    return data + other_page() + data[data.rindex(b"startxref") :]


def second_changed_text():
    return signed_pdf(changed_afterwards(signed_pdf()), field="Sig2")


def broken_signature():
    """Another signature's value in the place of this one's: the bytes are whole, but nobody's key signed them."""
    data = signed_pdf()
    begin = data.index(b"/Contents <") + len(b"/Contents <")
    used = data[begin : data.index(b">", begin)].rstrip(b"0")
    last = begin + len(used) - 6
    return data[:last] + (b"1" if data[last : last + 1] != b"1" else b"2") + data[last + 1 :]


def hidden_signature():
    """A signed file whose words were changed, and whose form no longer names the signature."""
    return altered_byte().replace(b"/AcroForm", b"/AcroForn")


def cleared_signature():
    """A signed file that a later revision cleared of its signature."""
    writer = IncrementalPdfFileWriter(io.BytesIO(changed_afterwards(signed_pdf())))
    del writer.root["/AcroForm"]
    writer.update_root()
    return written(writer)


def lost_table():
    return signed_pdf().replace(b"startxref", b"startxxxx")


def not_whole():
    data = signed_pdf()
    place = data.index(b"/ByteRange [")
    end = data.index(b"]", place)
    ranges = data[place + 12 : end].split()
    length = int(ranges[1])
    moved = b"/ByteRange [" + b" ".join([b"0", str(length - 10).encode(), *ranges[2:]])
    return data[:place] + moved.ljust(end - place) + data[end:]


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (altered_byte, Fault.ALTERED),
        (lambda: changed_afterwards(signed_pdf()), Fault.CHANGED_AFTER),
        (second_changed_text, Fault.CHANGED_AFTER),
        (lambda: signed_pdf() + other_page(), Fault.NOT_WHOLE),
        (behind_the_signature_alone, Fault.NOT_WHOLE),
        (behind_a_later_revision, Fault.NOT_WHOLE),
        (broken_signature, Fault.BROKEN),
        (hidden_signature, Fault.BROKEN),
        (cleared_signature, Fault.BROKEN),
        (lost_table, Fault.DAMAGED),
        (not_whole, Fault.NOT_WHOLE),
        (lambda: encrypted_pdf("mật"), Fault.ENCRYPTED),
        (lambda: encrypted_pdf(""), Fault.ENCRYPTED),
        (lambda: b"PK\x03\x04", Fault.NOT_A_PDF),
        (lambda: b"", Fault.NOT_A_PDF),
        (lambda: b"%PDF-1.7 and nothing else", Fault.DAMAGED),
    ],
)
def test_what_is_not_sound_is_refused(make, fault):
    with pytest.raises(CopyUnfit) as unfit:
        checked(make())

    assert unfit.value.fault == fault


@pytest.mark.parametrize(
    ("limits", "fault"),
    [
        ({"max_pages": 1}, Fault.TOO_LONG),
        ({"max_characters": 5}, Fault.TOO_LONG),
        ({"max_objects": 3}, Fault.TOO_MANY_OBJECTS),
        ({"max_signatures": 0}, Fault.TOO_MANY_SIGNATURES),
    ],
)
def test_a_file_past_a_bound_is_refused(limits, fault):
    with pytest.raises(CopyUnfit) as unfit:
        checked(signed_pdf(plain_pdf(pages=2)), **limits)

    assert unfit.value.fault == fault


def test_a_root_in_either_form_is_read(tmp_path):
    (tmp_path / "goc.crt").write_bytes(pem.armor("CERTIFICATE", root_of()))
    (tmp_path / "doc.txt").write_text("không phải chứng thư")

    assert roots_in("") == []
    assert check_copy(signed_pdf(), roots=roots_in(str(tmp_path)), at=NOW).signatures[0].trust == "trusted"


@pytest.mark.parametrize(
    "broken",
    [b"", b"no certificate", b"\x30\x03abc", pem.armor("CERTIFICATE", b"\x30\x03abc"), b"-----BEGIN CERTIFICATE-----"],
)
def test_a_root_that_is_no_certificate_is_named(tmp_path, broken):
    (tmp_path / "goc.crt").write_bytes(root_of())
    (tmp_path / "hong.pem").write_bytes(broken)

    with pytest.raises(RootsUnfit) as unfit:
        roots_in(str(tmp_path))

    assert unfit.value.file == str(tmp_path / "hong.pem")


def run(data, folder=""):
    command = [sys.executable, "-m", "ancam.engines.signing", str(folder), NOW.isoformat()]
    done = subprocess.run(command, input=data, capture_output=True, check=True)  # noqa: S603 - our own words
    return json.loads(done.stdout)


def test_a_process_of_its_own_answers_in_json(tmp_path):
    (tmp_path / "goc.der").write_bytes(root_of())

    sound = run(signed_pdf(), tmp_path)

    assert sound["signatures"][0]["trust"] == "trusted"
    assert run(b"nothing") == {"fault": "not_a_pdf"}


def test_a_broken_root_is_no_answer_about_the_file(tmp_path):
    (tmp_path / "hong.der").write_bytes(b"no certificate")

    with pytest.raises(subprocess.CalledProcessError) as ended:
        run(signed_pdf(), tmp_path)

    assert ended.value.returncode > 0
    assert b"hong.der" in ended.value.stderr


def test_what_a_library_stumbles_over_is_called_damaged():
    assert run(signed_pdf().replace(b"/ByteRange [", b"/ByteRange [1..2 ")) == {"fault": "damaged"}


def test_makers_make_two_people():
    assert signer_of("Một") is not signer_of("Hai")
    assert callable(main)
