"""The standing cast, and a world in which every row that must stay unseen carries a word of its own.

The tree: the province (root) over Sở Một, xã Hai and xã Ba. Sở Một holds a letter and has two units below it, each
with an assignment of that letter. Xã Hai is nobody's concern but its own.
"""

from dataclasses import dataclass
from datetime import date

from ancam.accounts.models import (
    Agency,
    Delegation,
    Departure,
    ImportBatch,
    ImportKind,
    Person,
    PlaceAlias,
    Reorganisation,
    Role,
    Tier,
)
from ancam.accounts.services import (
    DelegationFacts,
    DepartureFacts,
    ReorganisationFacts,
    add_predecessor,
    add_successor,
    delegate,
    plan_departure,
    propose_reorganisation,
    receive_import,
    request_check,
)
from ancam.accounts.tests.factories import make_agency, make_person, make_root
from ancam.audit.checks import continue_check
from ancam.audit.models import LedgerCheck
from ancam.directives.models import (
    Assignment,
    Document,
    DocumentState,
    DuePeriod,
    ExampleField,
    Extension,
    GivingRun,
    Obligation,
    OfflineReturn,
    ProgressReport,
    ReadingExample,
    ReadingRun,
    ScopeQuestion,
    Verdict,
)
from ancam.directives.services import (
    Attachment,
    BelowFacts,
    ProgressFacts,
    ask_extension,
    ask_scope,
    give_below,
    issue_offline,
    load_reference,
    receive_offline,
    submit_progress,
    transfer_assignment,
)
from ancam.directives.tests.factories import make_assignment, make_confirmed, make_document, make_obligation
from ancam.notifications.models import Notice, NoticeKind
from ancam.notifications.services import Told, open_calendar, tell
from ancam.papers.models import Paper, RegisterEntry, SignedCopy
from ancam.papers.services import attach_signed_copy, hold_numbers
from ancam.papers.tests.factories import make_draft, make_issued
from ancam.web import clock, jobs


@dataclass
class World:
    """People by their part in the cast; rows by name; for each marking word, who may read it."""

    people: dict[str, Person]
    holder: Agency
    unit: Agency
    sibling: Agency
    document: Document
    under_review: Document
    obligations: list[Obligation]
    assignments: list[Assignment]
    extensions: list[Extension]
    questions: list[ScopeQuestion]
    giving_run: GivingRun
    reading_run: ReadingRun
    reports: list[ProgressReport]
    returned: OfflineReturn
    paper: Paper
    draft: Paper
    held_number: RegisterEntry
    signed_copy: SignedCopy
    check: LedgerCheck
    alias: PlaceAlias
    delegation: Delegation
    departure: Departure
    reorganisation: Reorganisation
    batch: ImportBatch
    notice: Notice
    calendar_token: str
    readers_of: dict[str, frozenset[str]]


SCAN = b"\x89PNG\r\n\x1a\n a scan that says KinBanquet"
LATER = date(2099, 12, 31)
HOLDERS_SIDE = frozenset({"owner", "leader", "appraiser", "auditor", "administrator"})
EVERYONE_BUT_OUTSIDERS = HOLDERS_SIDE | {"subordinate"}


