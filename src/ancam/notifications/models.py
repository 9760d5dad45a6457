"""What a person was told, how they want to hear of it, and the mails that carry it."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ancam.web.visibility import VisibleQuerySet

if TYPE_CHECKING:
    from ancam.accounts.models import Person


class NoticeKind(models.TextChoices):
    """What a notice is about."""

    REMINDER = "reminder", _("Nhắc hạn")
    LATE = "late", _("Quá hạn")
    ESCALATION = "escalation", _("Quá hạn hai tuần, báo lãnh đạo")
    ASSIGNED = "assigned", _("Được giao nhiệm vụ")
    WAITING = "waiting", _("Chờ tôi trả lời")
    ANSWERED = "answered", _("Trả lời báo cáo, đề nghị của tôi")


class Channel(models.TextChoices):
    """How a person hears of a kind of notice besides the list of notices."""

    AT_ONCE = "at_once", _("Thư ngay")
    DAILY = "daily", _("Thư gộp mỗi ngày làm việc")
    WEEKLY = "weekly", _("Thư gộp đầu tuần")
    NONE = "none", _("Chỉ trong hệ thống")


class NoticeQuerySet(VisibleQuerySet):
    """Notices that can be limited to what a person may see: their own, of which nobody else reads."""

    def visible_to(self, person: "Person") -> Self:
        """Return the person's own."""
        return self.filter(person=person)


class Mail(models.Model):
    """A mail that carries notices to one person. `code` names it once for the person: it is written and sent once.

    not_before: no worker takes it up before then, because one is sending it or the mail server has just refused it.
    """

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=40)
    made_at = models.DateTimeField(db_index=True)
    not_before = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "thư"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "code"],
                name="notifications_mail_once",
                violation_error_message="Thư này đã có.",
            )
        ]
        indexes = [models.Index(fields=["made_at"], condition=Q(sent_at=None), name="notifications_unsent")]

    def __str__(self) -> str:
        return f"{self.person} · {self.code}"


class Notice(models.Model):
    """One thing that a person is told, in their language. `key` names the thing: nobody is told it twice.

    address: the path of the page on which something can be done about it. mail: the one that carries it; none when no
    mail shall, when its day has not come, or when the person had read the notice by then.
    """

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="notices")
    key = models.CharField(max_length=120)
    kind = models.CharField("Loại", max_length=10, choices=NoticeKind)
    channel = models.CharField(max_length=7, choices=Channel)
    title = models.CharField("Thông báo", max_length=200)
    text = models.CharField("Nội dung", max_length=600, blank=True)
    address = models.CharField(max_length=200)
    made_at = models.DateTimeField("Lúc", db_index=True)
    read_at = models.DateTimeField(null=True)
    mail = models.ForeignKey(Mail, on_delete=models.RESTRICT, null=True, related_name="notices")

    objects = models.Manager.from_queryset(NoticeQuerySet)()

    class Meta:
        verbose_name = "thông báo"
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-made_at", "-id"], name="notifications_of_person"),
            models.Index(fields=["person"], condition=Q(read_at=None), name="notifications_unread"),
            models.Index(
                fields=["channel", "person"],
                condition=Q(mail=None, read_at=None) & ~Q(channel=Channel.NONE),
                name="notifications_to_mail",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "person"],
                name="notifications_told_once",
                violation_error_message="Người này đã được báo việc đó.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=NoticeKind.values),
                name="notifications_kind_known",
                violation_error_message="Loại thông báo không có trong danh mục.",
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values),
                name="notifications_channel_known",
                violation_error_message="Cách báo không có trong danh mục.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Preference(models.Model):
    """How a person wants to hear of a kind of notice, where it differs from what is usual."""

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=NoticeKind)
    channel = models.CharField(max_length=7, choices=Channel)

    class Meta:
        verbose_name = "cách nhận thông báo"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                name="notifications_preference_once",
                violation_error_message="Loại này đã có cách nhận.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.kind}"


class CalendarFeed(models.Model):
    """The address at which a person's calendar program reads what is due; who has it needs no sign-in.

    Of the address only the digest of its token is kept. A person has one; a new one ends the old. read_at: about when
    a program last read it.
    """

    person = models.OneToOneField("accounts.Person", on_delete=models.CASCADE, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "lịch đăng ký"

    def __str__(self) -> str:
        return str(self.person)
