"""One-time tokens: the link carries the token, the database only its digest."""

import hashlib
import secrets


def new_token() -> str:
    """Return a fresh unguessable token, safe in an address."""
    return secrets.token_urlsafe(24)


def token_digest(token: str) -> str:
    """Return the SHA-256 (hex) by which a token is looked up."""
    return hashlib.sha256(token.encode()).hexdigest()
