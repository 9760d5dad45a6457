"""The holder drafts official papers on a letter's duties; they say what the periods say and go the way of papers."""

import io
from datetime import date, timedelta

import docx
import pytest
import time_machine
from django.urls import reverse

from ancam.accounts.models import Role
from ancam.accounts.tests.factories import make_person
from ancam.directives.errors import FieldRequired, NotTracked, PeriodNotOver
from ancam.directives.models import DuePeriod, PeriodState
from ancam.directives.services import LETTER_KINDS, LetterFacts, draft_letter_paper, letter_facts_of
from ancam.directives.services.letter_papers import COLLECTED, LETTER_WRITERS, URGING
from ancam.directives.tests.factories import AT, ON, make_document, make_period, make_tracked, signed_in
from ancam.engines.drafting.errors import PaperRefused
from ancam.papers.models import Paper
from ancam.papers.services import approve_paper, submit_paper
from ancam.web.replies import Forbidden

pytestmark = pytest.mark.usefixtures("on_that_day")
LATE = ON - timedelta(days=5)
ENTERED = {
    "symbol": "UBND-KGVX",
    "signer_role": "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH",
    "signer_name": "Lê Minh Khôi",
    "report_to": "Sở Khoa học và Công nghệ",
    "finish_by": "30/11/2026",
    "period_from": "01/11/2026",
    "period_to": "20/11/2026",
    "form": "official_letter",
}
FACTS = LetterFacts(
    symbol="UBND-KGVX",
    signer_role="CHỦ TỊCH",
    signer_name="Lê Minh Khôi",
    report_to="Sở Khoa học và Công nghệ",
    finish_by=date(2026, 11, 30),
    period_from=date(2026, 11, 1),
    period_to=ON,
)


@pytest.fixture
def on_that_day():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def document(province, commune, other_commune, holder):
    """A letter with a duty that one commune is late with and another has done."""
    made = make_tracked(province, 1, by=holder)
    duty = made.obligations.get()
    make_period(duty, commune, due_on=LATE)
    make_period(duty, other_commune, due_on=LATE, state=PeriodState.ACCEPTED, done_on=LATE)
    return made


def address(document, kind):
    return reverse("document_letter", args=[document.pk, kind])


def words_of(content: bytes) -> str:
    read = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in read.paragraphs), *cells]).replace("\u00a0", " ")


@pytest.mark.parametrize("kind", list(LETTER_KINDS))
def test_each_kind_is_previewed_kept_as_a_draft_and_drafted_anew(office, document, kind):
    assert office.get(address(document, kind)).status_code == 200
    preview = office.post(address(document, kind), {**ENTERED, "draft": ""})
    kept = office.post(address(document, kind), {**ENTERED, "save": ""})

    paper = Paper.objects.get()
    assert "DỰ THẢO" in words_of(preview.content).upper()
    assert kept["Location"] == reverse("paper", args=[paper.pk])
    again = f"{address(document, kind)}?paper={paper.pk}"
    assert "Lê Minh Khôi" in office.get(again).content.decode()
    assert office.post(again, {**ENTERED, "signer_name": "Trần Thị Bình", "save": ""}).status_code == 302
    paper.refresh_from_db()
    assert letter_facts_of(paper).signer_name == "Trần Thị Bình"


def test_the_urging_letter_names_who_is_late_alone(office, document, commune, other_commune):
    sent = words_of(office.post(address(document, "don-doc"), {**ENTERED, "draft": ""}).content)

    assert commune.name in sent and other_commune.name not in sent


def test_the_collected_report_names_who_is_missing(office, document, commune, other_commune):
    sent = words_of(office.post(address(document, "tong-hop-cap-duoi"), {**ENTERED, "draft": ""}).content)

    assert commune.name in sent and other_commune.name in sent


