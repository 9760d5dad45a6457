"""The signed file, or the scan, that comes back after a paper was issued."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

_INSTANTS = ("valid_from", "valid_to", "signed_at")


class TextMatch(models.TextChoices):
    """Whether the copy holds the same words as the paper that was issued."""

    SAME = "same", _("Nội dung trùng bản đã phát hành")
    DIFFERENT = "different", _("Nội dung khác bản đã phát hành")
    UNKNOWN = "unknown", _("Chưa so được nội dung với bản đã phát hành")


class SignedCopy(models.Model):
    """A file that a person attached, with what was found in it at that time. A row is written once.

    signatures: what each signature says and whether it holds, empty for a scan. difference: where the words first
    differ from those that were issued.
    """

    paper = models.ForeignKey("papers.Paper", on_delete=models.PROTECT, related_name="signed_copies")
    digest = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    file_name = models.CharField(max_length=255)
    signatures = models.JSONField(default=list)
    text_match = models.CharField(max_length=9, choices=TextMatch)
    difference = models.CharField(max_length=300, blank=True)
    attached_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    attached_at = models.DateTimeField()

    class Meta:
        ordering = ["-attached_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "digest"],
                name="papers_signed_copy_once",
                violation_error_message="Tệp này đã được đính vào văn bản.",
            ),
        ]

    @property
    def signers(self) -> list[dict[str, Any]]:
        """Return what each signature says, its instants as such."""
        return [{**one, **{name: _instant(one[name]) for name in _INSTANTS}} for one in self.signatures]

    def __str__(self) -> str:
        return self.file_name


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
