"""Agencies: a tree, of which each person sees the part that hangs from their own."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from ancam.audit.services import Subject
from ancam.kit.folding import fold, sort_key, squeeze
from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from ancam.accounts.models.person import Person


class Tier(models.TextChoices):
    """Where an agency stands in the state's order."""

    CENTRAL = "central", "Trung ương"
    REGIONAL = "regional", "Khu vực"
    CENTRAL_LOCAL = "central_local", "Ngành dọc trên địa bàn"
    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện (đến 30/6/2025)"
    COMMUNE = "commune", "Cấp xã"
    INTERNAL = "internal", "Đơn vị trực thuộc"
    ENTERPRISE = "enterprise", "Doanh nghiệp"


class AgencyQuerySet(VisibleQuerySet, MP_NodeQuerySet):  # type: ignore[misc]  # the library is untyped
    """Agencies that can be limited to what a person may see."""

    def visible_to(self, person: "Person") -> Self:
        """Return the agencies at which the person works and everything below them."""
        return self.filter(person.scope("path"))


class AgencyManager(MP_NodeManager):  # type: ignore[misc]  # the library is untyped
    """The tree's manager, answering with agencies in dictionary order of no one: the tree's own order."""

    def get_queryset(self) -> AgencyQuerySet:
        return AgencyQuerySet(self.model, using=self._db).order_by("path")


class Agency(MP_Node):  # type: ignore[misc]  # the library is untyped
    """A body with duties: a committee, a department, a police force, a commune, an enterprise."""

    name = models.CharField("Tên cơ quan", max_length=200)
    kind = models.CharField("Loại cơ quan", max_length=40)
    tier = models.CharField("Cấp", max_length=13, choices=Tier)
    place = models.CharField("Địa danh", max_length=120)
    symbol = models.CharField("Ký hiệu văn bản", max_length=30, blank=True)
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
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save in NFC, with the folded key for search and the Vietnamese key for sorting."""
        self.name, self.place = squeeze(self.name), squeeze(self.place)
        self.search_key, self.sort_key = fold(f"{self.name} {self.place}"), sort_key(self.name)
        super().save(*args, **kwargs)

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

    def as_subject(self) -> Subject:
        """Return the agency as the ledger names it."""
        return Subject("accounts.agency", str(self.pk), self.name)
