"""How the invented province comes to be: agencies, people, letters, assignments, progress, one issued report."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from ancam.accounts import services as accounts
from ancam.accounts.models import Agency, Membership, Person, Role
from ancam.directives import services as directives
from ancam.directives.models import Document, DuePeriod, ObligationState
from ancam.papers import services as papers
from ancam.samples import LETTERS, sample_letter, sample_province
from ancam.web import clock

PROVINCE_LETTER, DIRECTIVE, COMMUNE_LETTER = LETTERS
# What the invented agencies have reported so far: percentage, words, and what the holder answered.
REPORTS = (
    (100, "Đã phổ biến tới toàn thể cán bộ, công chức; có danh sách xác nhận đã đọc kèm theo.", "accept"),
    (60, "Đã kiểm đếm xong, đang lập hồ sơ đề xuất cấp độ cho hai hệ thống còn lại.", ""),
    (100, "Đã hoàn thành theo văn bản.", "return"),
    (100, "Đã hoàn thành, gửi kèm biên bản và quyết định.", ""),
    (30, "Đã thành lập tổ công tác, đang thu thập thông tin các hệ thống.", ""),
)


def fill_province(password: str) -> list[Person]:
    """Fill an instance that has begun but has no agency; return its people. All of it is invented."""
    province = sample_province()
    agencies, people = _agencies_and_people(province, password)
    officer, leader = people["an.nguyen@dongson.example"], people["khoi.le@dongson.example"]
    letter = _receive(DIRECTIVE, agencies["ubnd-tinh"], officer)
    _track(letter, officer)
    letter = _receive(PROVINCE_LETTER, agencies["ubnd-tinh"], officer)
    _track(letter, officer)
    confirmed = list(letter.obligations.filter(state=ObligationState.CONFIRMED))
    directives.assign_as_suggested(document=letter, obligations=confirmed, by=officer, at=clock.now())
    _report(letter, leader)
    _issue_report(letter, officer, leader)
    _receive(COMMUNE_LETTER, agencies["xa-an-binh"], people["anh.ly@dongson.example"])
    return list(people.values())


def _agencies_and_people(province: dict[str, Any], password: str) -> tuple[dict[str, Agency], dict[str, Person]]:
    rows = {row["id"]: row for row in province["agencies"]}
    staff = list(province["people"])
    first = next(row for row in staff if row["role"] == Role.ADMINISTRATOR)
    root_id = next(row["id"] for row in rows.values() if row["parent"] is None)
    token = accounts.first_administrator_link(at=clock.now())
    administrator = accounts.register_instance(
        token=str(token),
        agency=_facts(rows[root_id]),
        administrator=accounts.PersonFacts(first["name"], first["email"]),
        password=password,
        at=clock.now(),
    )
    agencies = {root_id: administrator.current_memberships[0].agency}
    for identity, row in rows.items():
        if identity != root_id:
            parent = agencies[row["parent"]]
            agencies[identity] = accounts.add_agency(parent=parent, facts=_facts(row), by=administrator, at=clock.now())
    people = {first["email"]: administrator}
    for row in staff:
        if row is not first:
            people[row["email"]] = _person(row, agencies[row["agency"]], administrator, password)
    return agencies, people


def _facts(row: dict[str, Any]) -> accounts.AgencyFacts:
    return accounts.AgencyFacts(row["name"], row["kind"], row["tier"], row["place"], row["symbol"])


def _person(row: dict[str, Any], agency: Agency, administrator: Person, password: str) -> Person:
    facts = accounts.PersonFacts(row["name"], row["email"])
    _, token = accounts.add_person(facts=facts, agency=agency, role=Role(row["role"]), by=administrator, at=clock.now())
    return accounts.set_first_password(token=token, password=password, at=clock.now())


def _receive(name: str, holder: Agency, by: Person) -> Document:
    file = directives.ReceivedFile(name, sample_letter(name))
    return directives.receive_document(file=file, agency=holder, by=by, at=clock.now())


def _track(document: Document, by: Person) -> None:
    """Confirm everything that was read, as an officer who agrees with it would, and end the review."""
    for obligation in document.obligations.filter(state=ObligationState.PROPOSED):
        directives.confirm_obligation(obligation=obligation, by=by, at=clock.now())
    for anomaly in list(document.anomalies):
        directives.settle_anomaly(document=document, code=anomaly["code"], by=by, at=clock.now())
    directives.finish_review(document=document, by=by, at=clock.now())
    document.refresh_from_db()


def _report(document: Document, leader: Person) -> None:
    """Let the agencies that have an officer report on their first duties, and the holder answer."""
    for membership in Membership.objects.filter(role=Role.OFFICER).exclude(agency=document.holder):
        mine = DuePeriod.objects.filter(
            assignment__agency=membership.agency, assignment__obligation__document=document
        ).order_by("assignment__obligation__position")
        for period, (percentage, text, answer) in zip(mine, REPORTS, strict=False):
            report = directives.submit_progress(
                period=period,
                facts=directives.ProgressFacts(percentage, text),
                files=[directives.Attachment("danh-sach-xac-nhan.txt", "Danh sách giả định.\n".encode())],
                by=membership.person,
                at=clock.now(),
            )
            if answer == "accept":
                directives.accept_progress(report=report, by=leader, at=clock.now())
            if answer == "return":
                reason = "Chưa có quyết định phê duyệt kèm theo; đề nghị bổ sung."
                directives.return_progress(report=report, reason=reason, by=leader, at=clock.now())


def _issue_report(document: Document, officer: Person, leader: Person) -> None:
    """Let one report go all the way, and another wait for the leader."""
    today = clock.today()
    facts = directives.ReportFacts(
        period_from=today.replace(day=1) - timedelta(days=30),
        period_to=today,
        symbol="BC-UBND",
        signer_role="TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
        signer_name=leader.full_name,
    )
    now, agency = clock.now(), document.holder
    paper = directives.draft_report_paper(document=document, agency=agency, facts=facts, by=officer, at=now)
    papers.submit_paper(paper=paper, by=officer, at=now)
    papers.approve_paper(paper=paper, seen=paper.file_digest, by=leader, at=now)
    papers.issue_paper(paper=paper, number=17, issued_on=today, by=officer, at=now)
    next_facts = replace(facts, recommendations="Đề nghị bố trí kinh phí kiểm định camera trong năm tới.")
    waiting = directives.draft_report_paper(document=document, agency=agency, facts=next_facts, by=officer, at=now)
    papers.submit_paper(paper=waiting, by=officer, at=now)
