"""Papers: drafted, approved by another, issued with a number. What is approved is what is issued."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear

from ancam.accounts.rules import OVERSEERS
from ancam.audit.services import Subject
from ancam.kit.folding import fold
from ancam.papers.models.states import NUMBERED, PaperState
from ancam.papers.register_rules import full_number
from ancam.web import clock
from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from ancam.accounts.models import Person

_NUMBERED: dict[str, Any] = {
    f"{name}__isnull": False for name in ("number", "issued_on", "issued_at", "issued_by", "ledger_head")
}
_NO_NUMBER: dict[str, Any] = {
    "number": None,
    "issued_on": None,
    "issued_at": None,
    "issued_by": None,
    "ledger_head": "",
}


class PaperQuerySet(VisibleQuerySet):
    """Papers that can be limited to what a person may see."""

    def visible_to(self, person: "Person") -> Self:
        """Return the papers with a number of the person's agencies and of those below them; the others to fewer.

        What has no number yet is the matter of the agency's own people, and of those who oversee it.
        """
        numbered = person.scope("agency__path") & Q(state__in=NUMBERED)
        return self.filter(numbered | self.of_own(person) | person.scope("agency__path", OVERSEERS))

    @staticmethod
    def of_own(person: "Person", roles: tuple[str, ...] | None = None) -> Q:
        """Return the condition that the paper is of exactly an agency of the person, or of one whose records it keeps.

        Only the agencies at which the person holds one of `roles` count, when these are given.
        """
        condition = Q(pk__in=[])
        for agency in person.agencies_as(roles) if roles else person.agencies_as():
            condition |= agency.with_kept("agency", clock.today())
        return condition


class Paper(models.Model):
    """A document of an agency, from its draft on, with the values and the template it is made from.

    file_digest: of the draft until the paper is issued, then of the file with number and date.
    approved_digest: of the file that the leader approved. not_before: the first day that may stand on the paper.
    reason: why it was returned, withdrawn or superseded. approved_by is empty on papers of the time when a paper was
    issued in one step: nobody had submitted these.
    """

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="papers")
    template = models.CharField(max_length=60)
    title = models.CharField("Trích yếu", max_length=500)
    symbol = models.CharField("Ký hiệu", max_length=60)
    inputs = models.JSONField()
    not_before = models.DateField(null=True)
    file_digest = models.CharField(max_length=64)
    file_size_bytes = models.PositiveIntegerField()
    state = models.CharField("Trạng thái", max_length=10, choices=PaperState)
    reason = models.TextField("Lý do", blank=True)
    drafted_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    submitted_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_digest = models.CharField(max_length=64, blank=True)
    number = models.PositiveIntegerField("Số", null=True)
    issued_on = models.DateField("Ngày ban hành", null=True)
    issued_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    ledger_head = models.CharField(max_length=90, blank=True)
    ended_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    superseded_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="supersedes")
    search_key = models.CharField(max_length=800, editable=False)

    objects = models.Manager.from_queryset(PaperQuerySet)()

    class Meta:
        ordering = [F("issued_on").desc(nulls_first=True), "-pk"]
        constraints = [
            models.UniqueConstraint(
                "agency",
                "symbol",
                "number",
                ExtractYear("issued_on"),
                name="papers_number_once_a_year",
                violation_error_message="Số này đã dùng trong năm cho ký hiệu đó.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PaperState.values),
                name="papers_state_known",
                violation_error_message="Trạng thái không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=NUMBERED, **_NUMBERED) | (~Q(state__in=NUMBERED) & Q(**_NO_NUMBER)),
                name="papers_numbered_when_issued",
                violation_error_message="Văn bản có số, ngày khi và chỉ khi đã phát hành.",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("drafted_by")),
                name="papers_four_eyes",
                violation_error_message="Người lập dự thảo không tự duyệt.",
            ),
            models.CheckConstraint(
                condition=Q(state=PaperState.APPROVED, approved_by__isnull=False)
                | (Q(state__in=NUMBERED) & (Q(approved_by__isnull=False) | Q(submitted_at=None)))
                | (~Q(state__in=[PaperState.APPROVED, *NUMBERED]) & Q(approved_by=None)),
                name="papers_approved_before_issued",
                violation_error_message="Văn bản chỉ phát hành sau khi lãnh đạo duyệt.",
            ),
            models.CheckConstraint(
                condition=Q(state=PaperState.SUPERSEDED, superseded_by__isnull=False)
                | (~Q(state=PaperState.SUPERSEDED) & Q(superseded_by=None)),
                name="papers_superseded_by_another",
                violation_error_message="Văn bản bị thay thế phải ghi văn bản thay thế.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[PaperState.RETURNED, PaperState.WITHDRAWN]) | ~Q(reason=""),
                name="papers_reason_given",
                violation_error_message="Trả lại hoặc thu hồi phải có lý do.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_number} ngày {self.issued_on:%d/%m/%Y}" if self.issued_on else f"Dự thảo {self.full_number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the folded key for search."""
        self.search_key = fold(f"{self.full_number} {self.title}")
        super().save(*args, **kwargs)

    @property
    def is_numbered(self) -> bool:
        """Tell whether the paper has its number and date."""
        return self.state in NUMBERED

    @property
    def full_number(self) -> str:
        """Return the number as it stands on the paper: `07/BC-UBND`; without a number, `…/BC-UBND`."""
        return f"…/{self.symbol}" if self.number is None else full_number(self.number, self.symbol)

    @property
    def base_name(self) -> str:
        """Return a name for the paper's files, without an ending, safe on every system."""
        if self.number is None or self.issued_on is None:
            return f"du-thao-{self.symbol.replace('/', '-')}-{self.pk}"
        return f"{self.full_number.replace('/', '-')}-{self.issued_on:%Y%m%d}"

    @property
    def file_name(self) -> str:
        """Return a name for the downloaded file."""
        return f"{self.base_name}.docx"

    def unapprove(self) -> None:
        """Take an approval back, with the file it was given to; nothing without one. Does not save."""
        self.approved_by, self.approved_at, self.approved_digest = None, None, ""

    def as_subject(self) -> Subject:
        """Return the paper as the ledger names it."""
        name = f"{self.full_number} {self.title}"
        return Subject("papers.paper", str(self.pk), name, (str(self.agency_id),))
