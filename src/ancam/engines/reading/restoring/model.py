"""A spoilt line as pieces: what stands there beside what it means."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """One word, or two that belong together, with the marks around it.

    shown: as it stands in the document. meant: as it is read. doubtful: the guess was far from what stands there, or
    none was found. glued: in the document no space parts it from the piece before.
    """

    shown: str
    meant: str
    doubtful: bool = False
    glued: bool = False


Line = tuple[Piece, ...]


def meaning(line: Line) -> str:
    """Return what a line means."""
    return " ".join(piece.meant for piece in line)
