"""SAML 2.0 with the provider whose metadata the settings name: where a person is sent, and who it says came back.

Source: SAML 2.0, Web Browser SSO profile. Only an answer to a question of ours counts, with a signed assertion.
"""

from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from lxml.etree import LxmlError
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Names
from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

from ancam.accounts.errors import ProviderAway, SingleSignOnRefused
from ancam.accounts.openid import JOURNEY_LIVES_S, Claim

EMAIL_NAMES = (
    "email",
    "mail",
    "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
)
# What the library raises on an answer that is not one: anyone may send bytes here.
NOT_AN_ANSWER = (OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError, LxmlError, ValueError, TypeError, KeyError)


def begin(*, address: str, back: str, wanted: str, at: datetime) -> tuple[str, dict[str, Any]]:
    """Return the provider's address to send the person to, and the journey for the session: what was asked, and when.

    `address` is how this instance is reached, `back` where the answer goes. Raises `ProviderAway`.
    """
    asked = _library(address, back, {})
    provider = asked.login()
    return provider, {"question": asked.get_last_request_id(), "wanted": wanted, "begun_at": at.timestamp()}


def finish(*, address: str, back: str, answer: str, journey: dict[str, Any] | None, at: datetime) -> Claim:
    """Return who the provider says came back in answer to the journey's question. Raises `SingleSignOnRefused`.

    The e-mail is taken as verified: the operator chose a provider that gives people theirs. A passing name for the
    person (`transient`) is refused, because nothing lasting could be bound to it.
    """
    if journey is None or at.timestamp() - journey["begun_at"] > JOURNEY_LIVES_S:
        raise SingleSignOnRefused()
    library, question = _library(address, back, {"SAMLResponse": answer}), journey["question"]
    try:
        library.process_response(request_id=question)
    except NOT_AN_ANSWER as exc:
        raise SingleSignOnRefused() from exc
    subject = library.get_nameid() if library.is_authenticated() else None
    if not question or not subject or len(subject) > 255 or library.get_nameid_format() == Names.NAMEID_TRANSIENT:
        raise SingleSignOnRefused()
    return Claim(library.get_settings().get_idp_data()["entityId"], subject, _email(library))


def metadata(*, address: str, back: str) -> bytes:
    """Return what the provider's operator needs to know of this instance, as XML."""
    told: bytes | str = _library(address, back, {}).get_settings().get_sp_metadata()
    return told.encode() if isinstance(told, str) else told


def _email(library: Any) -> str:
    told = {name.lower(): values for name, values in library.get_attributes().items()}
    named = next((told[name.lower()][0] for name in EMAIL_NAMES if told.get(name.lower())), "")
    is_email = library.get_nameid_format() == Names.NAMEID_EMAIL_ADDRESS
    return str(named or (library.get_nameid() if is_email else ""))


def _library(address: str, back: str, sent: dict[str, str]) -> Any:
    """Return the library with our settings; the address is ours, not what a header says. Raises `ProviderAway`."""
    parts = urlsplit(back)
    request = {
        "https": "on" if parts.scheme == "https" else "off",
        "http_host": parts.netloc,
        "script_name": parts.path,
        "get_data": {},
        "post_data": sent,
    }
    try:
        provider = OneLogin_Saml2_IdPMetadataParser.parse(Path(settings.SAML_METADATA).read_bytes())
        return OneLogin_Saml2_Auth(request, {**provider, **_ours(address, back)})
    except (*NOT_AN_ANSWER, OSError) as exc:
        raise ProviderAway() from exc


def _ours(address: str, back: str) -> dict[str, Any]:
    """Return what the library must know of this instance, and how strictly it judges."""
    return {
        "strict": True,
        "sp": {
            "entityId": address,
            "assertionConsumerService": {"url": back, "binding": Names.BINDING_HTTP_POST},
            "NameIDFormat": Names.NAMEID_UNSPECIFIED,
        },
        "security": {
            "wantAssertionsSigned": True,
            "rejectDeprecatedAlgorithm": True,
            "rejectUnsolicitedResponsesWithInResponseTo": True,
            "requestedAuthnContext": False,
            "allowSingleLabelDomains": True,  # many instances are reached by one word within an office
            "wantNameId": True,
        },
    }
