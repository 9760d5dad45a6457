"""Workbooks for agencies without an account: issued, filled in as in a spreadsheet, sent back, applied once."""

import io
import shutil
import subprocess
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ancam.accounts.models import Role
from ancam.accounts.tests.factories import make_person
from ancam.audit.models import Entry
from ancam.directives import offline_sheets, selectors, services
from ancam.directives.errors import (
    FieldRequired,
    NothingToFillIn,
    OfflineDayRefused,
    OfflineOutcomesMoved,
    OfflineRowMoved,
    OfflineTokenRefused,
    TooManyWorkbooks,
    WrongState,
)
from ancam.directives.figure_rules import Figure
from ancam.directives.models import OfflineReturn, OfflineWorkbook, Part, PeriodState, ProgressReport, ReturnState
from ancam.directives.offline_rules import Verdict
from ancam.directives.services import (
    ProgressFacts,
    apply_offline,
    issue_offline,
    issue_offline_to_many,
    leave_offline,
    offline,
    outcomes_digest,
    outcomes_of,
    receive_offline,
    revoke_offline,
    set_figures,
    submit_progress,
)
from ancam.directives.tests.factories import AT, ON, make_confirmed, make_period, make_tracked, signed_in
from ancam.engines.tables.errors import FormulaFound, NotATable, TableRefused, TooManyRows
from ancam.kit.file_names import RunnableName
from ancam.web.replies import Forbidden

UNTIL = ON + timedelta(days=30)
SIGNER = "Trần Văn Bình, Chủ tịch UBND xã An Bình"
XLSX = "phieu.xlsx"
FILLED = {"Tỷ lệ hoàn thành (%)": 40, "Kết quả": "Đã phổ biến tới 8/10 thôn"}


@pytest.fixture(autouse=True)
def on_that_day():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def issued(province, commune, holder, period):
    return issue_offline(holder=province, agency=commune, expires_on=UNTIL, by=holder, at=AT)


