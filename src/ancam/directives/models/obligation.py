"""Obligations as read and as people corrected them, and the history of their corrections."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ancam.audit.services import Subject
from ancam.directives.models.assignment import given_within
from ancam.directives.models.states import SEEN, DocumentState, ObligationState
from ancam.kit.folding import fold
from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from ancam.accounts.models import Person


CLOSING = "kết"
"""The clause by which the reader names a closing paragraph that bears a duty."""


class Origin(models.TextChoices):
    """Where an obligation comes from."""

    READ = "read", _("Đọc từ văn bản")
    ADDED = "added", _("Bổ sung")
    SPLIT = "split", _("Tách")
    MERGED = "merged", _("Gộp")


class Operator(models.TextChoices):
    """How a deadline is meant."""

    BEFORE = "before", _("trước ngày")
    BY = "by", _("chậm nhất ngày")
    WITHIN = "within", _("trong kỳ, đến hết ngày")
    RELATIVE = "relative", _("tính từ một sự kiện")
    NONE = "none", _("không có thời hạn")


class Cadence(models.TextChoices):
    """How often an obligation returns."""

    NONE = "none", _("Một lần")
    MONTHLY = "monthly", _("Hằng tháng")
    QUARTERLY = "quarterly", _("Hằng quý")
    YEARLY = "yearly", _("Hằng năm")
    PERIODIC = "periodic", _("Định kỳ")
    CONTINUOUS = "continuous", _("Thường xuyên")


class DutyKind(models.TextChoices):
    """What an obligation asks for."""

    PROPAGATE = "propagate", _("Phổ biến, tuyên truyền")
    CLASSIFY = "classify", _("Xác định cấp độ")
    APPROVE = "approve", _("Phê duyệt cấp độ")
    IMPLEMENT_CONTROLS = "implement_controls", _("Triển khai biện pháp bảo vệ")
    PROCURE_CHECK = "procure_check", _("Kiểm tra khi mua sắm")
    PERIODIC_ASSESSMENT = "periodic_assessment", _("Kiểm tra, đánh giá định kỳ")
    USE_ONLY_COMPLIANT = "use_only_compliant", _("Dùng camera đáp ứng yêu cầu")
    RESOURCES = "resources", _("Bảo đảm nguồn lực, kinh phí")
    REGULATION = "regulation", _("Ban hành quy chế")
    APPLY_QCVN = "apply_qcvn", _("Áp dụng quy chuẩn")
    GUIDE = "guide", _("Hướng dẫn")
    PUBLISH = "publish", _("Công bố, đăng tải")
    SUPERVISE_REPORT = "supervise_report", _("Đôn đốc, báo cáo")
    POLICE_PREVENT = "police_prevent", _("Phòng ngừa, xử lý vi phạm")
    POLICE_ASSESS = "police_assess", _("Đánh giá an ninh công trình quan trọng")
    POLICE_CAMERA_MGMT = "police_camera_mgmt", _("Quản lý camera an ninh trật tự")
    MARKET_CONTROL = "market_control", _("Kiểm soát thị trường")
    CUSTOMS_CONTROL = "customs_control", _("Kiểm soát nhập khẩu")
    PRESS = "press", _("Báo chí, truyền thông")
    TELECOM_CHECK = "telecom_check", _("Doanh nghiệp viễn thông tự kiểm tra")
    TELECOM_NOTIFY = "telecom_notify", _("Thông báo cho thuê bao")
    TELECOM_COORDINATE = "telecom_coordinate", _("Doanh nghiệp viễn thông phối hợp")
    ACCOUNTABILITY = "accountability", _("Chịu trách nhiệm")
    REPORT_DIFFICULTY = "report_difficulty", _("Báo cáo vướng mắc")
    OTHER = "other", _("Việc khác")


class ObligationQuerySet(VisibleQuerySet):
    """Obligations that can be limited to what a person may see."""

    def visible_to(self, person: "Person") -> Self:
        """Return all of documents held within the person's agencies; of others, those confirmed and assigned there."""
        assigned = self.model._default_manager.filter(
            given_within(person, "assignments__"), assignments__state__in=SEEN
        )
        given = Q(state=ObligationState.CONFIRMED, document__state=DocumentState.TRACKED, pk__in=assigned.values("pk"))
        return self.filter(person.scope("document__holder__path") | given)


