"""Secrets at rest: what the database holds of them can be read only with a key that is kept elsewhere."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

from ancam.kit.errors import AnCamError


class SecretClosed(AnCamError):
    """A secret was closed with a key that this instance no longer has."""

    what = "Không mở được một bí mật đã lưu"
    ground = "khóa mã hóa của hệ thống không còn là khóa đã dùng khi lưu"
    next_step = "Đề nghị người vận hành đặt lại ANCAM_ENCRYPTION_KEY gồm cả khóa cũ, hoặc lưu lại bí mật đó"


def seal(secret: str) -> str:
    """Return the secret encrypted with the first key, as text for a column."""
    return _box().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Return what `seal` closed with any of the keys. Raises `SecretClosed`."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as exc:
        raise SecretClosed() from exc


def _box() -> MultiFernet:
    return MultiFernet([Fernet(_fernet_key(key)) for key in settings.ENCRYPTION_KEYS])


def _fernet_key(key: str) -> bytes:
    """Return a key of the form the cipher takes, whatever form an operator gave."""
    return base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())
