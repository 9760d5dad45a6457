"""The states of papers, in the words a person reads."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PaperState(models.TextChoices):
    """How far a paper has come."""

    DRAFTED = "drafted", _("Dự thảo")
    SUBMITTED = "submitted", _("Chờ lãnh đạo duyệt")
    RETURNED = "returned", _("Trả lại")
    APPROVED = "approved", _("Đã duyệt, chờ cấp số")
    ISSUED = "issued", _("Đã phát hành")
    SUPERSEDED = "superseded", _("Đã được thay thế")
    WITHDRAWN = "withdrawn", _("Đã thu hồi")
    DISCARDED = "discarded", _("Đã bỏ dự thảo")


NUMBERED = [PaperState.ISSUED, PaperState.SUPERSEDED, PaperState.WITHDRAWN]
"""The states of a paper that has its number and date: nothing that stands on it changes any more."""