def make_world() -> World:
    """Build the world. Words beginning with `Kín` mark what outsiders must never read."""
    root = make_root("Ủy ban nhân dân tỉnh Đông Sơn")
    load_reference(at=clock.now())
    jobs.beat("a worker", clock.now())
    holder = make_agency(root, "Sở KínMột", tier=Tier.PROVINCE, kind="so_khcn")
    unit = make_agency(holder, "Trung tâm KínHai", tier=Tier.INTERNAL, kind="tt_thuoc_so")
    sibling = make_agency(holder, "Trung tâm KínBa", tier=Tier.INTERNAL, kind="tt_thuoc_so")
    elsewhere = make_agency(root, "Ủy ban nhân dân xã Bốn")
    people = {
        "owner": make_person(Role.OFFICER, holder, name="Lê KínChủ"),
        "leader": make_person(Role.LEADER, holder, name="Lê KínLãnhđạo"),
        "subordinate": make_person(Role.OFFICER, unit, name="Trần KínDưới"),
        "appraiser": make_person(Role.APPRAISER, root, name="Phạm Thẩm Định"),
        "auditor": make_person(Role.AUDITOR, root, name="Ngô Kiểm Tra"),
        "administrator": make_person(Role.ADMINISTRATOR, root, name="Trịnh Quản Trị"),
        "outsider": make_person(Role.OFFICER, elsewhere, name="Cao Xã Khác"),
        "outside_auditor": make_person(Role.AUDITOR, elsewhere, name="Hồ Kiểm Xã"),
    }
    sibling_officer = make_person(Role.OFFICER, sibling, name="Vũ KínCạnh")
    document = make_document(
        holder, people["owner"], subject="V/v KínVănbản", state=DocumentState.TRACKED, file_name="KínTệp.txt"
    )
    under_review = make_document(holder, people["owner"], subject="V/v KínRàsoát")
    proposed = make_obligation(under_review, "KínĐềxuất việc chưa xác nhận")
    ReadingExample.objects.create(
        obligation=proposed,
        field=ExampleField.LEADS,
        verdict=Verdict.CONFIRMED,
        passage="KínVídụ của câu",
        read=[],
        said=[],
        confidence=0.7,
        by=people["owner"],
        at=clock.now(),
    )
    mine = make_confirmed(document, "KínNhiệmvụ của trung tâm hai")
    other = make_confirmed(document, "KínViệckhác của trung tâm ba")
    assignments = [make_assignment(mine, unit), make_assignment(other, sibling)]
    reports = [
        _report(assignments[0].periods.get(), people["subordinate"], "KínTiếnđộ hai", "KínMinhchứng-hai.txt"),
        _report(assignments[1].periods.get(), sibling_officer, "KínTiếnđộ ba", "KínMinhchứng-ba.txt"),
    ]
    extensions = [
        _more_time(assignments[0].periods.get(), people["subordinate"], "KínGiahạn hai"),
        _more_time(assignments[1].periods.get(), sibling_officer, "KínGiahạn ba"),
    ]
    told = {"inputs": {"says": "KinNoidung"}, "symbol": "BC-SKHCN"}
    paper = make_issued(holder, people["owner"], people["leader"], title="KínBáocáo kỳ này", **told)
    draft = make_draft(holder, people["owner"], title="KínDựthảo kỳ sau", **told)
    scan = attach_signed_copy(paper=paper, name="KínBảnquét.png", data=SCAN, by=people["owner"], at=clock.now())
    held = _number_given_elsewhere(holder, people["owner"])
    questions = [
        ask_scope(assignment=assignments[0], text="KínHỏi hai", by=people["subordinate"], at=clock.now()),
        ask_scope(assignment=assignments[1], text="KínHỏi ba", by=sibling_officer, at=clock.now()),
    ]
    assignments += [
        _part(assignments[0], "Tổ KínTổhai", "KínPhầnviệc hai", people["subordinate"]),
        _part(assignments[1], "Tổ KínTổba", "KínPhầnviệc ba", sibling_officer),
    ]
    moved = make_assignment(make_confirmed(document, "KínChuyểngiao việc"), sibling)
    assignments += [moved, _moved(moved, make_agency(holder, "Trung tâm KínNhậnviệc"), people["owner"])]
    giving_run = GivingRun.objects.create(document=document, rows=[], total=0, by=people["owner"], begun_at=clock.now())
    reading_run = ReadingRun.objects.create(
        agency=holder, by=people["owner"], file_name="KínBảnchờ.png", pages=3, begun_at=clock.now()
    )
    readers_of = {
        "KínVănbản": EVERYONE_BUT_OUTSIDERS,
        "KínNhiệmvụ": EVERYONE_BUT_OUTSIDERS,
        "KínTiếnđộ hai": EVERYONE_BUT_OUTSIDERS,
        "KínMinhchứng-hai": EVERYONE_BUT_OUTSIDERS,
        "KínHai": EVERYONE_BUT_OUTSIDERS,
        "KínDưới": EVERYONE_BUT_OUTSIDERS,
        "KínMột": EVERYONE_BUT_OUTSIDERS,
        "KínTêngọi": EVERYONE_BUT_OUTSIDERS,
        "KínGiahạn hai": EVERYONE_BUT_OUTSIDERS,
        "KínHỏi hai": EVERYONE_BUT_OUTSIDERS,
        "KínPhầnviệc hai": EVERYONE_BUT_OUTSIDERS,
        "KínTổhai": EVERYONE_BUT_OUTSIDERS,
        "KínHỏi ba": HOLDERS_SIDE,
        "KínPhầnviệc ba": HOLDERS_SIDE,
        "KínTổba": HOLDERS_SIDE,
        "KínChuyểngiao": HOLDERS_SIDE,
        "KínNhậnviệc": HOLDERS_SIDE,
        "KínLýdochuyển": HOLDERS_SIDE,
        "KínGiahạn ba": HOLDERS_SIDE,
        "KínBa": HOLDERS_SIDE,
        "KínNgườiký": HOLDERS_SIDE,
        "KínCạnh": HOLDERS_SIDE,
        "KínViệckhác": HOLDERS_SIDE,
        "KínTiếnđộ ba": HOLDERS_SIDE,
        "KínMinhchứng-ba": HOLDERS_SIDE,
        "KínRàsoát": HOLDERS_SIDE,
        "KínĐềxuất": HOLDERS_SIDE,
        "KínBảnchờ": HOLDERS_SIDE,
        "KínVídụ": frozenset({"administrator"}),
        "KínBáocáo": HOLDERS_SIDE,
        "KínDựthảo": HOLDERS_SIDE - {"appraiser"},
        "KínSổgiấy": HOLDERS_SIDE,
        "KínBảnquét": HOLDERS_SIDE,
        "KinBanquet": HOLDERS_SIDE,
        "KinNoidung": HOLDERS_SIDE,
        "KínKiểmsổ": HOLDERS_SIDE,
        "KínỦyquyền": HOLDERS_SIDE,
        "KínLàmthay": HOLDERS_SIDE,
        "KínSắpxếp": HOLDERS_SIDE,
        "KínQuảntrị": HOLDERS_SIDE,
        "KínRờicơquan": HOLDERS_SIDE,
        "KínNghỉhưu": HOLDERS_SIDE,
        "KínDanhsách": frozenset({"administrator", "auditor"}),
        "KínDòngmới": frozenset({"administrator", "auditor"}),
        "KínThôngbáo": frozenset({"administrator"}),
    }
    obligations = [mine, other, proposed]
    check = request_check(by=make_person(Role.AUDITOR, holder, name="Đỗ KínKiểmsổ"), at=clock.now())
    continue_check(check.pk)
    alias = PlaceAlias.objects.create(agency=holder, name="KínTêngọi cũ", place_code="19363", added_at=clock.now())
    delegation = _delegated(
        make_person(Role.LEADER, holder, name="Bạch KínỦyquyền"), make_person(Role.READER, holder, name="Tô KínLàmthay")
    )
    batch = receive_import(
        kind=ImportKind.AGENCIES,
        file_name="KínDanhsách.csv",
        data="Tên cơ quan;Trực thuộc\nKínDòngmới;Không có\n".encode(),
        by=make_person(Role.ADMINISTRATOR, holder, name="Đinh KínQuảntrị"),
        at=clock.now(),
    )
    return World(
        people=people,
        holder=holder,
        unit=unit,
        sibling=sibling,
        document=document,
        under_review=under_review,
        obligations=obligations,
        assignments=assignments,
        reports=reports,
        extensions=extensions,
        questions=questions,
        giving_run=giving_run,
        reading_run=reading_run,
        returned=_sent_back(holder, sibling, people["owner"]),
        paper=paper,
        draft=draft,
        held_number=held,
        signed_copy=scan,
        check=check,
        alias=alias,
        delegation=delegation,
        departure=_leaving(holder),
        reorganisation=_planned(holder, sibling, unit),
        batch=batch,
        notice=_told(people["administrator"]),
        calendar_token=open_calendar(person=people["subordinate"], at=clock.now()),
        readers_of=readers_of,
    )


