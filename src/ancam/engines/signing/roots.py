"""The roots of trust: the certificates in the files of a folder."""

from pathlib import Path
from typing import Any

from asn1crypto import pem
from asn1crypto import x509 as certificates

from ancam.engines.signing.errors import RootsUnfit

ENDINGS = (".crt", ".cer", ".pem", ".der")
_UNREADABLE = (OSError, ValueError, TypeError, LookupError, AttributeError)


def roots_in(folder: str) -> list[certificates.Certificate]:
    """Return the certificates in a folder; none without one. Raises as `certificates_of`."""
    return [root for path in root_files(folder) for root in certificates_of(path)]


def root_files(folder: str) -> list[Path]:
    """Return the files of a folder that have the endings of certificates; none without a folder."""
    if not folder:
        return []
    return sorted(path for path in Path(folder).iterdir() if path.suffix.lower() in ENDINGS)


def certificates_of(path: Path) -> list[certificates.Certificate]:
    """Return the certificates of a file, PEM or DER; raise `RootsUnfit` when it is unreadable or another thing."""
    try:
        data = path.read_bytes()
        parts: Any = pem.unarmor(data, multiple=True) if pem.detect(data) else [("", {}, data)]
        found = [certificates.Certificate.load(der, strict=True) for _kind, _heads, der in parts]
        for one in found:
            # Read to the end here: the library would otherwise stumble over it while it looks at a signature.
            _ = one.native
    except _UNREADABLE as exc:
        raise RootsUnfit(file=str(path)) from exc
    return found
