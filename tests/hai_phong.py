"""What a person makes of the letter of Hải Phòng, whose scan is spoilt: its tasks, once each, as its paper says them.

The letter says most tasks twice, in its body and in the table of its appendix. They are joined here by hand; where the
scan has lost who leads or how often, the person reads the paper. The wordings of the tasks are our own.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pytest

from ancam.accounts.models import Person
from ancam.directives.errors import MergeRefused
from ancam.directives.models import Cadence, Document, DutyKind, Obligation, ObligationState, Operator
from ancam.directives.services import (
    ObligationFacts,
    confirm_all_certain,
    edit_obligation,
    merge_obligations,
)

OFFICES = ("Các sở, ban, ngành", "Ủy ban nhân dân các quận, huyện")
INFORMATION = ("Sở Thông tin và Truyền thông",)
POLICE = ("Công an thành phố",)
FINANCE = ("Sở Tài chính", "Sở Kế hoạch và Đầu tư")
CUSTOMS = ("Cục Hải quan",)
TRADE = ("Sở Công Thương",)
TELECOM = ("Các doanh nghiệp viễn thông, internet",)
PRESS = ("Các cơ quan báo chí của thành phố",)
ALL = ("Các cơ quan, đơn vị",)

BODY_SAYS, APPENDIX_SAYS = "1.-1/2", "PL.1.3/1"
"""The two statements of one task whose days differ: August in the body, September in the appendix."""
SETTLED_ON = date(2023, 9, 30)
"""The day that counts, as the issuer answered when asked: the appendix's."""


@dataclass(frozen=True)
class Task:
    """A task by the codes of the statements that say it; who leads it, and how often or until when it is due."""

    parts: tuple[str, ...]
    what: str
    kind: DutyKind
    leads: tuple[str, ...]
    cadence: Cadence = Cadence.NONE
    within: date | None = None

    @property
    def name(self) -> str:
        """Return what the test calls the task: by its row in the appendix, else by its place in the body."""
        row = next((part for part in self.parts if part.startswith("PL.")), None)
        return f"003/{row.partition('/')[0] if row else self.parts[0]}"

    @property
    def is_for_all(self) -> bool:
        """Tell whether every department and district has the task."""
        return self.leads == OFFICES


AUGUST, SEPTEMBER = date(2023, 8, 31), date(2023, 9, 30)
STATED_DAYS = {
    **{BODY_SAYS: AUGUST, APPENDIX_SAYS: SEPTEMBER, "2.-2/3": SEPTEMBER},
    **dict.fromkeys(("PL.1.1/1", "PL.3/1", "PL.4/1"), AUGUST),
}
"""The last day of each statement whose own words name a month."""

K, YEARLY, MONTHLY = DutyKind, Cadence.YEARLY, Cadence.MONTHLY

TASKS = (
    Task(("1.-1/1", "PL.1.1/1"), "Xác định cấp độ", K.CLASSIFY, OFFICES, within=AUGUST),
    Task(("2.-2/2", "PL.1.2/1"), "Phê duyệt cấp độ", K.APPROVE, INFORMATION),
    Task((BODY_SAYS, APPENDIX_SAYS), "Triển khai biện pháp bảo vệ", K.IMPLEMENT_CONTROLS, OFFICES, within=SETTLED_ON),
    Task(
        ("1.-2/1", "1.-2/2", "1.-3/1", "PL.2/1"), "Đánh giá camera", K.PERIODIC_ASSESSMENT, OFFICES, Cadence.CONTINUOUS
    ),
    Task(("1.-4/1", "1.-4/2", "PL.3/1"), "Bố trí kinh phí", K.RESOURCES, OFFICES, within=AUGUST),
    Task(("1.-5/1", "PL.4/1"), "Sửa quy chế", K.REGULATION, OFFICES, within=AUGUST),
    Task(("1.-6/1", "PL.5/1"), "Áp dụng quy chuẩn", K.APPLY_QCVN, OFFICES),
    Task(("2.-1/1", "2.-1/2", "PL.6/1"), "Đôn đốc, báo cáo chung", K.SUPERVISE_REPORT, INFORMATION, YEARLY),
    Task(("PL.7/1",), "Hướng dẫn việc tuyên truyền", K.GUIDE, INFORMATION, YEARLY),
    Task(("2.-3/1", "PL.8/1"), "Hướng dẫn về quy chuẩn", K.GUIDE, INFORMATION, YEARLY),
    Task(("2.-2/1",), "Hướng dẫn về cấp độ", K.GUIDE, INFORMATION),
    Task(("2.-2/3",), "Báo cáo về cấp độ", K.SUPERVISE_REPORT, INFORMATION, within=SEPTEMBER),
    Task(("3/1", "PL.9/1"), "Phòng ngừa, xử lý", K.POLICE_PREVENT, POLICE, YEARLY),
    # Its time is lost in the scan.
    Task(("PL.10/1",), "Đánh giá an ninh", K.POLICE_ASSESS, POLICE, YEARLY),
    Task(("PL.11/1",), "Quản lý camera an ninh trật tự", K.POLICE_CAMERA_MGMT, POLICE, YEARLY),
    Task(("PL.12/1",), "Bảo đảm kinh phí chung", K.RESOURCES, FINANCE, YEARLY),
    Task(("PL.13/1",), "Kiểm soát nhập khẩu", K.CUSTOMS_CONTROL, CUSTOMS, YEARLY),
    Task(("4/1", "PL.14/1"), "Kiểm tra kinh doanh", K.MARKET_CONTROL, TRADE, YEARLY),
    # Its time is lost, and that of row 19.
    Task(("PL.15/1",), "Tự kiểm tra camera đã cung cấp", K.TELECOM_CHECK, TELECOM, MONTHLY),
    Task(("5/1", "PL.16/1"), "Thông báo cho thuê bao", K.TELECOM_NOTIFY, TELECOM, MONTHLY),
    Task(("PL.17/1",), "Phối hợp ngăn chặn camera", K.TELECOM_COORDINATE, TELECOM, MONTHLY),
    Task(("5/2", "PL.18/1"), "Phối hợp xử lý vi phạm", K.TELECOM_COORDINATE, TELECOM, MONTHLY),
    Task(("PL.19/1",), "Tuyên truyền theo đề án", K.PRESS, PRESS, MONTHLY),
    Task(("6/1", "PL.20/1"), "Tăng thời lượng tin bài", K.PRESS, PRESS, MONTHLY),
    Task(("kết/1",), "Gửi khó khăn, vướng mắc", K.REPORT_DIFFICULTY, ALL),
)