def _number_given_elsewhere(agency: Agency, by: Person) -> RegisterEntry:
    facts = {"symbol": "BC-SKHCN", "year": 2026, "first": 6, "last": 6, "dated_on": None, "reason": "KínSổgiấy"}
    hold_numbers(agency=agency, **facts, by=by, at=clock.now())
    return RegisterEntry.objects.get(reason="KínSổgiấy")


def _delegated(giver: Person, stand_in: Person) -> Delegation:
    facts = DelegationFacts(stand_in, clock.today(), clock.today())
    return delegate(membership=giver.memberships.get(), facts=facts, by=giver, at=clock.now())


def _leaving(agency: Agency) -> Departure:
    leaver, by = make_person(Role.READER, agency, name="Hà KínRờicơquan"), make_person(Role.ADMINISTRATOR, agency)
    facts = DepartureFacts(clock.today(), "KínNghỉhưu")
    handovers = {leaver.memberships.get(): None}
    return plan_departure(person=leaver, facts=facts, handovers=handovers, by=by, at=clock.now())


def _planned(owner: Agency, old: Agency, new: Agency) -> Reorganisation:
    by, at = make_person(Role.ADMINISTRATOR, owner, name="Mạc KínQuảntrị"), clock.now()
    facts = ReorganisationFacts("KínSắpxếp các trung tâm", date(2027, 1, 1))
    made = propose_reorganisation(owner=owner, facts=facts, by=by, at=at)
    add_predecessor(reorganisation=made, agency=old, by=by, at=at)
    add_successor(reorganisation=made, agency=new, by=by, at=at)
    return made


