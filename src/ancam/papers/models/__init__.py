"""The tables of this room."""

from ancam.papers.models.paper import Paper
from ancam.papers.models.pdf_copy import PdfCopy, PdfState
from ancam.papers.models.register import RegisterEntry
from ancam.papers.models.signed_copy import SignedCopy, TextMatch
from ancam.papers.models.states import NUMBERED, PaperState

__all__ = ["NUMBERED", "Paper", "PaperState", "PdfCopy", "PdfState", "RegisterEntry", "SignedCopy", "TextMatch"]