@pytest.mark.parametrize("writer", LETTER_WRITERS, ids=lambda writer: writer.template)
def test_what_was_frozen_is_written_again_with_number_and_day(document, holder, writer):
    kind = next(one for one in LETTER_KINDS.values() if one.template == writer.template)
    paper = draft_letter_paper(kind=kind, document=document, facts=FACTS, by=holder, at=AT)

    issued = writer.write(paper.inputs, 7, ON)

    assert "07" in words_of(issued) and "DỰ THẢO" not in words_of(issued).upper()
    assert writer.write(paper.inputs, None, None) == writer.write(paper.inputs, None, None)


def test_a_letter_is_not_issued_on_a_day_after_that_by_which_it_asks_and_says_what_to_do(document, province, holder):
    paper = draft_letter_paper(kind=URGING, document=document, facts=FACTS, by=holder, at=AT)
    paper = submit_paper(paper=paper, by=holder, at=AT)
    paper = approve_paper(paper=paper, seen=paper.file_digest, by=make_person(Role.LEADER, province), at=AT)
    address = reverse("paper_issue", args=[paper.pk])

    with time_machine.travel(AT + timedelta(days=11), tick=False):
        office = signed_in(holder)
        late = office.post(address, {"number": "1", "issued_on": "01/12/2026"})
        in_time = office.post(address, {"number": "1", "issued_on": "29/11/2026"})

    assert late.status_code == 422 and "ngày đề nghị hoàn thành là ngày 30/11/2026" in late.content.decode()
    assert "lập lại dự thảo" in late.content.decode() and 'name="issued_on"' in late.content.decode()
    assert in_time.status_code == 302


def test_a_paper_tells_when_the_periods_have_moved_on(document, holder):
    paper = draft_letter_paper(kind=URGING, document=document, facts=FACTS, by=holder, at=AT)
    writer = next(one for one in LETTER_WRITERS if one.template == paper.template)
    before = writer.renew(paper, holder)

    DuePeriod.objects.filter(state=PeriodState.NOT_STARTED).update(state=PeriodState.RETURNED)

    assert before == paper.inputs
    assert writer.renew(paper, holder) != paper.inputs


@pytest.mark.parametrize(
    ("kind", "wrong", "refusal"),
    [
        (URGING, {"finish_by": None}, FieldRequired),
        (URGING, {"report_to": " "}, FieldRequired),
        (URGING, {"finish_by": ON - timedelta(days=1)}, PaperRefused),
        (URGING, {"signer_name": ""}, FieldRequired),
        (COLLECTED, {"period_to": ON + timedelta(days=1)}, PeriodNotOver),
        (COLLECTED, {"period_from": ON, "period_to": LATE}, PaperRefused),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_kept(document, holder, kind, wrong, refusal):
    values = {name: getattr(FACTS, name) for name in FACTS.__slots__}

    with pytest.raises(refusal):
        draft_letter_paper(kind=kind, document=document, facts=LetterFacts(**{**values, **wrong}), by=holder, at=AT)

    assert not Paper.objects.exists()


def test_a_refusal_stands_beside_its_field(office, document):
    reply = office.post(address(document, "don-doc"), {**ENTERED, "finish_by": "31/2/2026", "save": ""})

    assert reply.status_code == 422 and "Ngày này không có" in reply.content.decode()


def test_a_letter_under_review_gives_no_paper(province, holder):
    in_review = make_document(province, holder)

    with pytest.raises(NotTracked):
        draft_letter_paper(kind=URGING, document=in_review, facts=FACTS, by=holder, at=AT)


def test_only_the_holder_drafts_and_only_known_kinds(office, document, assignee):
    assert signed_in(assignee).get(address(document, "don-doc")).status_code == 403
    assert office.get(address(document, "thu-moi")).status_code == 404
    with pytest.raises(Forbidden):
        draft_letter_paper(kind=URGING, document=document, facts=FACTS, by=assignee, at=AT)


def test_a_paper_of_another_kind_is_not_drafted_anew_as_this(office, document, holder):
    paper = draft_letter_paper(kind=URGING, document=document, facts=FACTS, by=holder, at=AT)

    assert office.get(f"{address(document, 'phan-cong')}?paper={paper.pk}").status_code == 404
