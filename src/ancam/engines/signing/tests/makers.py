"""Small .pdf files, signed with certificates made here."""

import io
from datetime import UTC, datetime, timedelta
from functools import cache

import pypdfium2
from asn1crypto import keys
from asn1crypto import x509 as certificates
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko_certvalidator.registry import SimpleCertificateStore

SIGNER, AUTHORITY = "Lê Minh Khôi", "Gốc thử"
_DER = serialization.Encoding.DER


def plain_pdf(text: str = "Bao cao so 07", pages: int = 1) -> bytes:
    """Return a .pdf that says `text` on each page, in letters that every program has."""
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(300, 300)
    buffer = io.BytesIO()
    document.save(buffer)
    writer = IncrementalPdfFileWriter(io.BytesIO(buffer.getvalue()))
    font = generic.DictionaryObject(
        {name: generic.NameObject(value) for name, value in (("/Type", "/Font"), ("/Subtype", "/Type1"))}
    )
    font[generic.NameObject("/BaseFont")] = generic.NameObject("/Helvetica")
    resources = generic.DictionaryObject({generic.NameObject("/Font"): generic.DictionaryObject()})
    resources["/Font"][generic.NameObject("/F1")] = writer.add_object(font)
    for reference in writer.root["/Pages"]["/Kids"]:
        kid = reference.get_object()
        content = f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode()
        kid["/Contents"] = writer.add_object(generic.StreamObject(stream_data=content))
        kid["/Resources"] = resources
        writer.update_container(kid)
    return written(writer)


@cache
def _authority(name: str) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    key = ec.generate_private_key(ec.SECP256R1())
    usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
    built = _begun(name, name, key, days=7300).add_extension(usage, critical=True)
    built = built.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    return built.sign(key, hashes.SHA256()), key


@cache
def signer_of(name: str = SIGNER) -> signers.SimpleSigner:
    """Return someone who signs with a certificate of the authority `AUTHORITY`, good for a year."""
    key, (above, above_key) = ec.generate_private_key(ec.SECP256R1()), _authority(AUTHORITY)
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    own = _begun(name, AUTHORITY, key, days=365).add_extension(usage, critical=True).sign(above_key, hashes.SHA256())
    pkcs8 = serialization.PrivateFormat.PKCS8
    secret = keys.PrivateKeyInfo.load(key.private_bytes(_DER, pkcs8, serialization.NoEncryption()))
    certificate, root = (certificates.Certificate.load(one.public_bytes(_DER)) for one in (own, above))
    known = SimpleCertificateStore.from_certs([certificate, root])
    return signers.SimpleSigner(signing_cert=certificate, signing_key=secret, cert_registry=known)


def root_of(authority: str = "") -> bytes:
    """Return the certificate of an authority, of the one that signers have unless it says."""
    der: bytes = _authority(authority or AUTHORITY)[0].public_bytes(_DER)
    return der


def _begun(name: str, issuer: str, key: ec.EllipticCurvePrivateKey, *, days: int) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    called, above = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in (name, issuer))
    return (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(above)
        .public_key(key.public_key())
        .serial_number(0x1A2B3C)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
    )


def signed_pdf(data: bytes | None = None, *, name: str = SIGNER, field: str = "Sig1") -> bytes:
    """Return the .pdf with one more signature."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data or plain_pdf()))
    how = signers.PdfSignatureMetadata(field_name=field, subfilter=fields.SigSeedSubFilter.PADES)
    return bytes(signers.sign_pdf(writer, how, signer=signer_of(name)).getvalue())


def changed_afterwards(signed: bytes, text: str = "Bao cao so 08") -> bytes:
    """Return the signed .pdf with other words on its first page, as an incremental update that breaks no signature."""
    writer = IncrementalPdfFileWriter(io.BytesIO(signed))
    page = writer.root["/Pages"]["/Kids"][0]
    content = f"BT /F1 12 Tf 20 200 Td ({text}) Tj ET".encode()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=content))
    writer.update_container(page)
    return written(writer)


def with_later_proof(signed: bytes) -> bytes:
    """Return the signed .pdf with certificates added for the long term, as an incremental update that is allowed."""
    buffer = io.BytesIO(signed)
    DocumentSecurityStore.add_dss(buffer, None, certs=[certificates.Certificate.load(root_of())])
    return buffer.getvalue()


def encrypted_pdf(password: str) -> bytes:
    """Return a .pdf that opens with this password."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(plain_pdf())))
    writer.encrypt(owner_pass="owner", user_pass=password)
    return written(writer)


def written(writer: object) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()
