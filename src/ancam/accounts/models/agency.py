"""Agencies: a tree, of which each person sees the part that hangs from their own."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from ancam.audit.services import Subject
from ancam.kit.folding import fold, sort_key, squeeze
from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from ancam.accounts.models.person import Person


LONGEST_PATH = MP_Node._meta.get_field("path").max_length


class Tier(models.TextChoices):
    """Where an agency stands in the state's order."""

    CENTRAL = "central", _("Trung ương")
    REGIONAL = "regional", _("Khu vực")
    CENTRAL_LOCAL = "central_local", _("Ngành dọc trên địa bàn")
    PROVINCE = "province", _("Cấp tỉnh")
    DISTRICT = "district", _("Cấp huyện (đến 30/6/2025)")
    COMMUNE = "commune", _("Cấp xã")
    INTERNAL = "internal", _("Đơn vị trực thuộc")
    ENTERPRISE = "enterprise", _("Doanh nghiệp")


class AgencyQuerySet(VisibleQuerySet, MP_NodeQuerySet):  # type: ignore[misc]  # the library is untyped
    """Agencies that can be limited to what a person may see."""

    def visible_to(self, person: "Person") -> Self:
        """Return the agencies at which the person works and everything below them."""
        return self.filter(person.scope("path"))

    def not_ended_on(self, day: date) -> Self:
        """Return those that still exist on that day or are to begin after it."""
        return self.filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day))

    def existing_on(self, day: date) -> Self:
        """Return those that existed on that day; an end of the period that is not recorded is open."""
        begun = models.Q(begins_on=None) | models.Q(begins_on__lte=day)
        return self.not_ended_on(day).filter(begun)


class AgencyManager(MP_NodeManager):  # type: ignore[misc]  # the library is untyped
    """The tree's manager: agencies come in the tree's own order."""

    def get_queryset(self) -> AgencyQuerySet:
        return AgencyQuerySet(self.model, using=self._db).order_by("path")


class Agency(MP_Node):  # type: ignore[misc]  # the library is untyped
    """A body with duties: a committee, a department, a police force, a commune, an enterprise.

    It exists from the beginning of `begins_on` to the end of `ends_on`; an empty one is not known, or not yet.
    `code` is the identifier that state systems exchange, when it has one.
    """

    name = models.CharField("Tên cơ quan", max_length=200)
    kind = models.CharField("Loại cơ quan", max_length=40)
    tier = models.CharField("Cấp", max_length=13, choices=Tier)
    place = models.CharField("Địa danh", max_length=120)
    symbol = models.CharField("Ký hiệu văn bản", max_length=30, blank=True)
    code = models.CharField("Mã định danh", max_length=35, blank=True)
    begins_on = models.DateField("Hoạt động từ ngày", null=True, blank=True)
    ends_on = models.DateField("Hoạt động đến hết ngày", null=True, blank=True)
    search_key = models.CharField(max_length=400, editable=False, db_index=True)
    sort_key = models.CharField(max_length=900, editable=False, db_index=True)

    objects = AgencyManager()

    class Meta:
        verbose_name = "cơ quan"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tier__in=Tier.values),
                name="accounts_agency_tier_known",
                violation_error_message="Cấp của cơ quan không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("begins_on"))
                | models.Q(ends_on=None)
                | models.Q(begins_on=None),
                name="accounts_agency_ends_after_beginning",
                violation_error_message="Cơ quan không thể kết thúc trước khi bắt đầu hoạt động.",
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=~models.Q(code=""),
                name="accounts_agency_code_once",
                violation_error_message="Mã định danh này đã thuộc cơ quan khác.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save in NFC, with the folded key for search and the Vietnamese key for sorting."""
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self) -> None:
        """Bring the keys up to the name and place; whoever writes many at once calls this for each."""
        self.name, self.place = squeeze(self.name), squeeze(self.place)
        self.search_key, self.sort_key = fold(f"{self.name} {self.place}"), sort_key(self.name)

    @property
    def tier_label(self) -> str:
        """Return the tier in words; for lists, because Django's own way looks all choices up for each row."""
        return str(Tier(self.tier).label)

    def exists_on(self, day: date) -> bool:
        """Tell whether the agency existed on that day."""
        return self.has_begun_on(day) and not self.has_ended_on(day)

    def has_begun_on(self, day: date) -> bool:
        """Tell whether the agency had begun by that day."""
        return self.begins_on is None or self.begins_on <= day

    def has_ended_on(self, day: date) -> bool:
        """Tell whether the agency had ended before that day."""
        return self.ends_on is not None and self.ends_on < day

    def is_kept_by(self, keeper: "Agency", day: date) -> bool:
        """Tell whether the agency had ended before that day and its records hang from `keeper`. No query."""
        return self.has_ended_on(day) and self.path[: -self.steplen] == keeper.path

    def state_on(self, day: date) -> str:
        """Return in words how the agency stands on a day."""
        if self.ends_on is not None and self.has_ended_on(day):
            return _now("Đã kết thúc ngày %(day)s") % {"day": f"{self.ends_on:%d/%m/%Y}"}
        if self.begins_on is not None and not self.has_begun_on(day):
            return _now("Hoạt động từ ngày %(day)s") % {"day": f"{self.begins_on:%d/%m/%Y}"}
        return _now("Đang hoạt động")

    @property
    def parent(self) -> "Agency | None":
        """Return the agency above, None at the root. One query."""
        parent: Agency | None = Agency.objects.get_parent(self)
        return parent

    @property
    def children(self) -> AgencyQuerySet:
        """Return the agencies directly below, in the tree's order."""
        children: AgencyQuerySet = Agency.objects.get_children(self)
        return children

    def subtree(self, field: str = "path") -> models.Q:
        """Return the condition that `field`, an agency's tree path, is this one's or under it.

        A range of paths, because SQLite finds no prefix by an index.
        """
        last = self.path.ljust(LONGEST_PATH, self.alphabet[-1])
        return models.Q(**{f"{field}__range": (self.path, last)})

    def with_kept(self, field: str, day: date) -> models.Q:
        """Return the condition that `field`, a link to an agency, is to this one or to one whose records it keeps.

        These are the agencies directly below that had ended before that day, as `is_kept_by` tells of one.
        """
        kept = models.Q(**{f"{field}__depth": self.depth + 1, f"{field}__ends_on__lt": day})
        return models.Q(**{field: self.pk}) | (self.subtree(f"{field}__path") & kept)

    def as_subject(self, *others: "Agency") -> Subject:
        """Return the agency as the ledger names it, when acted upon together with others."""
        agencies = tuple(str(agency.pk) for agency in (self, *others))
        return Subject("accounts.agency", str(self.pk), self.name, agencies)
