"""The letters: kept as received, with what was read from them and who holds them."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ancam.accounts.models import Agency
from ancam.audit.services import Subject
from ancam.directives.models.assignment import Assignment
from ancam.directives.models.states import SEEN, DocumentState
from ancam.kit.folding import fold, squeeze
from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from ancam.accounts.models import Person


class DatePrecision(models.TextChoices):
    """How much of the letter's date is known; `signed_on` of a month is its first day."""

    DAY = "day", _("đủ ngày")
    MONTH = "month", _("chỉ tháng")
    UNKNOWN = "unknown", _("chưa rõ")


class DocumentQuerySet(VisibleQuerySet):
    """Documents that can be limited to what a person may see."""

    def visible_to(self, person: "Person") -> Self:
        """Return the documents held within the person's agencies, and the tracked ones assigned within them.

        At the root all. Who was given work and who answers for it are asked apart: each has its index.
        """
        if any(agency.is_root() for agency in person.agencies_as()):
            return self.all()
        mine = Agency.objects.filter(person.scope("path")).order_by().values("pk")
        seen = Assignment.objects.filter(state__in=SEEN).order_by()
        given = seen.filter(agency__in=mine).values("obligation__document")
        answered = seen.filter(answering_agency__in=mine).values("obligation__document")
        from_above = Q(pk__in=given) | Q(pk__in=answered)
        return self.filter(Q(holder__in=mine) | from_above & Q(state=DocumentState.TRACKED))

    def held_by(self, person: "Person") -> Self:
        """Return the documents whose holder is within the person's agencies: the whole of them may be seen."""
        return self.filter(person.scope("holder__path"))


class Document(models.Model):
    """A letter from above (or one's own), held by the agency that received it.

    parent, parent_directive: what it carries out, another letter or a directive of the reference data; a guess from
    the numbers it names until a person has confirmed it or said otherwise.
    """

    holder = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="held_documents")
    uploaded_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField("Tiếp nhận lúc")
    state = models.CharField("Trạng thái", max_length=10, choices=DocumentState, default=DocumentState.IN_REVIEW)

    file_digest = models.CharField(max_length=64)
    file_size_bytes = models.PositiveIntegerField()
    media_type = models.CharField(max_length=120)
    file_name = models.CharField(max_length=255)

    issuer = models.CharField("Cơ quan ban hành", max_length=300, blank=True)
    number = models.CharField("Số", max_length=20, blank=True)
    symbol = models.CharField("Ký hiệu", max_length=60, blank=True)
    place = models.CharField("Địa danh", max_length=120, blank=True)
    signed_on = models.DateField("Ngày ban hành", null=True)
    signed_precision = models.CharField(max_length=8, choices=DatePrecision, default=DatePrecision.UNKNOWN)
    signed_text = models.CharField(max_length=120, blank=True)
    kind = models.CharField("Loại văn bản", max_length=60, blank=True)
    subject = models.CharField("Trích yếu", max_length=1000, blank=True)
    addressees = models.JSONField(default=list)
    cc = models.JSONField(default=list)
    signer = models.CharField("Người ký", max_length=120, blank=True)
    signer_role = models.CharField("Chức vụ người ký", max_length=200, blank=True)
    legal_basis = models.JSONField(default=list)
    implements = models.JSONField(default=list)
    text = models.TextField()
    clauses = models.JSONField(default=list)
    anomalies = models.JSONField(default=list)

    parent = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="children")
    parent_directive = models.CharField("Chỉ thị mà văn bản thực hiện", max_length=40, blank=True)
    parent_confirmed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    parent_confirmed_at = models.DateTimeField(null=True)
    regime = models.ForeignKey("directives.Regime", on_delete=models.PROTECT, null=True, related_name="documents")
    search_key = models.TextField(editable=False)

    objects = models.Manager.from_queryset(DocumentQuerySet)()

    class Meta:
        verbose_name = "văn bản"
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "file_digest"],
                name="directives_document_once_per_holder",
                violation_error_message="Cơ quan đã tiếp nhận tệp này.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DocumentState.values),
                name="directives_document_state_known",
                violation_error_message="Trạng thái của văn bản không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(signed_on=None, signed_precision=DatePrecision.UNKNOWN)
                | Q(signed_on__isnull=False, signed_precision__in=[DatePrecision.DAY, DatePrecision.MONTH]),
                name="directives_document_date_or_unknown",
                violation_error_message="Ngày ban hành và độ chính xác của ngày không khớp nhau.",
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(parent_directive=""),
                name="directives_document_one_parent",
                violation_error_message="Một văn bản chỉ có một văn bản cấp trên trực tiếp.",
            ),
            models.CheckConstraint(
                condition=Q(parent_confirmed_at=None, parent_confirmed_by=None)
                | Q(parent_confirmed_at__isnull=False, parent_confirmed_by__isnull=False),
                name="directives_document_parent_confirmed_by_someone",
                violation_error_message="Văn bản cấp trên đã xác nhận phải có người xác nhận.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save in NFC with the folded key for search."""
        for name in ("issuer", "symbol", "place", "kind", "subject"):
            setattr(self, name, squeeze(getattr(self, name)))
        self.search_key = fold(f"{self.full_number} {self.subject} {self.issuer} {self.kind}")
        super().save(*args, **kwargs)

    @property
    def full_number(self) -> str:
        """Return the number as it stands on the letter: `2146/UBND-NC`, `…/UBND-NC` when it was left blank."""
        if not self.number and not self.symbol:
            return ""
        return f"{self.number or '…'}/{self.symbol}"

    @property
    def short_title(self) -> str:
        """Return the letter's number, or its title when it has none."""
        return self.full_number or self.title

    @property
    def title(self) -> str:
        """Return the letter's kind and number in one line, or its file's name when neither is known."""
        kind = (self.kind or "văn bản").capitalize()
        return f"{kind} {self.full_number}" if self.full_number else f"{kind} ({self.file_name})"

    @property
    def signed_in_words(self) -> str:
        """Return the date as precisely as it is known, empty when it is not."""
        if self.signed_on is None:
            return ""
        form = "%d/%m/%Y" if self.signed_precision == DatePrecision.DAY else "…/%m/%Y"
        return self.signed_on.strftime(form)

    def as_subject(self) -> Subject:
        """Return the document as the ledger names it."""
        return Subject("directives.document", str(self.pk), f"{self.title} {self.subject}".strip())