class Obligation(models.Model):
    """One duty of a letter: who does what by when, in which words. Lists and spans are kept as the reader gave them.

    doubts: the fields read unsurely, each with `field`, `reason`, `spans`, and `settled` once a person has judged it.
    deadline_decided: a person has said what the deadline is, or that there is none.
    version: grows with each change, so that two people who correct the same obligation do not overwrite each other.
    """

    document = models.ForeignKey("directives.Document", on_delete=models.CASCADE, related_name="obligations")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=60)
    clause = models.CharField("Điều khoản", max_length=40, blank=True)
    location = models.CharField(max_length=10, default="body")
    leads = models.JSONField(default=list)
    supports = models.JSONField(default=list)
    action = models.TextField("Nội dung nhiệm vụ")
    kind = models.CharField("Loại nhiệm vụ", max_length=24, choices=DutyKind, default=DutyKind.OTHER)
    also_kinds = models.JSONField(default=list)
    deadline_text = models.CharField("Thời hạn theo văn bản", max_length=500, blank=True)
    deadline_operator = models.CharField(max_length=8, choices=Operator, default=Operator.NONE)
    deadline_on = models.DateField("Ngày trong văn bản", null=True)
    deadline_raw = models.CharField(max_length=200, blank=True)
    deadline_decided = models.BooleanField(default=False)
    last_day = models.DateField("Ngày cuối cùng", null=True)
    cadence = models.CharField("Lặp lại", max_length=10, choices=Cadence, default=Cadence.NONE)
    relative_text = models.CharField(max_length=500, blank=True)
    relative_days = models.PositiveIntegerField(null=True)
    relative_event = models.CharField(max_length=300, blank=True)
    relative_working_days = models.BooleanField(default=False)
    condition = models.TextField("Điều kiện", blank=True)
    report_to = models.JSONField(default=list)
    links = models.JSONField(default=list)
    spans = models.JSONField(default=list)
    confidence = models.FloatField(default=1.0)
    anomalies = models.JSONField(default=list)
    doubts = models.JSONField(default=list)

    state = models.CharField("Trạng thái", max_length=10, choices=ObligationState, default=ObligationState.PROPOSED)
    origin = models.CharField("Nguồn", max_length=8, choices=Origin, default=Origin.READ)
    confirmed_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    search_key = models.TextField(editable=False)

    objects = models.Manager.from_queryset(ObligationQuerySet)()

    class Meta:
        verbose_name = "nhiệm vụ"
        ordering = ["document", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ObligationState.values),
                name="directives_obligation_state_known",
                violation_error_message="Trạng thái của nhiệm vụ không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=~Q(state=ObligationState.CONFIRMED)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="directives_obligation_confirmed_by_someone",
                violation_error_message="Nhiệm vụ đã xác nhận phải có người xác nhận.",
            ),
            models.CheckConstraint(
                condition=Q(confidence__gte=0, confidence__lte=1),
                name="directives_obligation_confidence_in_range",
                violation_error_message="Độ chắc chắn phải từ 0 đến 1.",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the folded key for search."""
        self.set_search_key()
        super().save(*args, **kwargs)

    def set_search_key(self) -> None:
        """Fold what a search looks into; called by whoever writes rows in bulk."""
        self.search_key = fold(f"{self.clause} {self.action} {' '.join(self.lead_names)}")

    @property
    def label(self) -> str:
        """Return what the obligation is called: `Nhiệm vụ 1.b`."""
        if self.clause == CLOSING:
            return "Nhiệm vụ ở đoạn kết"
        return f"Nhiệm vụ {self.clause}" if self.clause else f"Nhiệm vụ thứ {self.position}"

    @property
    def place(self) -> str:
        """Return where it stands in the letter, in words: `điểm 1.b`, `đoạn kết`; empty when it was added."""
        if self.clause == CLOSING:
            return "đoạn kết"
        return f"điểm {self.clause}" if self.clause else ""

    @property
    def lead_names(self) -> list[str]:
        """Return the bodies in the lead, as the letter names them."""
        return [actor["text"] for actor in self.leads]

    @property
    def support_names(self) -> list[str]:
        """Return the supporting bodies, as the letter names them."""
        return [actor["text"] for actor in self.supports]

    @property
    def anomaly_codes(self) -> frozenset[str]:
        """Return the codes of what a person must look at."""
        return frozenset(anomaly["code"] for anomaly in self.anomalies)

    @property
    def open_doubts(self) -> list[dict[str, Any]]:
        """Return the doubts that nobody has settled, in the order of the fields."""
        return [doubt for doubt in self.doubts if not doubt.get("settled")]

    @property
    def open_anomalies(self) -> list[dict[str, Any]]:
        """Return what a person must still look at: all but what was settled with the fields it concerns."""
        # One reason may doubt several fields; it is settled with the last of them.
        settled = {doubt["reason"] for doubt in self.doubts} - {doubt["reason"] for doubt in self.open_doubts}
        return [anomaly for anomaly in self.anomalies if anomaly["message"] not in settled]

    @property
    def is_doubted_no_more(self) -> bool:
        """Tell whether the reader doubted fields of the obligation and a person has judged each of them."""
        return bool(self.doubts) and not self.open_doubts

    def as_subject(self) -> Subject:
        """Return the obligation as the ledger names it."""
        return Subject("directives.obligation", str(self.pk), f"{self.label}: {self.action}"[:500])


class CorrectionKind(models.TextChoices):
    """What a person did to an obligation."""

    CONFIRM = "confirm", _("Xác nhận")
    EDIT = "edit", _("Sửa")
    SPLIT = "split", _("Tách")
    MERGE = "merge", _("Gộp")
    DROP = "drop", _("Bỏ")
    RESTORE = "restore", _("Khôi phục")
    ADD = "add", _("Bổ sung")


class Correction(models.Model):
    """One thing a person did to an obligation, with the value before and after: its history."""

    obligation = models.ForeignKey("directives.Obligation", on_delete=models.CASCADE, related_name="corrections")
    what = models.CharField(max_length=8, choices=CorrectionKind)
    field = models.CharField(max_length=40, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=CorrectionKind.values),
                name="directives_correction_kind_known",
                violation_error_message="Loại chỉnh sửa không có trong danh mục.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_what_display()} · {self.obligation_id}"
