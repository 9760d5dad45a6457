"""Small makers of letters, obligations and assignments, over the makers of agencies and people."""

import hashlib
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ancam.accounts.models import Agency, Person, Role
from ancam.accounts.tests.factories import make_person
from ancam.directives.due_rules import ONCE
from ancam.directives.models import (
    Assignment,
    DatePrecision,
    Document,
    DocumentState,
    DuePeriod,
    Obligation,
    ObligationState,
    Operator,
    Part,
)

AT = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ON = date(2026, 11, 20)
_OF_PERIOD = ("code", "begins_on", "ends_on", "due_on", "state", "percentage", "done_on")
_numbers = count(1)

LETTER = """Số: 2146/UBND-NC

1. Các sở, ban, ngành:

a) Phổ biến Chỉ thị số 23/CT-TTg; hoàn thành trước ngày 01 tháng 12 năm 2026.

b) Kiểm đếm hệ thống và gửi hồ sơ đề xuất cấp độ trước ngày 20 tháng 12 năm 2026.
"""


def officer_of(agency: Agency) -> Person:
    """Return a new officer of this agency."""
    return make_person(Role.OFFICER, agency)


def make_document(holder: Agency, by: Person | None = None, **values: Any) -> Document:
    """Return a letter under review that this agency holds, without obligations."""
    number = next(_numbers)
    columns = {
        "number": str(2000 + number),
        "symbol": "UBND-NC",
        "kind": "công văn",
        "issuer": "Ủy ban nhân dân tỉnh Đông Sơn",
        "subject": "V/v bảo đảm an ninh mạng đối với hệ thống camera giám sát",
        "signed_on": date(2026, 11, 9),
        "signed_precision": DatePrecision.DAY,
        "text": LETTER,
        "file_name": f"cong-van-{number}.txt",
        **values,
    }
    return Document.objects.create(
        holder=holder,
        uploaded_by=by or officer_of(holder),
        received_at=AT,
        file_digest=hashlib.sha256(str(number).encode()).hexdigest(),
        file_size_bytes=1000,
        media_type="text/plain",
        **columns,
    )


def make_obligation(document: Document, action: str = "", **values: Any) -> Obligation:
    """Return a proposed obligation of the letter, due on 30/11/2026, read with certainty."""
    position = document.obligations.count() + 1
    action = action or f"Phổ biến Chỉ thị lần thứ {position}"
    start = document.text.find(action)
    columns = {
        "clause": f"1.{position}",
        "code": f"1.{position}/1",
        "leads": [{"text": "Các sở, ban, ngành", "kind": "so_ban_nganh"}],
        "deadline_operator": Operator.BEFORE,
        "deadline_on": date(2026, 12, 1),
        "last_day": date(2026, 11, 30),
        "deadline_text": "trước ngày 01 tháng 12 năm 2026",
        "confidence": 0.95,
        "spans": [[start, start + len(action)]] if start >= 0 else [],
        **values,
    }
    return Obligation.objects.create(document=document, position=position, action=action, **columns)


def make_confirmed(document: Document, action: str = "", **values: Any) -> Obligation:
    """Return an obligation that the letter's uploader has confirmed."""
    return make_obligation(
        document, action, state=ObligationState.CONFIRMED, confirmed_by=document.uploaded_by, confirmed_at=AT, **values
    )


def make_tracked(holder: Agency, obligations: int = 1, by: Person | None = None) -> Document:
    """Return a tracked letter with so many confirmed obligations."""
    document = make_document(holder, by, state=DocumentState.TRACKED)
    for _ in range(obligations):
        make_confirmed(document)
    return document


def make_assignment(obligation: Obligation, agency: Agency, **values: Any) -> Assignment:
    """Return an assignment with one period, not started, due with the obligation; values of either may be given."""
    by = obligation.document.uploaded_by
    of_period = {name: values.pop(name) for name in _OF_PERIOD if name in values}
    columns = {"part": Part.LEAD, "assigned_at": AT, **values}
    assignment = Assignment.objects.create(obligation=obligation, agency=agency, assigned_by=by, **columns)
    days = {"code": ONCE, "begins_on": ON, "due_on": obligation.last_day, **of_period}
    DuePeriod.objects.create(assignment=assignment, **days)
    return assignment


def make_period(obligation: Obligation, agency: Agency, **values: Any) -> DuePeriod:
    """Return the one period of a new assignment; values as for `make_assignment`."""
    period: DuePeriod = make_assignment(obligation, agency, **values).periods.get()
    return period


def signed_in(person: Person, **headers: str) -> Client:
    """Return a browser in which this person is signed in."""
    client = Client(headers=headers)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def sent_file(content: bytes, name: str) -> dict[str, SimpleUploadedFile]:
    """Return a letter as the form of the upload page sends it."""
    return {"file": SimpleUploadedFile(name, content)}