def _part(assignment: Assignment, unit: str, words: str, by: Person) -> Assignment:
    agency = make_agency(assignment.agency, unit, tier=Tier.INTERNAL, kind="don_vi_noi_bo_khac")
    facts = BelowFacts(words=words)
    [made] = give_below(assignment=assignment, agencies=[agency], facts=facts, by=by, at=clock.now())
    return made


def _moved(assignment: Assignment, agency: Agency, by: Person) -> Assignment:
    at, facts = clock.now(), {"moved_on": clock.today(), "reason": "KínLýdochuyển"}
    return transfer_assignment(assignment=assignment, agency=agency, **facts, by=by, at=at)


def _more_time(period: DuePeriod, by: Person, reason: str) -> Extension:
    return ask_extension(period=period, wanted_to=LATER, reason=reason, by=by, at=clock.now())


def _told(person: Person) -> Notice:
    told = Told("cast:1", NoticeKind.WAITING, "/", lambda: ("KínThôngbáo có việc chờ", ""))
    tell([(person, told)], clock.now())
    return person.notices.get()


def _report(period: DuePeriod, by: Person, text: str, file_name: str) -> ProgressReport:
    facts, files = ProgressFacts(60, text), [Attachment(file_name, text.encode())]
    return submit_progress(period=period, facts=facts, files=files, by=by, at=clock.now())


def _sent_back(holder: Agency, agency: Agency, by: Person) -> OfflineReturn:
    """Return the workbook of an agency without an account, sent back as it was issued."""
    at, until = clock.now(), clock.today()
    issued = issue_offline(holder=holder, agency=agency, expires_on=until, by=by, at=at)
    facts = {"file_name": "KínTệpgửilại.xlsx", "data": issued.content, "signed_by": "KínNgườiký"}
    return receive_offline(workbook=issued.workbook, **facts, by=by, at=at)
