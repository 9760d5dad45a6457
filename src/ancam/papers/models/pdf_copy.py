"""The PDF that is made out of a paper's .docx."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LOST_AFTER = timedelta(minutes=15)
"""A job is tried five times in eight minutes: what still waits later has none any more."""


class PdfState(models.TextChoices):
    """How far the making of a PDF is."""

    WAITING = "waiting", _("Đang tạo")
    MADE = "made", _("Đã tạo")
    FAILED = "failed", _("Không tạo được")


class PdfCopy(models.Model):
    """The PDF of a paper's file; made anew when the file becomes another.

    of_digest: the .docx it is made of. failure: which step failed, for a sentence on the page.
    """

    paper = models.OneToOneField("papers.Paper", on_delete=models.PROTECT, related_name="pdf_copy")
    of_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=7, choices=PdfState)
    digest = models.CharField(max_length=64, blank=True)
    size_bytes = models.PositiveIntegerField(null=True)
    failure = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", digest="", size_bytes=None, finished_at=None)
                | (Q(state="made", size_bytes__isnull=False, finished_at__isnull=False) & ~Q(digest=""))
                | Q(state="failed", digest="", finished_at__isnull=False),
                name="papers_pdf_whole",
                violation_error_message="Bản PDF đã tạo phải có mã kiểm.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}: {self.state}"

    def can_be_asked_again(self, at: datetime) -> bool:
        """Tell whether asking anew has a use: it failed, or waits for a job that must be lost."""
        return self.state == PdfState.FAILED or (self.state == PdfState.WAITING and self.asked_at <= at - LOST_AFTER)
