"""Secrets at rest: what the database holds of them can be read only with a key that is kept elsewhere.

A secret is sealed for a place, and a place is declared once, so that whoever changes the key finds every value.
"""

import base64
import hashlib
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.models import Model

from ancam.kit.errors import AnCamError


class SecretClosed(AnCamError):
    """A secret was closed with a key that this instance no longer has."""

    what = "Không mở được một bí mật đã lưu"
    ground = "khóa mã hóa của hệ thống không còn là khóa đã dùng khi lưu"
    next_step = "Đề nghị người vận hành đặt lại ANCAM_ENCRYPTION_KEY gồm cả khóa cũ, hoặc lưu lại bí mật đó"


@dataclass(frozen=True, slots=True)
class SealedPlace:
    """A column that holds sealed values: of text, each row one value; of JSON, what stands under `keys`.

    model: `app.Model`. A column is declared once. What is sealed must be sealed by its place.
    """

    model: str
    column: str
    keys: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if _places.setdefault((self.model, self.column), self) is not self:
            raise ImproperlyConfigured(f"{self.model}.{self.column} is declared twice")

    def seal(self, secret: str) -> str:
        """Return the secret encrypted with the first key, as text for this place."""
        return _box().encrypt(secret.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """Return what `seal` closed with any of the keys. Raises `SecretClosed`."""
        try:
            return _box().decrypt(sealed.encode()).decode()
        except InvalidToken as exc:
            raise SecretClosed() from exc

    def table(self) -> type[Model]:
        """Return the model; raise `ImproperlyConfigured` when there is no such model or column."""
        try:
            model = apps.get_model(self.model)
            model._meta.get_field(self.column)
        except (LookupError, FieldDoesNotExist) as exc:
            raise ImproperlyConfigured(f"{self.model}.{self.column} is declared and does not exist") from exc
        return model

    def sealed_in(self, value: Any) -> list[str]:
        """Return each sealed value in a row's column."""
        parts = [value] if not self.keys else [part for key, part in (value or {}).items() if key in self.keys]
        return [sealed for part in parts for sealed in (part if isinstance(part, list) else [part]) if sealed]

    def resealed_in(self, value: Any) -> Any:
        """Return a row's column with each sealed value in it closed with the newest key; see `resealed`."""
        if not self.keys:
            return resealed(value) if value else value
        return {key: _each_resealed(part) if key in self.keys else part for key, part in (value or {}).items()}


_places: dict[tuple[str, str], SealedPlace] = {}


def sealed_places() -> list[SealedPlace]:
    """Return every declared place, by its model and column."""
    return [_places[name] for name in sorted(_places)]


def key_number(sealed: str) -> int | None:
    """Return which of the keys closed this, 1 the newest; None when none of them opens it."""
    for number, key in enumerate(settings.ENCRYPTION_KEYS, start=1):
        try:
            _cipher(key).decrypt(sealed.encode())
        except InvalidToken:
            continue
        return number
    return None


def resealed(sealed: str) -> str:
    """Return the same secret closed with the newest key; what no key opens is returned as it is."""
    try:
        return _box().rotate(sealed.encode()).decode()
    except InvalidToken:
        return sealed


def _each_resealed(part: Any) -> Any:
    return [resealed(one) for one in part] if isinstance(part, list) else resealed(part)


def _box() -> MultiFernet:
    return MultiFernet([_cipher(key) for key in settings.ENCRYPTION_KEYS])


def _cipher(key: str) -> Fernet:
    """Return the cipher of a key, whatever form an operator gave it."""
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest()))
