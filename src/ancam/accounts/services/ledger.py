"""What a person does with the ledger: has it checked, takes a part of it away. And what of people is read."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancam.accounts.models import ImportBatch, ImportKind, Person
from ancam.audit.checks import LEDGER, ask_for_check
from ancam.audit.models import LedgerCheck
from ancam.audit.selectors import ledger_head
from ancam.audit.services import Action, ProtectedReading, Subject, record_reading
from ancam.web.replies import Forbidden

OVERSEERS_IN_WORDS = gettext_lazy("kiểm tra viên và quản trị")

EXPORT_LEDGER = ProtectedReading(
    Action("accounts.export_ledger", "Xuất sổ nhật ký"), "cả sổ hoặc một phần rời khỏi hệ thống"
)
EXPORT_PEOPLE = ProtectedReading(
    Action("accounts.export_people", "Xuất danh sách người dùng"), "dữ liệu cá nhân của nhiều người rời khỏi hệ thống"
)
READ_PERSON = ProtectedReading(
    Action("accounts.read_person", "Xem trang người dùng"), "dữ liệu cá nhân: thư điện tử, lần đăng nhập gần nhất"
)
PEOPLE = Subject("accounts.people", "1", "Danh sách người dùng")


def request_check(*, by: Person, at: datetime, kept_head: str = "") -> LedgerCheck:
    """Have the whole ledger checked, and against a head the person kept. Raises `Forbidden`, `HeadRefused`."""
    require_overseer(by, _("kiểm tra sổ nhật ký"))
    return ask_for_check(by=by.as_actor(), at=at, kept_head=kept_head)


def note_ledger_export(*, by: Person, form: str, filters: str, at: datetime) -> str:
    """Record that the person takes lines of the ledger away; return the head before it, up to which the export goes.

    Raises `ReadingNotRecorded`.
    """
    head = ledger_head()
    change = {"form": form, "filters": filters, "head": head}
    record_reading(by=by.as_actor(), reading=EXPORT_LEDGER, subject=LEDGER, at=at, change=change, every_time=True)
    return head


def note_people_export(*, by: Person, filters: str, at: datetime) -> None:
    """Record that the person takes a list of people away. Raises `ReadingNotRecorded`."""
    change = {"filters": filters}
    record_reading(by=by.as_actor(), reading=EXPORT_PEOPLE, subject=PEOPLE, at=at, change=change, every_time=True)


def note_import_export(*, batch: ImportBatch, by: Person, filters: str, at: datetime) -> None:
    """Record that the person takes rows of a list of people away; one of agencies is about nobody.

    Raises `ReadingNotRecorded`.
    """
    if batch.kind == ImportKind.PEOPLE:
        change = {"filters": filters}
        subject = batch.as_subject()
        record_reading(by=by.as_actor(), reading=EXPORT_PEOPLE, subject=subject, at=at, change=change, every_time=True)


def note_person_read(*, person: Person, by: Person, at: datetime) -> None:
    """Record that an administrator opens another person's page. Raises `ReadingNotRecorded`."""
    if person.pk != by.pk:
        record_reading(by=by.as_actor(), reading=READ_PERSON, subject=person.as_subject(), at=at)


def require_overseer(person: Person, act: str) -> None:
    """Raise `Forbidden` for who is neither auditor nor administrator anywhere."""
    if not person.has_perm("accounts.read_ledger"):
        raise Forbidden(act=act, who=OVERSEERS_IN_WORDS)
