"""People, the roles they hold at agencies, and the links that let them in for the first time."""

from collections.abc import Collection
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ancam.accounts.models.agency import Agency
from ancam.audit.services import Actor, Subject
from ancam.kit.folding import fold, sort_key, squeeze
from ancam.web import clock
from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from ancam.accounts.models.delegation import Delegation


class Role(models.TextChoices):
    """What a person does at an agency."""

    ADMINISTRATOR = "administrator", _("Quản trị")
    LEADER = "leader", _("Lãnh đạo")
    OFFICER = "officer", _("Chuyên viên")
    APPRAISER = "appraiser", _("Thẩm định viên")
    AUDITOR = "auditor", _("Kiểm tra viên")
    READER = "reader", _("Người đọc")


class Language(models.TextChoices):
    """The language in which a person's pages speak; papers speak Vietnamese to everyone."""

    VIETNAMESE = "vi", "Tiếng Việt"
    ENGLISH = "en", "English"


class PersonQuerySet(VisibleQuerySet):
    """People who can be limited to what another may see."""

    def visible_to(self, person: "Person") -> Self:
        """Return the people who work within the person's agencies, and the person; to who administers the root, all.

        All, because somebody must see those who hold no role.
        """
        if any(agency.is_root() for agency in person.agencies_as((Role.ADMINISTRATOR,))):
            return self.all()
        within = Membership.objects.filter(person.scope("agency__path")).order_by()
        return self.filter(Q(pk__in=within.values("person")) | Q(pk=person.pk))


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    """Finds people by e-mail in any spelling of its letters."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Return an e-mail in the small letters in which it is kept."""
        return (email or "").strip().lower()

    def get_by_natural_key(self, email: str | None) -> "Person":
        person: Person = self.get(email=self.normalize_email(email))
        return person


