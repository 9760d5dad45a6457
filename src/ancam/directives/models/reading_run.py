"""A letter that takes long to read: a job reads it, and a page shows how far it is."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from ancam.accounts.models import Person


class ReadingState(models.TextChoices):
    """How far the reading of a letter is."""

    RUNNING = "running", _("Đang đọc")
    DONE = "done", _("Đã đọc xong")
    REFUSED = "refused", _("Không đọc được")
    STOPPED = "stopped", _("Đã dừng")


class ReadingStep(models.TextChoices):
    """What the job is at, as the reader names its steps."""

    CONVERT = "convert", _("Mở tệp Word kiểu cũ (.doc)")
    RECOGNISE = "recognise", _("Nhận dạng chữ")
    READ = "read", _("Đọc lời văn")


class ReadingRunQuerySet(VisibleQuerySet):
    """Readings that can be limited to what a person may see."""

    def visible_to(self, person: "Person") -> Self:
        """Return those for agencies within the person's."""
        return self.filter(person.scope("agency__path"))


class ReadingRun(models.Model):
    """A file that waits in the holding folder, for whom it is read, what the job is at, and how far.

    pages: those to recognise, 0 while they are not counted and of a letter that has its words.
    file_name: empty once the file turns out to bear a stamp of secrecy: nothing of it is kept.
    held: the token of the file in the holding folder, empty once it is let go. claim: who reads it now, renewed by each
    worker that takes it up; attempts: how many have. beat_at: the last sign of life. document: what came of it, or the
    letter that was there already. refusal: why nothing came of it, in the words of the refusal.
    """

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField("Tệp", max_length=255, blank=True)
    keep_own_copy = models.BooleanField(default=False)
    held = models.CharField(max_length=32, blank=True)
    step = models.CharField(max_length=9, choices=ReadingStep, default=ReadingStep.RECOGNISE)
    pages = models.PositiveIntegerField("Số trang phải nhận dạng")
    pages_done = models.PositiveIntegerField(default=0)
    state = models.CharField("Tình trạng", max_length=7, choices=ReadingState, default=ReadingState.RUNNING)
    claim = models.CharField(max_length=32, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    refusal = models.CharField(max_length=1000, blank=True)
    document = models.ForeignKey("directives.Document", on_delete=models.SET_NULL, null=True, related_name="+")
    begun_at = models.DateTimeField("Nhận lúc")
    taken_up_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField("Xong lúc", null=True)

    objects = models.Manager.from_queryset(ReadingRunQuerySet)()

    class Meta:
        verbose_name = "lần đọc văn bản"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ReadingState.values),
                name="directives_reading_run_state_known",
                violation_error_message="Tình trạng không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(step__in=ReadingStep.values),
                name="directives_reading_run_step_known",
                violation_error_message="Bước đọc không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(pages_done__lte=F("pages")),
                name="directives_reading_run_done_within_pages",
                violation_error_message="Số trang đã nhận dạng không thể lớn hơn số trang.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} · {self.pages_done}/{self.pages}"
