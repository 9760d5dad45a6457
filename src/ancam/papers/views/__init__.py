"""The pages of this room."""

from ancam.papers.views.life import (
    paper_approve,
    paper_discard,
    paper_issue,
    paper_return,
    paper_submit,
    paper_supersede,
    paper_take_back,
    paper_withdraw,
)
from ancam.papers.views.papers import paper_approved_file, paper_file, paper_list, paper_page
from ancam.papers.views.pdfs import paper_pdf, paper_pdf_ask
from ancam.papers.views.register import register, register_hold, register_release
from ancam.papers.views.signed_copies import signed_copy, signed_copy_add

__all__ = [
    "paper_approve",
    "paper_approved_file",
    "paper_discard",
    "paper_file",
    "paper_issue",
    "paper_list",
    "paper_page",
    "paper_pdf",
    "paper_pdf_ask",
    "paper_return",
    "paper_submit",
    "paper_supersede",
    "paper_take_back",
    "paper_withdraw",
    "register",
    "register_hold",
    "register_release",
    "signed_copy",
    "signed_copy_add",
]