def edited(content, answers=None, sheet="Tiến độ", row=1, change=None):
    """Return the workbook as a spreadsheet saves it, with these answers by heading in this row."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book[sheet]
    headings = {cell.value: cell.column for cell in page[3]}
    for heading, value in (answers or {}).items():
        page.cell(3 + row, headings[heading]).value = value
    if change:
        change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def received(issued, content, by, **changes):
    facts = {"workbook": issued.workbook, "file_name": XLSX, "data": content, "signed_by": SIGNER, "by": by, "at": AT}
    return receive_offline(**{**facts, **changes})


def applied(returned, by, **facts):
    seen = outcomes_digest(outcomes_of(returned, AT))
    return apply_offline(returned=returned, **{"seen": seen, "by": by, "at": AT, **facts})


def verdicts(returned):
    return [one.verdict for one in outcomes_of(returned, AT)]


def test_a_workbook_holds_only_the_agencys_open_periods_and_locks_all_but_the_answers(
    province, commune, other_commune, holder, period
):
    document = period.assignment.obligation.document
    make_period(make_confirmed(document, "Việc của xã khác"), other_commune)
    make_period(make_confirmed(document, "Việc đã xong"), commune, state=PeriodState.ACCEPTED)
    make_period(make_confirmed(document, "Việc chưa tới kỳ"), commune, begins_on=ON + timedelta(days=1))

    made = issue_offline(holder=province, agency=commune, expires_on=UNTIL, by=holder, at=AT)

    book = openpyxl.load_workbook(io.BytesIO(made.content))
    page = book["Tiến độ"]
    assert page.max_row == 4
    assert page.cell(4, 5).value.endswith(period.assignment.obligation.action)
    locks = {page.cell(3, at).value: page.cell(4, at).protection.locked for at in range(1, page.max_column + 1)}
    assert [name for name, locked in locks.items() if not locked] == [
        "Tỷ lệ hoàn thành (%)",
        "Tình hình",
        "Kết quả",
        "Hoàn thành từ ngày",
        "Văn bản chứng minh",
    ]
    assert page.protection.sheet
    assert page.column_dimensions["A"].hidden
    assert {one.type for one in page.data_validations.dataValidation} == {"list", "textLength", "date"}
    assert book["Danh mục"].sheet_state == "hidden"
    assert "Mã tệp" in book["Hướng dẫn"].cell(1, 1).value


def test_a_workbook_costs_few_queries_for_each_row(province, commune, holder, period, django_assert_max_num_queries):
    document = period.assignment.obligation.document
    for number in range(9):
        make_period(make_confirmed(document, f"Việc {number}"), commune)

    with django_assert_max_num_queries(25):
        made = issue_offline(holder=province, agency=commune, expires_on=UNTIL, by=holder, at=AT)
    content = made.content
    for row in range(1, 11):
        content = edited(content, FILLED, row=row)
    returned = received(made, content, holder)
    with django_assert_max_num_queries(15):
        assert verdicts(returned) == [Verdict.NEW] * 10


def test_the_token_is_kept_only_as_its_digest(issued):
    token = openpyxl.load_workbook(io.BytesIO(issued.content))["Tiến độ"].cell(4, 1).value

    assert len(token) >= 20
    assert token not in issued.workbook.token_digest
    assert token not in str(list(Entry.objects.values_list("change", flat=True)))


def test_a_workbook_that_comes_back_is_reported_once_and_says_who_signed(issued, holder, period):
    returned = received(issued, edited(issued.content, FILLED), holder)
    assert verdicts(returned) == [Verdict.NEW]
    assert not ProgressReport.objects.exists()

    done = applied(returned, holder)

    report = ProgressReport.objects.get()
    assert (report.percentage, report.text) == (40, "Đã phổ biến tới 8/10 thôn")
    assert (report.offline, report.offline.signed_by, done.applied) == (returned, SIGNER, 1)
    period.refresh_from_db()
    assert (period.state, period.percentage) == (PeriodState.IN_PROGRESS, 40)
    assert SIGNER in str(Entry.objects.filter(action="directives.submit_progress").get().change)


def test_the_same_workbook_again_changes_nothing(issued, holder):
    content = edited(issued.content, FILLED)
    applied(received(issued, content, holder), holder)

    again = received(issued, content, holder)

    assert verdicts(again) == [Verdict.SAME]
    assert applied(again, holder).applied == 0
    assert ProgressReport.objects.count() == 1
    with pytest.raises(WrongState):
        applied(again, holder)


def test_its_bytes_stay_as_evidence(issued, holder):
    content = edited(issued.content, FILLED)

    returned = received(issued, content, holder)
    leave_offline(returned=returned, by=holder, at=AT)

    assert selectors.offline_content(returned) == content
    assert OfflineReturn.objects.get().state == ReturnState.LEFT


def test_a_row_left_empty_reports_nothing(issued, holder):
    assert verdicts(received(issued, issued.content, holder)) == [Verdict.EMPTY]


def test_a_newer_report_here_stands_beside_the_row_and_is_passed_over_only_when_chosen(
    issued, holder, assignee, period
):
    content = edited(issued.content, FILLED)
    submit_progress(period=period, facts=ProgressFacts(70, "Trên hệ thống"), by=assignee, at=AT)

    first = received(issued, content, holder)
    assert verdicts(first) == [Verdict.CONFLICT]
    assert outcomes_of(first, AT)[0].latest.text == "Trên hệ thống"
    assert applied(first, holder).applied == 0
    second = received(issued, content, holder)
    assert applied(second, holder, over_newer=[4], at=AT + timedelta(minutes=1)).applied == 1
    period.refresh_from_db()
    assert period.percentage == 40


def test_what_was_seen_must_still_be_so(issued, holder, assignee, period):
    returned = received(issued, edited(issued.content, FILLED), holder)
    seen = outcomes_digest(outcomes_of(returned, AT))
    submit_progress(period=period, facts=ProgressFacts(70, "Trên hệ thống"), by=assignee, at=AT)

    with pytest.raises(OfflineOutcomesMoved):
        apply_offline(returned=returned, seen=seen, by=holder, at=AT)


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"Tỷ lệ hoàn thành (%)": 130}, "130"),
        ({"Tỷ lệ hoàn thành (%)": 0.4}, "0.4"),
        ({"Tỷ lệ hoàn thành (%)": "bốn mươi"}, "bốn mươi"),
        ({"Tỷ lệ hoàn thành (%)": None}, "trống"),
        ({"Kết quả": None}, "kết quả"),
        ({"Tình hình": "Gần xong"}, "Gần xong"),
        ({"Tình hình": "Đã hoàn thành"}, "40%"),
        (
            {"Tỷ lệ hoàn thành (%)": 100, "Hoàn thành từ ngày": date(2026, 11, 21), "Văn bản chứng minh": "a"},
            "chưa tới",
        ),
        (
            {"Tỷ lệ hoàn thành (%)": 100, "Hoàn thành từ ngày": date(2026, 11, 1), "Văn bản chứng minh": "a"},
            "09/11/2026",
        ),
        ({"Tỷ lệ hoàn thành (%)": 100, "Hoàn thành từ ngày": "hôm qua"}, "hôm qua"),
        ({"Tỷ lệ hoàn thành (%)": 100, "Hoàn thành từ ngày": date(2026, 11, 10)}, "ăn cứ"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_in_words(issued, holder, answers, words):
    returned = received(issued, edited(issued.content, {**FILLED, **answers}), holder)

    (outcome,) = outcomes_of(returned, AT)

    assert outcome.verdict == Verdict.REFUSED
    assert words in outcome.refusal
    assert applied(returned, holder).applied == 0


def test_done_and_not_applicable_are_read(issued, holder):
    done = received(issued, edited(issued.content, {"Tình hình": "Đã hoàn thành", "Kết quả": "Xong"}), holder)
    left_out = received(issued, edited(issued.content, {"Tình hình": "Không áp dụng", "Kết quả": "Vì"}), holder)

    assert outcomes_of(done, AT)[0].declared.percentage == 100
    assert outcomes_of(left_out, AT)[0].declared.not_applicable


def alter_words(book):
    book["Tiến độ"].cell(4, 5).value = "Việc khác dễ hơn"


def alter_code(book):
    page = book["Tiến độ"]
    page.cell(4, 2).value = "999" + page.cell(4, 2).value


def double_row(book):
    page = book["Tiến độ"]
    for at in range(1, page.max_column + 1):
        page.cell(5, at).value = page.cell(4, at).value


@pytest.mark.parametrize("change", [alter_words, alter_code, double_row])
def test_altered_and_doubled_rows_are_refused(issued, holder, change):
    returned = received(issued, edited(issued.content, FILLED, change=change), holder)

    assert set(verdicts(returned)) == {Verdict.REFUSED}


def test_a_row_of_another_workbook_is_refused(issued, province, other_commune, holder, period):
    make_period(period.assignment.obligation, other_commune)
    other = issue_offline(holder=province, agency=other_commune, expires_on=UNTIL, by=holder, at=AT)
    foreign = openpyxl.load_workbook(io.BytesIO(other.content))["Tiến độ"]

    def bring_in(book):
        page = book["Tiến độ"]
        for at in range(1, page.max_column + 1):
            page.cell(5, at).value = foreign.cell(4, at).value

    returned = received(issued, edited(issued.content, FILLED, change=bring_in), holder)

    assert verdicts(returned) == [Verdict.NEW, Verdict.REFUSED]


def test_the_workbook_of_another_agency_is_refused(issued, province, other_commune, holder, period):
    make_period(period.assignment.obligation, other_commune)
    other = issue_offline(holder=province, agency=other_commune, expires_on=UNTIL, by=holder, at=AT)

    with pytest.raises(OfflineTokenRefused, match="cơ quan khác"):
        received(issued, other.content, holder)


def test_a_workbook_without_its_token_is_refused(issued, holder):
    def lose(book):
        book["Tiến độ"].cell(4, 1).value = "x"

    with pytest.raises(OfflineTokenRefused, match="không còn nguyên"):
        received(issued, edited(issued.content, FILLED, change=lose), holder)


def test_a_revoked_workbook_and_one_too_old_are_refused(issued, holder):
    later = AT + timedelta(days=31)
    with pytest.raises(OfflineTokenRefused, match="hạn nhận lại"):
        received(issued, issued.content, holder, at=later)
    waiting = received(issued, edited(issued.content, FILLED), holder)
    revoke_offline(workbook=issued.workbook, by=holder, at=AT)

    with pytest.raises(OfflineTokenRefused, match="thu hồi"):
        received(issued, issued.content, holder)
    with pytest.raises(OfflineTokenRefused):
        applied(waiting, holder)
    with pytest.raises(WrongState):
        revoke_offline(workbook=issued.workbook, by=holder, at=AT)


def test_a_formula_is_refused_and_so_is_what_is_no_workbook(issued, holder):
    with pytest.raises(FormulaFound):
        received(issued, edited(issued.content, {**FILLED, "Kết quả": "=1+1"}), holder)
    with pytest.raises(NotATable):
        received(issued, b"%PDF-1.7", holder)
    with pytest.raises(TableRefused):
        received(issued, b"", holder)
    with pytest.raises(RunnableName):
        received(issued, issued.content, holder, file_name="phieu.exe.xlsx")
    with pytest.raises(FieldRequired):
        received(issued, issued.content, holder, signed_by=" ")


def test_figures_are_asked_in_the_workbook_and_come_back(province, commune, holder, period):
    figures = [
        Figure("", "Số camera", "number", "chiếc", Decimal(0), Decimal(5000), required=True),
        Figure("", "Cấp độ", "choice", options=("Cấp 1", "Cấp 2")),
        Figure("", "Kiểm tra ngày", "date"),
        Figure("", "Tỷ lệ đạt", "number", "%", decimals=2),
        Figure("", "Ghi chú", "text"),
    ]
    set_figures(obligation=period.assignment.obligation, figures=figures, by=holder, at=AT)
    issued = issue_offline(holder=province, agency=commune, expires_on=UNTIL, by=holder, at=AT)
    content = edited(issued.content, FILLED)
    for row, value in enumerate([1250, "Cấp 2", date(2026, 11, 2), 98.75, "=SUM"], start=1):
        content = edited(content, {"Giá trị": value if value != "=SUM" else "tốt"}, sheet="Số liệu", row=row)

    returned = received(issued, content, holder)
    applied(returned, holder)

    values = [answer.value for answer in ProgressReport.objects.get().answers]
    assert values == [Decimal(1250), "Cấp 2", date(2026, 11, 2), Decimal("98.75"), "tốt"]
    assert verdicts(received(issued, content, holder)) == [Verdict.SAME]


def test_a_row_without_a_figure_that_is_needed_is_refused(province, commune, holder, period):
    set_figures(
        obligation=period.assignment.obligation,
        figures=[Figure("", "Số camera", "number", required=True)],
        by=holder,
        at=AT,
    )
    issued = issue_offline(holder=province, agency=commune, expires_on=UNTIL, by=holder, at=AT)

    (outcome,) = outcomes_of(received(issued, edited(issued.content, FILLED), holder), AT)

    assert (outcome.verdict, "Số camera" in outcome.refusal) == (Verdict.REFUSED, True)


@pytest.mark.slow
def test_a_workbook_goes_through_libreoffice_and_comes_back(issued, holder, tmp_path):
    office = shutil.which("soffice")
    if office is None or not (Path(office).resolve().parent / "libsclo.so").exists():
        pytest.skip("LibreOffice Calc is not installed: sudo apt install libreoffice-calc-nogui")
    source = tmp_path / "dien" / XLSX
    source.parent.mkdir()
    source.write_bytes(edited(issued.content, {**FILLED, "Tình hình": "Đang thực hiện"}))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"

    command = [office, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, timeout=120, capture_output=True)  # noqa: S603

    returned = received(issued, (tmp_path / XLSX).read_bytes(), holder)
    assert verdicts(returned) == [Verdict.NEW]
    applied(returned, holder)
    assert ProgressReport.objects.get().text == "Đã phổ biến tới 8/10 thôn"


def test_an_answer_to_a_figure_that_is_asked_no_more_is_not_lost_in_silence(province, commune, holder, period):
    duty = period.assignment.obligation
    set_figures(obligation=duty, figures=[Figure("", "Số camera", "number")], by=holder, at=AT)
    issued = issue_offline(holder=province, agency=commune, expires_on=UNTIL, by=holder, at=AT)
    content = edited(edited(issued.content, FILLED), {"Giá trị": 7}, sheet="Số liệu")
    set_figures(obligation=duty, figures=[], version=1, by=holder, at=AT)

    (outcome,) = outcomes_of(received(issued, content, holder), AT)

    assert (outcome.verdict, "đổi" in outcome.refusal) == (Verdict.REFUSED, True)


def test_who_may_issue_and_who_may_hand_in(issued, province, commune, holder, assignee, outsider):
    administrator = make_person(Role.ADMINISTRATOR, province)
    facts = {"holder": province, "agency": commune, "expires_on": UNTIL, "at": AT}

    assert issue_offline(**facts, by=administrator)
    for person in (assignee, outsider, make_person(Role.AUDITOR, province)):
        with pytest.raises(Forbidden):
            issue_offline(**facts, by=person)
    assert received(issued, issued.content, assignee)
    for person in (outsider, administrator):
        with pytest.raises(Forbidden):
            received(issued, issued.content, person)
        with pytest.raises(Forbidden):
            revoke_offline(workbook=issued.workbook, by=outsider, at=AT)


def test_an_agency_with_nothing_open_has_no_workbook(province, other_commune, holder, period):
    with pytest.raises(NothingToFillIn):
        issue_offline(holder=province, agency=other_commune, expires_on=UNTIL, by=holder, at=AT)


def test_many_workbooks_are_issued_together_or_not_at_all(province, commune, other_commune, holder, period):
    facts = {"holder": province, "expires_on": UNTIL, "by": holder, "at": AT}

    with pytest.raises(NothingToFillIn):
        issue_offline_to_many(agencies=[commune, other_commune], **facts)
    with pytest.raises(TooManyWorkbooks):
        issue_offline_to_many(agencies=[commune] * 101, **facts)

    assert not OfflineWorkbook.objects.exists()


@pytest.mark.parametrize("days", [-1, 367])
def test_a_last_day_that_cannot_be_is_refused(province, commune, holder, period, days):
    with pytest.raises(OfflineDayRefused):
        issue_offline(holder=province, agency=commune, expires_on=ON + timedelta(days=days), by=holder, at=AT)


def test_workbooks_are_issued_on_their_page_one_or_many(office, province, commune, other_commune, period):
    make_period(period.assignment.obligation, other_commune)
    address = reverse("offline_issue")
    values = {"holder": province.pk, "agencies": [commune.pk], "expires_on": "20/12/2026"}

    assert "An Bình" in office.get(address).content.decode()
    one = office.post(address, values)
    many = office.post(address, {**values, "agencies": [commune.pk, other_commune.pk]})
    assert one.content[:2] == b"PK"
    assert "phieu-bao-cao" in one["Content-Disposition"]
    assert many["Content-Type"] == "application/zip"
    assert office.post(address, {**values, "agencies": []}).status_code == 422
    assert office.post(address, {**values, "expires_on": "20/12/2036"}).status_code == 422
    assert OfflineWorkbook.objects.count() == 3
    assert "Bàu Sen" in office.get(reverse("offline_workbooks")).content.decode()


def test_a_workbook_is_handed_in_seen_and_applied_on_its_pages(office, issued, holder):
    sent = {"signed_by": SIGNER, "file": SimpleUploadedFile(XLSX, edited(issued.content, FILLED))}
    address = reverse("offline_receive", args=[issued.workbook.pk])

    assert office.get(reverse("offline_workbook", args=[issued.workbook.pk])).status_code == 200
    assert office.post(address, {"signed_by": SIGNER}).status_code == 422
    bad = {"signed_by": SIGNER, "file": SimpleUploadedFile("a.xlsx", b"MZ")}
    assert office.post(address, bad).status_code == 422
    assert office.post(address, sent).status_code == 302
    returned = OfflineReturn.objects.get()
    page = office.get(reverse("offline_return", args=[returned.pk])).content.decode()
    assert "Báo cáo mới" in page
    assert "Đã phổ biến tới 8/10 thôn" in page
    stale = office.post(reverse("offline_apply", args=[returned.pk]), {"seen": "x"})
    assert (stale.status_code, "vừa thay đổi" in stale.content.decode()) == (422, True)
    seen = page.split('name="seen" value="')[1].split('"')[0]
    assert office.post(reverse("offline_apply", args=[returned.pk]), {"seen": seen}).status_code == 302
    body = office.get(reverse("period", args=[ProgressReport.objects.get().period_id])).content.decode()
    assert f"Nhập từ tệp ngoại tuyến, người ký: {SIGNER}" in body
    assert office.get(reverse("offline_file", args=[returned.pk])).content[:2] == b"PK"
    assert office.post(reverse("offline_revoke", args=[issued.workbook.pk])).status_code == 302


def test_a_workbook_that_is_left_says_so(office, issued, holder):
    returned = received(issued, issued.content, holder)

    assert "không làm thay đổi gì" in office.get(reverse("offline_return", args=[returned.pk])).content.decode()
    assert office.post(reverse("offline_leave", args=[returned.pk])).status_code == 302
    assert office.post(reverse("offline_leave", args=[returned.pk])).status_code == 422


def test_others_see_nothing_of_a_workbook(issued, holder, outsider):
    returned = received(issued, issued.content, holder)
    client = signed_in(outsider)

    assert client.get(reverse("offline_workbook", args=[issued.workbook.pk])).status_code == 404
    assert client.get(reverse("offline_return", args=[returned.pk])).status_code == 404
    assert client.get(reverse("offline_file", args=[returned.pk])).status_code == 404
    assert client.post(reverse("offline_apply", args=[returned.pk])).status_code == 404
    assert issued.workbook.agency.name not in client.get(reverse("offline_workbooks")).content.decode()
    assert client.get(reverse("offline_issue")).status_code == 200


def test_who_holds_nothing_issues_nothing(province, period):
    reader = make_person(Role.READER, province)

    assert signed_in(reader).get(reverse("offline_issue")).status_code == 403


def test_a_period_that_ended_meanwhile_is_refused(issued, holder, period):
    returned = received(issued, edited(issued.content, FILLED), holder)
    period.state = PeriodState.ACCEPTED
    period.save()

    assert verdicts(returned) == [Verdict.REFUSED]


def test_many_duties_of_one_agency_are_applied_together_or_not_at_all(province, commune, holder):
    document = make_tracked(province, 3, by=holder)
    for duty in document.obligations.all():
        make_period(duty, commune)
    issued = issue_offline(holder=province, agency=commune, expires_on=UNTIL, by=holder, at=AT)
    content = issued.content
    for row, percentage in enumerate((10, 130, 100), start=1):
        content = edited(content, {**FILLED, "Tỷ lệ hoàn thành (%)": percentage}, row=row)

    returned = received(issued, content, holder)

    assert sorted(verdicts(returned)) == ["new", "new", "refused"]
    assert applied(returned, holder).applied == 2
    assert sorted(ProgressReport.objects.values_list("percentage", flat=True)) == [10, 100]


def test_a_row_that_another_agency_answers_for_by_now_is_refused(issued, holder, other_commune, period, assignee):
    returned = received(issued, edited(issued.content, FILLED), assignee)
    assignment = period.assignment
    assignment.answering_agency, assignment.answering_confirmed_by = other_commune, holder
    assignment.answering_confirmed_at = AT
    assignment.save()

    outcome = outcomes_of(returned, AT)[0]

    assert outcome.verdict == Verdict.REFUSED
    assert "cơ quan khác" in outcome.refusal
    assert outcome.latest is None


def test_a_report_is_not_written_for_who_answers_by_now(issued, holder, other_commune, period):
    returned = received(issued, edited(issued.content, FILLED), holder)
    assignment = period.assignment
    assignment.answering_agency, assignment.answering_confirmed_by = other_commune, holder
    assignment.answering_confirmed_at = AT
    assignment.save()
    facts = ProgressFacts(40, "Đã phổ biến", based_on=0)

    with pytest.raises(OfflineRowMoved):
        submit_progress(period=period, facts=facts, by=holder, at=AT, offline=returned)


def test_what_came_back_in_time_is_applied_the_day_after(issued, holder):
    returned = received(issued, edited(issued.content, FILLED), holder, at=AT + timedelta(days=30))
    later = AT + timedelta(days=31)

    seen = outcomes_digest(outcomes_of(returned, later))
    done = apply_offline(returned=returned, seen=seen, by=holder, at=later)

    assert done.applied == 1


def test_more_rows_than_a_workbook_may_hold_are_refused_before_they_are_kept(issued, holder):
    def add(book):
        page = book["Tiến độ"]
        for number in range(offline_sheets.MOST_ROWS + 30):
            page.cell(5 + number, 2).value = f"{number + 10**6}.x"

    with pytest.raises(TooManyRows):
        received(issued, edited(issued.content, FILLED, change=add), holder)


def test_the_day_printed_is_that_of_vietnam(province, commune, holder, period):
    early = AT.replace(day=20, hour=20)  # 03:00 of the 21st in Việt Nam

    made = issue_offline(holder=province, agency=commune, expires_on=UNTIL, by=holder, at=early)

    page = openpyxl.load_workbook(io.BytesIO(made.content))["Tiến độ"]
    assert "Phát ngày 21/11/2026" in page.cell(2, 3).value
    assert str(made.workbook).endswith("21/11/2026")


def test_a_percentage_is_a_text_so_that_a_hundred_percent_is_never_read_as_one(issued, holder):
    page = openpyxl.load_workbook(io.BytesIO(issued.content))["Tiến độ"]
    column = {cell.value: cell.column for cell in page[3]}["Tỷ lệ hoàn thành (%)"]

    assert page.cell(4, column).number_format == "@"


def test_a_supporting_agency_reads_its_part_in_the_givers_words(province, commune, holder):
    duty = make_tracked(province, 1, by=holder).obligations.get()
    make_period(duty, commune, part=Part.SUPPORT, words="Cung cấp danh sách camera của thôn")

    made = issue_offline(holder=province, agency=commune, expires_on=UNTIL, by=holder, at=AT)

    printed = openpyxl.load_workbook(io.BytesIO(made.content))["Tiến độ"].cell(4, 5).value
    assert "Cung cấp danh sách camera của thôn" in printed
    assert "Phối hợp" in printed
    assert verdicts(received(made, edited(made.content, FILLED), holder)) == [Verdict.NEW]


def test_what_waits_of_a_revoked_workbook_says_why_it_cannot_be_applied(office, issued, holder):
    returned = received(issued, edited(issued.content, FILLED), holder)
    revoke_offline(workbook=issued.workbook, by=holder, at=AT)

    page = office.get(reverse("offline_return", args=[returned.pk])).content.decode()

    assert "không áp dụng được" in page
    assert reverse("offline_apply", args=[returned.pk]) in page
    assert ">Áp dụng<" not in page


def test_of_many_agencies_the_first_are_shown_and_the_next_are_found(
    office, monkeypatch, province, commune, other_commune, holder, period
):
    make_period(period.assignment.obligation, other_commune)
    monkeypatch.setattr(services, "MOST_WORKBOOKS", 1)
    address = reverse("offline_issue")

    first = office.get(address).content.decode()
    issue_offline(holder=province, agency=commune, expires_on=UNTIL, by=holder, at=AT)
    following = office.get(address, {"workbook": "none"}).content.decode()
    by_name = office.get(address, {"words": "bau sen"}).content.decode()

    assert "Hiện 1 trong 2 cơ quan" in first
    assert f'value="{commune.pk}"' in first and f'value="{other_commune.pk}"' not in first
    assert f'value="{other_commune.pk}"' in following and "Hiện 1 trong" not in following
    assert f'value="{other_commune.pk}"' in by_name
    assert "đang có tệp còn nhận lại" in office.get(address, {"workbook": "out"}).content.decode()
    assert "Không có cơ quan nào khớp" in office.get(address, {"words": "không có"}).content.decode()


def test_all_that_are_shown_are_issued_at_once(office, province, commune, other_commune, period):
    make_period(period.assignment.obligation, other_commune)
    values = {"holder": province.pk, "every": "on", "expires_on": "20/12/2026"}

    found = office.post(reverse("offline_issue") + "?words=bau", values)
    every = office.post(reverse("offline_issue"), values)

    assert found["Content-Type"].endswith("sheet")
    assert every["Content-Type"] == "application/zip"
    assert OfflineWorkbook.objects.filter(agency=commune).count() == 1


def test_more_agencies_than_one_issue_takes_are_refused_with_what_to_do(
    office, monkeypatch, province, commune, other_commune, period
):
    make_period(period.assignment.obligation, other_commune)
    monkeypatch.setattr(offline, "MOST_WORKBOOKS", 1)
    values = {"holder": province.pk, "agencies": [commune.pk, other_commune.pk], "expires_on": "20/12/2026"}

    reply = office.post(reverse("offline_issue"), values)

    assert reply.status_code == 422
    assert "Đề nghị chọn ít cơ quan hơn rồi phát nhiều lần" in reply.content.decode()
    assert not OfflineWorkbook.objects.exists()


def test_a_condition_of_the_issue_that_is_none_is_refused(office, period):
    assert office.get(reverse("offline_issue"), {"tier": "x"}).status_code == 422
