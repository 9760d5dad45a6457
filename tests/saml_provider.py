"""A small SAML provider of a test: it signs what the test told it to say of whoever comes."""

import base64
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils

ISSUER = "https://dang-nhap.dongson.example/saml"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
PASSES = "urn:oasis:names:tc:SAML:2.0:cm:bearer"


class SamlProvider:
    """Signs assertions with a key of its own; `facts` are what it says of whoever comes."""

    def __init__(self, address: str = ISSUER, **facts: Any) -> None:
        self.address = address
        self.facts = {
            "subject": "can-bo-7",
            "email": "",
            "format": PERSISTENT,
            "issuer": ISSUER,
            "signs": True,
            **facts,
        }
        self.key, self.certificate = _key_and_certificate()

    def metadata(self) -> str:
        """Return what AnCam's operator is given."""
        plain = "".join(self.certificate.splitlines()[1:-1])
        return f"""<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ISSUER}">
        <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
        <KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data>
        <X509Certificate>{plain}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>
        <SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{self.address}"/>
        </IDPSSODescriptor></EntityDescriptor>"""

    def answer(self, asked: str) -> str:
        """Return, for the address to which a person was sent, the answer that their browser brings back."""
        question = parse_qs(urlsplit(asked).query)["SAMLRequest"][0]
        request = etree.fromstring(zlib.decompress(base64.b64decode(question), -15))
        values = {**self.facts, "back": request.get("AssertionConsumerServiceURL"), "question": request.get("ID")}
        values["audience"] = self.facts.get("audience") or request.findtext("{*}Issuer")
        assertion = _assertion(values)
        if self.facts["signs"]:
            signed = OneLogin_Saml2_Utils.add_sign(assertion, self.key, self.certificate)
            assertion = signed.decode() if isinstance(signed, bytes) else signed
        return base64.b64encode(_response(values, assertion).encode()).decode()


def _assertion(values: dict[str, Any]) -> str:
    now = datetime.now(UTC)
    said, over = _stamp(now - timedelta(seconds=5)), _stamp(now + timedelta(seconds=values.get("lives_s", 300)))
    return f"""<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_{uuid4()}" Version="2.0"
    IssueInstant="{said}"><saml:Issuer>{values["issuer"]}</saml:Issuer><saml:Subject>
    <saml:NameID Format="{values["format"]}">{values["subject"]}</saml:NameID>
    <saml:SubjectConfirmation Method="{PASSES}"><saml:SubjectConfirmationData NotOnOrAfter="{over}"
    Recipient="{values["back"]}" InResponseTo="{values["question"]}"/></saml:SubjectConfirmation></saml:Subject>
    <saml:Conditions NotBefore="{said}" NotOnOrAfter="{over}"><saml:AudienceRestriction>
    <saml:Audience>{values["audience"]}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
    <saml:AuthnStatement AuthnInstant="{said}" SessionIndex="1"><saml:AuthnContext><saml:AuthnContextClassRef>
    urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext>
    </saml:AuthnStatement><saml:AttributeStatement><saml:Attribute Name="mail"><saml:AttributeValue>{values["email"]}
    </saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>"""


def _response(values: dict[str, Any], assertion: str) -> str:
    return (
        f'<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" '
        f'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_{uuid4()}" Version="2.0" '
        f'IssueInstant="{_stamp(datetime.now(UTC))}" Destination="{values["back"]}" '
        f'InResponseTo="{values["question"]}"><saml:Issuer>{values["issuer"]}</saml:Issuer><samlp:Status>'
        f'<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{assertion}'
        f"</samlp:Response>"
    )


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _key_and_certificate() -> tuple[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "SAML thử nghiệm")])
    now = datetime.now(UTC)
    unsigned = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    dated = unsigned.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=9))
    certificate = dated.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()
    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain).decode(), certificate