def check_reading(document: Document) -> None:
    """Check that the number was read, the day was not guessed, each statement is there, and no other day than theirs.

    The statements are 20 of the numbered points, the closing line and the 22 rows of the appendix.
    """
    assert (document.number, document.signed_on) == ("944", None)
    assert {"blank_day", "ocr_noise"} <= {anomaly["code"] for anomaly in document.anomalies}
    read = {one.code: one for one in document.obligations.all()}
    assert sorted(read) == sorted(part for task in TASKS for part in task.parts)
    assert {code: one.last_day for code, one in read.items() if one.last_day} == STATED_DAYS
    flagged = {code for code, one in read.items() if "conflict_within" in one.anomaly_codes}
    assert flagged == {BODY_SAYS, APPENDIX_SAYS}


def entered_tasks(document: Document, by: Person, at: datetime) -> dict[str, Obligation]:
    """Return the confirmed obligations by the names of the tasks: what is sure at once, the rest one by one."""
    confirm_all_certain(document=document, by=by, at=at)
    certain = document.obligations.filter(state=ObligationState.CONFIRMED)
    assert not [one.code for one in certain if one.location == "appendix" or one.code == BODY_SAYS]
    _settle_conflict(document, by, at)
    # What the body calls periodic the appendix asks for all the time.
    periodic = document.obligations.get(code="1.-2/2")
    _enter(periodic, replace(_as_read(periodic), cadence=Cadence.CONTINUOUS), by, at)
    return {task.name: _entered(document, task, by, at) for task in TASKS}


def _settle_conflict(document: Document, by: Person, at: datetime) -> None:
    """Check that the two are not made one as long as their days differ, and enter the day that counts."""
    both = [document.obligations.get(code=code) for code in (BODY_SAYS, APPENDIX_SAYS)]
    with pytest.raises(MergeRefused):
        merge_obligations(document=document, obligations=both, by=by, at=at)
    settled = replace(_as_read(both[0]), deadline_operator=Operator.WITHIN, deadline_on=SETTLED_ON)
    _enter(both[0], settled, by, at)


def _entered(document: Document, task: Task, by: Person, at: datetime) -> Obligation:
    parts = list(document.obligations.filter(code__in=task.parts))
    whole = parts[0]
    if len(parts) > 1:
        whole = merge_obligations(document=document, obligations=parts, by=by, at=at)
    said = replace(_as_read(whole), action=task.what, kind=task.kind, leads=task.leads, cadence=task.cadence)
    operator = Operator.WITHIN if task.within else Operator.NONE
    if whole.relative_days is None:
        said = replace(said, deadline_operator=operator, deadline_on=task.within)
    return _enter(whole, said, by, at)


def _as_read(one: Obligation) -> ObligationFacts:
    facts: dict[str, Any] = {
        name: getattr(one, name)
        for name in ("action", "clause", "deadline_on", "deadline_text", "condition", "report_to")
    }
    return ObligationFacts(
        **facts,
        kind=DutyKind(one.kind),
        leads=one.lead_names,
        supports=one.support_names,
        deadline_operator=Operator(one.deadline_operator),
        cadence=Cadence(one.cadence),
    )


def _enter(one: Obligation, facts: ObligationFacts, by: Person, at: datetime) -> Obligation:
    return edit_obligation(obligation=one, facts=facts, version=one.version, confirm=True, by=by, at=at)
