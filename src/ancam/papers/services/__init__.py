"""The doors for changes: one function for each thing that a person does with a paper."""

from ancam.papers.services.deciding import approve_paper, return_paper, submit_paper, take_back_paper
from ancam.papers.services.drafting import PaperFacts, discard_paper, draft_paper, redraft_paper
from ancam.papers.services.issuing import issue_paper, supersede_paper, withdraw_paper
from ancam.papers.services.pdfs import ask_pdf, make_pdf
from ancam.papers.services.register import hold_numbers, release_number
from ancam.papers.services.signed_copies import attach_signed_copy

__all__ = [
    "PaperFacts",
    "approve_paper",
    "ask_pdf",
    "attach_signed_copy",
    "discard_paper",
    "draft_paper",
    "hold_numbers",
    "issue_paper",
    "make_pdf",
    "redraft_paper",
    "release_number",
    "return_paper",
    "submit_paper",
    "supersede_paper",
    "take_back_paper",
    "withdraw_paper",
]
