"""Who may log in to a device: real checks of Basic, Digest, WS-UsernameToken and forms, and the lock-out they share."""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from ancam.engines.probing.lab.harm import Harm
from ancam.engines.probing.lab.postures import Lockout, Password, Posture

LOCK_S = 30 * 60
WRONG_LIMIT = 5
MAX_SKEW = timedelta(minutes=5)
_PARAMETER = re.compile(r'([a-z]+)\s*=\s*(?:"([^"]*)"|([^\s,]+))', re.IGNORECASE)
_HASHES = {"MD5": hashlib.md5, "SHA-256": hashlib.sha256}


@dataclass(frozen=True, slots=True)
class Account:
    """A name and its password."""

    username: str
    password: str


class Logins:
    """A device's accounts and how many wrong logins it has seen. `steady_s`: a steady clock in seconds."""

    def __init__(
        self,
        posture: Posture,
        default: tuple[str, str] | None,
        owner: Account | None,
        secret: str,
        harm: Harm,
        steady_s: Callable[[], float],
    ) -> None:
        self._lockout = posture.lockout
        self._owner = owner
        self._harm = harm
        self._steady_s = steady_s
        self._secret = secret.encode()
        self._issued = count(1)
        self._nonces: set[str] = set()
        self._tokens_seen: set[str] = set()
        self._wrong = WRONG_LIMIT - 1 if posture.lockout is Lockout.FEW_LEFT else 0
        self._locked_until_s = 0.0
        self._passwords: dict[str, str] = {}
        if posture.password is not Password.NOT_ACTIVATED:
            self._passwords = {"admin": f"set-by-the-owner-{secret}"}
            if owner is not None:
                self._passwords[owner.username] = owner.password
            if posture.password is Password.DEFAULT and default is not None:
                self._passwords[default[0]] = default[1]

    @property
    def is_locked(self) -> bool:
        """Whether every login is refused for now."""
        return self._steady_s() < self._locked_until_s

    @property
    def attempts_left(self) -> int:
        """How many wrong logins remain before the lock; the usual number where none locks."""
        return 0 if self.is_locked else WRONG_LIMIT - self._wrong

    def nonce(self) -> str:
        """Return a new nonce of this device's."""
        made = hmac.new(self._secret, str(next(self._issued)).encode(), hashlib.sha256).hexdigest()[:32]
        self._nonces.add(made)
        return made

    def with_password(self, username: str, is_right: Callable[[str], bool]) -> bool:
        """Count one login and return whether it is accepted; `is_right` judges the account's password."""
        if self._owner is not None and username == self._owner.username:
            self._harm.owner_logins += 1
        else:
            self._guessed()
        if self.is_locked:
            return False
        if username in self._passwords and is_right(self._passwords[username]):
            self._wrong = 0
            return True
        self._refused(username)
        return False

    def without_account(self, *, is_let_in: bool) -> bool:
        """Count a guess that names no account of the device's, such as SNMP's community; return whether it is let in.

        It is no wrong login of anybody, so it locks nobody out.
        """
        self._guessed()
        return is_let_in

    def basic(self, value: str) -> bool:
        """Return whether an `Authorization: Basic …` value is accepted."""
        try:
            username, colon, password = base64.b64decode(value, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return False
        return bool(colon) and self.with_password(username, lambda known: known == password)

    def digest(self, method: str, value: str, realm: str) -> bool:
        """Return whether an `Authorization: Digest …` value is accepted. An unknown nonce is no login."""
        told = {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(value)}
        if told.get("nonce") not in self._nonces:
            return False
        return self.with_password(
            told.get("username", ""), lambda known: _digest_of(told, method, realm, known) == told.get("response")
        )

    def token(self, username: str, password: str, nonce: str, created: str, *, is_text: bool, now: datetime) -> bool:
        """Return whether a WS-UsernameToken is accepted; `now` is the device's own clock.

        A token of another time, or one that was seen before, is refused without being counted as a wrong login.
        """
        if is_text:
            return self.with_password(username, lambda known: password == known)
        try:
            is_near = abs(datetime.fromisoformat(created.replace("Z", "+00:00")) - now) <= MAX_SKEW
            plain = base64.b64decode(nonce, validate=True)
        except (ValueError, TypeError):
            return False
        if not is_near or nonce in self._tokens_seen:
            return False
        self._tokens_seen.add(nonce)
        return self.with_password(username, lambda known: password == _token_of(plain, created, known))

    def _guessed(self) -> None:
        self._harm.guessed_logins += 1
        if self.attempts_left == 1:
            self._harm.after_few_left += 1

    def _refused(self, username: str) -> None:
        if self._owner is not None and username == self._owner.username:
            self._harm.owner_refusals += 1
        if self._lockout is Lockout.NONE:
            return
        self._wrong += 1
        if self._wrong >= WRONG_LIMIT:
            self._harm.lockouts += 1
            self._locked_until_s = self._steady_s() + LOCK_S
            self._wrong = 0


def _digest_of(told: dict[str, str], method: str, realm: str, password: str) -> str:
    name = told.get("algorithm", "MD5").upper().removesuffix("-SESS")
    made = _HASHES.get(name, hashlib.md5)

    def of(*parts: str) -> str:
        return made(":".join(parts).encode()).hexdigest()

    first = of(told.get("username", ""), realm, password)
    if told.get("algorithm", "").upper().endswith("-SESS"):
        first = of(first, told["nonce"], told.get("cnonce", ""))
    second = of(method, told.get("uri", ""))
    if "qop" not in told:
        return of(first, told["nonce"], second)
    return of(first, told["nonce"], told.get("nc", ""), told.get("cnonce", ""), told["qop"], second)


def _token_of(nonce: bytes, created: str, password: str) -> str:
    return base64.b64encode(hashlib.sha1(nonce + created.encode() + password.encode()).digest()).decode()  # noqa: S324 - as WS-UsernameToken says
