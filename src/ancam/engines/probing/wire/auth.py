"""HTTP authentication, of which RTSP uses the same: challenges read, answers written."""

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from ancam.engines.probing.wire.errors import Garbled
from ancam.engines.probing.wire.text import clean

VALUE_LIMIT = 8_192
CHALLENGE_LIMIT = 16
PARAMETER_LIMIT = 32
_HASHES = {"MD5": "md5", "SHA-256": "sha256", "SHA-512-256": "sha512_256"}

_GAP = re.compile(r"[\s,]*")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}")
_EQUALS = re.compile(r"\s*=\s*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"?')
_BARE = re.compile(r"[^,]*")
_TOKEN68 = re.compile(r"[ \t]+([A-Za-z0-9._~+/-]+=*)[ \t]*(?=,|$)")


@dataclass(frozen=True, slots=True)
class Challenge:
    """One challenge. scheme and the names of params in small letters; a lone token stands under "token68"."""

    scheme: str
    params: dict[str, str] = field(default_factory=dict)

    @property
    def algorithm(self) -> str:
        """The hash of a Digest challenge as written in RFC 7616, without `-sess`; empty for other schemes."""
        if self.scheme != "digest":
            return ""
        said = self.params.get("algorithm", "MD5").upper().removesuffix("-SESS")
        return {"SHA256": "SHA-256", "": "MD5"}.get(said, said)


def challenges(values: Iterable[str]) -> list[Challenge]:
    """Return the challenges of WWW-Authenticate headers, in order, at most 16; what cannot be read is left out."""
    found: list[Challenge] = []
    for value in values:
        if len(found) < CHALLENGE_LIMIT:
            found += _challenges(value[:VALUE_LIMIT])
    return found[:CHALLENGE_LIMIT]


def digest(
    challenge: Challenge, *, method: str, uri: str, username: str, password: str, cnonce: str, nc: int = 1
) -> str:
    """Return the Authorization value that answers a Digest challenge (RFC 7616, or RFC 2069 when it names no qop).

    Raises `Garbled` when the challenge has no nonce, or asks for a hash or a protection this does not know.
    """
    name = _HASHES.get(challenge.algorithm)
    nonce, realm = challenge.params.get("nonce", ""), challenge.params.get("realm", "")
    offered = [part.strip().lower() for part in challenge.params.get("qop", "").split(",") if part.strip()]
    if name is None or not nonce or (offered and "auth" not in offered):
        raise Garbled(protocol="digest", why="a challenge that cannot be answered")

    def hashed(*parts: str) -> str:
        return hashlib.new(name, ":".join(parts).encode(), usedforsecurity=False).hexdigest()

    secret = hashed(username, realm, password)
    if challenge.params.get("algorithm", "").upper().endswith("-SESS"):
        secret = hashed(secret, nonce, cnonce)
    count = f"{nc:08x}"
    middle = (nonce, count, cnonce, "auth") if offered else (nonce,)
    response = hashed(secret, *middle, hashed(method, uri))
    fields = [
        f"{key}={_quoted(value)}"
        for key, value in (
            ("username", username),
            ("realm", realm),
            ("nonce", nonce),
            ("uri", uri),
            ("response", response),
        )
    ]
    if "algorithm" in challenge.params:
        fields.append(f"algorithm={challenge.params['algorithm']}")
    if offered:
        fields += ["qop=auth", f"nc={count}", f"cnonce={_quoted(cnonce)}"]
    elif challenge.params.get("algorithm", "").upper().endswith("-SESS"):
        fields.append(f"cnonce={_quoted(cnonce)}")
    if "opaque" in challenge.params:
        fields.append(f"opaque={_quoted(challenge.params['opaque'])}")
    return "Digest " + ", ".join(fields)


def basic(username: str, password: str) -> str:
    """Return the Authorization value of a Basic login."""
    return "Basic " + base64.b64encode(f"{username}:{password}".encode()).decode()


def _challenges(text: str) -> list[Challenge]:
    found: list[Challenge] = []
    position = 0
    while len(found) <= CHALLENGE_LIMIT:
        position = _GAP.match(text, position).end()  # type: ignore[union-attr]  # it matches nothing at all, too
        token = _TOKEN.match(text, position)
        if token is None:
            break
        position = token.end()
        equals = _EQUALS.match(text, position)
        if found and equals:
            position = _parameter(found[-1].params, token[0].lower(), text, equals.end())
            continue
        found.append(Challenge(token[0].lower()))
        if lone := _TOKEN68.match(text, position):
            found[-1].params["token68"] = lone[1]
            position = lone.end()
    return found


def _parameter(params: dict[str, str], name: str, text: str, position: int) -> int:
    quoted = _QUOTED.match(text, position)
    if quoted:
        value = re.sub(r"\\(.)", r"\1", quoted[1])
    else:
        quoted = _BARE.match(text, position)
        value = quoted[0].strip() if quoted else ""
    if len(params) < PARAMETER_LIMIT:
        params.setdefault(name, clean(value, 1_024))
    return quoted.end() if quoted else position


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
