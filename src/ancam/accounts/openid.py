"""OpenID Connect with the provider of the settings: where a person is sent, and who it says came back.

Source: OpenID Connect Core 1.0, 3.1 (authorization code), with PKCE (RFC 7636). The identity token is always checked
with the provider's keys, its nonce too.
"""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import jwt
import requests
from django.conf import settings

from ancam.accounts.errors import ProviderAway, SingleSignOnRefused

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
WAIT_S = 10
MOST_BYTES = 1_000_000
LEEWAY_S = 60
JOURNEY_LIVES_S = 600


@dataclass(frozen=True, slots=True)
class Journey:
    """What the session keeps while a person is at the provider's; it is used once, within ten minutes."""

    state: str
    nonce: str
    verifier: str
    wanted: str
    begun_at: float


@dataclass(frozen=True, slots=True)
class Claim:
    """Who the provider says it is. `email` is empty unless the provider has verified it."""

    issuer: str
    subject: str
    email: str


def begin(*, back: str, wanted: str, at: datetime) -> tuple[str, dict[str, Any]]:
    """Return the provider's address to send the person to, and the journey for the session. One request.

    Raises `ProviderAway`.
    """
    tokens = (secrets.token_urlsafe(32) for _ in range(3))
    journey = Journey(next(tokens), next(tokens), next(tokens), wanted, at.timestamp())
    challenge = base64.urlsafe_b64encode(hashlib.sha256(journey.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT_ID,
        "redirect_uri": back,
        "scope": "openid email profile",
        "state": journey.state,
        "nonce": journey.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return f"{_provider()['authorization_endpoint']}?{urlencode(asked)}", asdict(journey)


def finish(*, journey: dict[str, Any] | None, state: str, code: str, back: str, at: datetime) -> Claim:
    """Return who came back. Up to four requests. Raises `SingleSignOnRefused` or `ProviderAway`."""
    if journey is None or not hmac.compare_digest(state.encode(), journey["state"].encode()) or not code:
        raise SingleSignOnRefused()
    if at.timestamp() - journey["begun_at"] > JOURNEY_LIVES_S:
        raise SingleSignOnRefused()
    provider = _provider()
    tokens = _tokens(provider, code, journey["verifier"], back)
    claims = _checked(provider, tokens.get("id_token"), journey["nonce"])
    if "email" not in claims and "userinfo_endpoint" in provider:
        claims |= _told_of(provider, tokens.get("access_token"), claims["sub"])
    email = claims.get("email") if claims.get("email_verified") in (True, "true") else ""
    return Claim(settings.OIDC_ISSUER, claims["sub"], str(email or ""))


def _provider() -> dict[str, Any]:
    """Return what the provider tells of itself, which must be about the one that the settings name."""
    told = _asked("GET", f"{settings.OIDC_ISSUER}/.well-known/openid-configuration")
    needed = {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"}
    if needed - set(told) or told["issuer"].rstrip("/") != settings.OIDC_ISSUER:
        raise ProviderAway()
    return told


def _tokens(provider: dict[str, Any], code: str, verifier: str, back: str) -> dict[str, Any]:
    """Exchange the code, proving that it is we who asked for it."""
    given = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    name, secret = settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET
    ways = provider.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if secret and "client_secret_basic" in ways:
        return _asked("POST", provider["token_endpoint"], data=given, auth=(name, secret))
    return _asked(
        "POST",
        provider["token_endpoint"],
        data={**given, "client_id": name} | ({"client_secret": secret} if secret else {}),
    )


def _checked(provider: dict[str, Any], token: Any, nonce: str) -> dict[str, Any]:
    """Return the claims of an identity token that this provider signed, for us, for this journey, and not long ago."""
    try:
        key_id = jwt.get_unverified_header(token).get("kid")
        keys = jwt.PyJWKSet.from_dict(_asked("GET", provider["jwks_uri"])).keys
        key = next(one for one in keys if key_id in (None, one.key_id))
        claims: dict[str, Any] = jwt.decode(
            token,
            key.key,
            algorithms=[name for name in ALGORITHMS if name == key.algorithm_name] or ALGORITHMS,
            audience=settings.OIDC_CLIENT_ID,
            issuer=provider["issuer"],
            leeway=LEEWAY_S,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )
    except (jwt.PyJWTError, StopIteration) as exc:
        raise SingleSignOnRefused() from exc
    is_ours = isinstance(claims["aud"], str) or claims.get("azp") == settings.OIDC_CLIENT_ID
    if claims.get("nonce") != nonce or not is_ours or not claims["sub"] or len(claims["sub"]) > 255:
        raise SingleSignOnRefused()
    return claims


def _told_of(provider: dict[str, Any], access_token: Any, subject: str) -> dict[str, Any]:
    """Return the e-mail that the provider tells apart from the identity token, of the same person."""
    told = _asked("GET", provider["userinfo_endpoint"], headers={"Authorization": f"Bearer {access_token}"})
    if told.get("sub") != subject:
        raise SingleSignOnRefused()
    return {name: told[name] for name in ("email", "email_verified") if name in told}


def _asked(method: str, address: str, **given: Any) -> dict[str, Any]:
    """Return the provider's answer, an object of at most a megabyte. Raises `ProviderAway` or `SingleSignOnRefused`."""
    try:
        with requests.request(method, address, timeout=WAIT_S, allow_redirects=False, stream=True, **given) as answer:
            body = answer.raw.read(MOST_BYTES, decode_content=True)
            if 400 <= answer.status_code < 500 and method == "POST":
                raise SingleSignOnRefused()
            if answer.status_code != 200:
                raise ProviderAway()
            told = json.loads(body)
    except (requests.RequestException, ValueError, OSError) as exc:
        raise ProviderAway() from exc
    if not isinstance(told, dict):
        raise ProviderAway()
    return told