class Person(AbstractBaseUser):
    """Someone who signs in, known by e-mail."""

    email = models.EmailField(
        "Thư điện tử", unique=True, error_messages={"unique": "Thư điện tử này đã có người dùng."}
    )
    full_name = models.CharField("Họ và tên", max_length=120)
    position = models.CharField("Chức vụ", max_length=120, blank=True)
    language = models.CharField("Ngôn ngữ", max_length=2, choices=Language, default=Language.VIETNAMESE)
    is_active = models.BooleanField(default=True)
    search_key = models.CharField(max_length=400, editable=False, db_index=True)
    sort_key = models.CharField(max_length=800, editable=False, db_index=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    objects = PersonManager()

    class Meta:
        verbose_name = "người dùng"

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save in NFC with the keys for search and sorting; Vietnamese names are sorted by the last word first."""
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self) -> None:
        """Bring the keys up to the name and e-mail; whoever writes many at once calls this for each."""
        self.email, self.full_name = PersonManager.normalize_email(self.email), squeeze(self.full_name)
        self.position = squeeze(self.position)
        given = self.full_name.rpartition(" ")[2]
        self.search_key = fold(f"{self.full_name} {self.email}")
        self.sort_key = f"{sort_key(given)} {sort_key(self.full_name)}"

    @cached_property
    def own_memberships(self) -> list["Membership"]:
        """Return the roles that were given to this person, with their agencies. One query in a request."""
        return list(self.memberships.select_related("agency").order_by("pk"))

    @property
    def agencies(self) -> list[Agency]:
        """Return the agencies at which the person holds a role of their own."""
        return list(dict.fromkeys(held.agency for held in self.own_memberships))

    @cached_property
    def standing_in(self) -> list["Delegation"]:
        """Return the delegations by which this person stands in for others today.

        One short query in a request, as few stand in for anyone; for those few a second asks whose ground still stands.
        """
        received, today = self.delegations_received, clock.today()
        if not received.within_days(today).exists():
            return []
        return list(received.live_on(today).select_related("agency", "giver").order_by("ends_on", "pk"))

    @cached_property
    def current_memberships(self) -> list["Membership"]:
        """Return every role that counts today: the person's own, then those in which they stand in for others."""
        return [*self.own_memberships, *(delegation.as_membership() for delegation in self.standing_in)]

    def agencies_as(self, roles: Collection[str] = tuple(Role)) -> list[Agency]:
        """Return the agencies at which the person holds one of `roles` today, each once; none for no role."""
        return list(dict.fromkeys(held.agency for held in self.current_memberships if held.role in roles))

    def live_link(self, at: datetime) -> "OneTimeLink | None":
        """Return the one-time link that opens at this instant, or will when its mail arrives; None without one."""
        link: OneTimeLink | None = getattr(self, "one_time_link", None)
        return link if link and link.expires_at > at else None

    @property
    def stood_in_for(self) -> frozenset[int]:
        """Return the ids of those for whom this person stands in today."""
        return frozenset(delegation.giver_id for delegation in self.standing_in)

    @property
    def main_agency(self) -> Agency | None:
        """Return the agency the person acts for when nothing else says so: that of the first membership."""
        return self.current_memberships[0].agency if self.current_memberships else None

    def scope(self, field: str, roles: Collection[str] = tuple(Role)) -> Q:
        """Return the condition that `field`, an agency's tree path, lies at or below one of the person's agencies.

        Only the agencies at which the person holds one of `roles` count; without any, nothing is seen. No list of ids:
        one range of paths for each agency.
        """
        condition = Q(pk__in=[])
        for agency in self.agencies_as(roles):
            condition |= agency.subtree(field)
        return condition

    def roles_at(self, agency: Agency) -> frozenset[str]:
        """Return the roles held at exactly this agency, or at the one that keeps its records when it has ended."""
        today = clock.today()
        return frozenset(
            m.role for m in self.current_memberships if m.agency_id == agency.pk or agency.is_kept_by(m.agency, today)
        )

    def roles_over(self, agency: Agency) -> frozenset[str]:
        """Return the roles held at this agency or at one above it."""
        return frozenset(m.role for m in self.current_memberships if agency.path.startswith(m.agency.path))

    def administering(self, agency: Agency) -> Agency | None:
        """Return the agency as whose administrator the person acts on `agency`: the nearest at or above it."""
        return self.administering_path(agency.path)

    def administering_path(self, path: str) -> Agency | None:
        """Return the agency as whose administrator the person acts on the one of this path in the tree."""
        held = self.agencies_as((Role.ADMINISTRATOR,))
        return max((above for above in held if path.startswith(above.path)), key=_depth, default=None)

    def has_perm(self, permission: str, thing: object = None) -> bool:
        """Tell whether the rules allow this; nobody is above them."""
        return self.is_active and bool(rules.has_perm(permission, self, thing))

    def as_actor(self, agency: Agency | None = None) -> Actor:
        """Return the person as the ledger names them, acting for `agency` or for the main one."""
        acting_for = agency or self.main_agency
        if acting_for is None:
            return Actor(str(self.pk), self.full_name)
        givers = [one.giver.full_name for one in self.standing_in if one.agency_id == acting_for.pk]
        name = f"{self.full_name} (đang thay {', '.join(givers)})" if givers else self.full_name
        return Actor(str(self.pk), name, str(acting_for.pk), acting_for.name)

    def as_subject(self, *agencies: Agency) -> Subject:
        """Return the person as the ledger names them when acted upon, in their roles at these agencies."""
        return Subject("accounts.person", str(self.pk), self.full_name, tuple(str(agency.pk) for agency in agencies))


def _depth(agency: Agency) -> int:
    depth: int = agency.depth
    return depth


class Membership(models.Model):
    """A person's role at an agency. One person may hold several."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField("Vai trò", max_length=14, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "agency", "role"],
                name="accounts_membership_once",
                violation_error_message="Người này đã có vai trò đó tại cơ quan.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="accounts_membership_role_known",
                violation_error_message="Vai trò không có trong danh mục.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()} · {self.agency}"


class OneTimeLink(models.Model):
    """A link that opens once, while who issued it may still do so. Only the digest of its token is kept.

    One that goes by mail gets the token that is sent when the mail goes out, at `mailed_at`.
    """

    digest = models.CharField(max_length=64, unique=True)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, null=True, related_name="one_time_link")
    issued_by = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    expires_at = models.DateTimeField()
    by_mail = models.BooleanField(default=False)
    mailed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.person or 'quản trị đầu tiên'} · {self.expires_at:%d/%m/%Y}"
