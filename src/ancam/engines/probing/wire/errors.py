"""What the readers of the wire refuse.

AnCamError
└── Garbled: the bytes are not what the protocol says they should be
"""

from ancam.kit.errors import AnCamError


class Garbled(AnCamError):
    """The bytes are not of the protocol, or broken beyond use. Values: `protocol`, `why` (a few words, for a log)."""

    def __init__(self, *, protocol: str, why: str) -> None:
        super().__init__(protocol=protocol, why=why)

    def __str__(self) -> str:
        return f"{self.protocol}: {self.why}"
