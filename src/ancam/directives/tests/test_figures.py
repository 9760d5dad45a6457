"""Figures: asked by who holds the letter, answered with each report, kept as stated, summed over agencies."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from python_calamine import CalamineWorkbook

from ancam.accounts.tests.factories import make_agency
from ancam.audit.models import Entry
from ancam.directives import selectors
from ancam.directives.errors import ChangedMeanwhile, FigureFormRefused, FigureRefused, FiguresChanged
from ancam.directives.figure_rules import Figure
from ancam.directives.models import FigureForm, ProgressReport
from ancam.directives.services import ProgressFacts, return_progress, set_figures, submit_progress
from ancam.directives.tests.factories import AT, make_period, officer_of, signed_in
from ancam.web.replies import Forbidden

CAMERAS = Figure("", "Số camera", "number", "chiếc", Decimal(0), Decimal(5000), required=True)
LEVEL = Figure("", "Cấp độ", "choice", options=("Cấp 1", "Cấp 2"))
CHECKED = Figure("", "Kiểm tra ngày", "date")
ASKED = [CAMERAS, LEVEL, CHECKED]
ANSWERS = {"s1": "1.250", "s2": "Cấp 2", "s3": "02/11/2026"}


@pytest.fixture(autouse=True)
def on_that_day():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def duty(assignment, holder):
    """A duty of which three figures are asked."""
    set_figures(obligation=assignment.obligation, figures=ASKED, by=holder, at=AT)
    return assignment.obligation


def report(period, by, answers, percentage=40, **facts):
    return submit_progress(
        period=period, facts=ProgressFacts(percentage, "Đang làm", figures=answers, **facts), by=by, at=AT
    )


def rows_of_form(figures, **changes):
    values = {"figures-TOTAL_FORMS": str(len(figures)), "figures-INITIAL_FORMS": "0", "version": "0"}
    for at, row in enumerate(figures):
        values |= {f"figures-{at}-{name}": value for name, value in row.items()}
    return {**values, **changes}


def test_a_report_brings_the_figures_asked_in_the_words_of_the_day(duty, period, assignee, holder):
    made = report(period, assignee, ANSWERS)

    set_figures(
        obligation=duty, figures=[Figure("s1", "Tổng số mắt camera", "number", "chiếc")], version=1, by=holder, at=AT
    )

    told = ProgressReport.objects.get(pk=made.pk).answers
    assert [(one.label, one.unit, one.value) for one in told] == [
        ("Số camera", "chiếc", Decimal(1250)),
        ("Cấp độ", "", "Cấp 2"),
        ("Kiểm tra ngày", "", date(2026, 11, 2)),
    ]


@pytest.mark.parametrize("answers", [{}, {"s1": "6000"}, {"s1": "x"}, {"s1": "1", "s2": "Cấp 9"}])
def test_a_report_without_right_figures_is_refused(duty, period, assignee, answers):
    with pytest.raises(FigureRefused):
        report(period, assignee, answers)

    assert not ProgressReport.objects.exists()


def test_a_duty_that_does_not_apply_brings_no_figures(duty, period, assignee):
    assert report(period, assignee, {}, not_applicable=True).figures == []


def test_answers_to_another_form_are_not_taken(duty, period, assignee):
    with pytest.raises(FiguresChanged):
        report(period, assignee, ANSWERS, figures_version=0)

    assert report(period, assignee, ANSWERS, figures_version=1)


def test_the_same_form_again_writes_nothing_and_leaves_no_line(duty, holder):
    lines = Entry.objects.count()
    asked = FigureForm.objects.get().asked()

    set_figures(obligation=duty, figures=asked, version=1, by=holder, at=AT)

    assert (FigureForm.objects.count(), Entry.objects.count()) == (1, lines)


def test_only_who_holds_the_letter_says_what_is_asked(assignment, assignee):
    with pytest.raises(Forbidden):
        set_figures(obligation=assignment.obligation, figures=ASKED, by=assignee, at=AT)


def test_a_form_over_an_older_version_is_not_saved(duty, holder):
    with pytest.raises(ChangedMeanwhile):
        set_figures(obligation=duty, figures=[], version=0, by=holder, at=AT)


@pytest.mark.parametrize(
    ("figures", "field"),
    [
        ([Figure("", "a", "number")] * 2, "label"),
        ([Figure("", f"Số {n}", "number") for n in range(21)], "label"),
        ([Figure("", " ", "number")], "label"),
        ([Figure("", "x" * 121, "number")], "label"),
        ([Figure("", "a", "picture")], "kind"),
        ([Figure("", "a", "number", "x" * 31)], "unit"),
        ([Figure("", "a", "number", decimals=9)], "decimals"),
        ([Figure("", "a", "number", minimum=Decimal(10), maximum=Decimal(1))], "maximum"),
        ([Figure("", "a", "number", maximum=Decimal(10) ** 15)], "maximum"),
        ([Figure("", "a", "date", minimum=date(1026, 1, 1))], "minimum"),
        ([Figure("", "a", "choice", options=("một",))], "options"),
        ([Figure("", "a", "choice", options=("Một", "một"))], "options"),
        ([Figure("", "a", "choice", options=("một", "x" * 81))], "options"),
    ],
)
def test_a_figure_that_cannot_be_asked_so_is_refused(assignment, holder, figures, field):
    with pytest.raises(FigureFormRefused) as refused:
        set_figures(obligation=assignment.obligation, figures=figures, by=holder, at=AT)

    assert refused.value.field == field
    assert not FigureForm.objects.exists()


def test_figures_are_summed_over_agencies_and_who_has_told_none_is_named(
    duty, period, assignee, other_commune, outsider, province, holder
):
    third = make_period(duty, province)
    other = make_period(duty, other_commune)
    report(period, assignee, ANSWERS)
    report(other, outsider, {**ANSWERS, "s1": "3", "s2": "Cấp 1", "s3": "01/10/2026"})

    rows = list(selectors.figure_rows(holder, duty, "1"))
    summary = selectors.figure_summary(duty, rows)

    numbers, levels, days = summary.totals
    assert (numbers.sum, numbers.reported, summary.agencies) == (Decimal(1253), 2, 3)
    assert levels.counts == (("Cấp 1", 1), ("Cấp 2", 1))
    assert (days.earliest, days.latest) == (date(2026, 10, 1), date(2026, 11, 2))
    assert summary.missing == [third.assignment.agency.name]


def test_a_report_that_was_sent_back_does_not_count(duty, period, assignee, holder):
    made = report(period, assignee, ANSWERS, percentage=100)
    return_progress(report=made, reason="Thiếu", by=holder, at=AT)

    rows = list(selectors.figure_rows(holder, duty, "1"))

    assert selectors.figure_summary(duty, rows).totals[0].reported == 0


def test_the_figures_of_a_part_count_in_those_of_who_gave_it_on(
    duty, period, assignee, commune, holder, office, other_commune
):
    unit = make_agency(commune, "Phòng Kinh tế xã An Bình")
    part = make_period(duty, unit, parent=period.assignment)
    report(period, assignee, ANSWERS)
    report(part, officer_of(unit), {**ANSWERS, "s1": "1000"})

    rows = list(selectors.figure_rows(holder, duty, "1"))
    summary = selectors.figure_summary(duty, rows)
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(office.get(reverse("figures", args=[duty.pk]) + "?xuat=xlsx").content)
    )

    assert (summary.totals[0].sum, summary.totals[0].reported, summary.agencies) == (1250, 1, 1)
    lines = book.get_sheet_by_index(0).to_python()
    assert lines[-1][2] == 1250.0
    assert f"{unit.name} (phần việc của {commune.name})" in [line[0] for line in lines]
    assert selectors.figure_summary(duty, [row for row in rows if row == part]).totals[0].sum == 1000


def test_an_agency_sees_its_own_figures_alone(duty, period, assignee, other_commune, outsider):
    report(make_period(duty, other_commune), outsider, {**ANSWERS, "s1": "4321"})

    body = signed_in(assignee).get(reverse("figures", args=[duty.pk])).content.decode()

    assert other_commune.name not in body
    assert "4.321" not in body


def test_the_summary_costs_the_same_for_many_agencies(
    duty, period, assignee, other_commune, outsider, holder, django_assert_num_queries
):
    report(period, assignee, ANSWERS)
    report(make_period(duty, other_commune), outsider, ANSWERS)
    holder.current_memberships  # noqa: B018 - asked once for each request

    with django_assert_num_queries(3):
        selectors.figure_summary(duty, list(selectors.figure_rows(holder, duty, "1")))


def test_a_form_is_set_shown_again_and_refused_beside_its_field(office, assignment):
    address = reverse("figures_edit", args=[assignment.obligation_id])
    rows = [
        {"label": "Số camera", "kind": "number", "unit": "chiếc", "minimum": "0", "maximum": "5.000", "required": "on"},
        {"label": "Cấp độ", "kind": "choice", "options": "Cấp 1\nCấp 2"},
        {"label": "", "kind": "number"},
    ]

    assert office.get(address).status_code == 200
    refused = office.post(address, rows_of_form([{"label": "Cấp độ", "kind": "choice", "options": "một"}]))
    assert refused.status_code == 422
    assert "cần từ 2 đến 30 lựa chọn" in refused.content.decode()
    assert office.post(address, rows_of_form(rows)).status_code == 302
    assert [one.label for one in FigureForm.objects.get().asked()] == ["Số camera", "Cấp độ"]
    body = office.get(address).content.decode()
    assert 'value="5.000"' in body
    assert office.post(address, rows_of_form(rows)).status_code == 422
    assert office.get(reverse("figures_edit", args=[999])).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"figures-0-minimum": "x"},
        {"figures-0-kind": "date", "figures-0-minimum": "31/02/2026"},
        {"figures-0-kind": "picture"},
        {"figures-TOTAL_FORMS": "9999"},
        {"figures-TOTAL_FORMS": "x"},
    ],
)
def test_a_senseless_form_is_refused(office, assignment, changes):
    values = rows_of_form([{"label": "Số", "kind": "number"}], **changes)

    assert office.post(reverse("figures_edit", args=[assignment.obligation_id]), values).status_code in (302, 422)
    assert not FigureForm.objects.exists() or changes.get("figures-TOTAL_FORMS") == "9999"


def test_what_is_asked_is_for_who_holds_the_letter(assignee, outsider, assignment):
    address = reverse("figures_edit", args=[assignment.obligation_id])

    assert signed_in(assignee).get(address).status_code == 403
    assert signed_in(outsider).get(address).status_code == 404
    assert signed_in(outsider).get(reverse("figures", args=[assignment.obligation_id])).status_code == 404


def test_figures_are_asked_on_the_reports_page_and_refused_beside_their_fields(duty, period, assignee):
    client, address = signed_in(assignee), reverse("progress_submit", args=[period.pk])
    values = {"percentage": "40", "text": "Đang làm", "figures_version": "1", "based_on": "0"}

    page = client.get(reverse("period", args=[period.pk])).content.decode()
    assert "Số camera (chiếc)" in page
    refused = client.post(address, {**values, "percentage": "130", "figure_s1": "6.000"})
    assert refused.status_code == 422
    assert "Tỷ lệ hoàn thành phải từ 0 đến 100" in refused.content.decode()
    assert "không được lớn hơn 5.000" in refused.content.decode()
    sent = {**values, "figure_s1": "1.250", "figure_s2": "Cấp 2", "figure_s3": "02/11/2026"}
    assert client.post(address, sent).status_code == 302
    page = client.get(reverse("period", args=[period.pk])).content.decode()
    assert "1.250 chiếc" in page
    assert 'value="1.250"' in page


def test_a_form_that_changed_meanwhile_is_shown_with_what_was_written(duty, period, assignee, holder):
    set_figures(obligation=duty, figures=[CAMERAS], version=1, by=holder, at=AT)
    values = {"percentage": "40", "text": "Lời của tôi", "figures_version": "1", "figure_s1": "7"}

    reply = signed_in(assignee).post(reverse("progress_submit", args=[period.pk]), values)

    body = reply.content.decode()
    assert reply.status_code == 422
    assert "vừa được nơi giao việc đổi" in body
    assert "Lời của tôi" in body
    assert 'name="figures_version" value="2"' in body


def test_figures_are_exported_as_numbers_and_days(office, duty, period, assignee, other_commune):
    make_period(duty, other_commune)
    report(period, assignee, ANSWERS)
    address = reverse("figures", args=[duty.pk])

    book = CalamineWorkbook.from_filelike(io.BytesIO(office.get(address + "?xuat=xlsx").content))
    rows = book.get_sheet_by_index(0).to_python()
    csv = b"".join(office.get(address + "?xuat=csv").streaming_content).decode()

    assert rows[0] == ["Cơ quan", "Báo cáo lúc", "Số camera (chiếc)", "Cấp độ", "Kiểm tra ngày"]
    assert rows[1][2:] == [1250.0, "Cấp 2", date(2026, 11, 2)]
    assert rows[-2][:3] == ["Số cơ quan có số liệu", "", 1.0]
    assert rows[-1][0::2] == ["Tổng hợp", 1250.0, "từ 02/11/2026 đến 02/11/2026"]
    assert "1250" in csv
    assert "Chưa báo cáo" in csv


def test_the_day_of_a_report_in_the_workbook_is_that_of_vietnam(office, duty, period, assignee):
    report(period, assignee, ANSWERS)
    ProgressReport.objects.update(at=datetime(2026, 11, 20, 20, 0, tzinfo=UTC))

    content = office.get(reverse("figures", args=[duty.pk]) + "?xuat=xlsx").content

    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[1][1] == "21/11/2026"


def test_the_duty_shows_what_its_figures_come_to(office, duty, period, assignee):
    report(period, assignee, ANSWERS)

    body = office.get(reverse("obligation", args=[duty.pk])).content.decode()

    assert "<strong>1.250</strong> chiếc" in body
    assert "1/1 cơ quan có số liệu" in body


def test_a_duty_without_figures_says_so(office, assignment):
    assert "chưa yêu cầu số liệu" in office.get(reverse("figures", args=[assignment.obligation_id])).content.decode()


def test_each_period_has_figures_of_its_own(office, duty, period, assignee, commune):
    later = period.assignment.periods.create(
        code="2026-12", begins_on=date(2026, 12, 1), ends_on=date(2026, 12, 31), due_on=date(2026, 12, 31)
    )
    report(period, assignee, ANSWERS)
    address = reverse("figures", args=[duty.pk])

    assert "1.250" not in office.get(address).content.decode()
    assert "1.250" in office.get(address + "?code=1").content.decode()
    assert office.get(address + "?code=9999").status_code == 422
    assert later.reports.count() == 0


def test_reporting_needs_a_person_of_the_agency(duty, period, other_commune):
    with pytest.raises(Forbidden):
        report(period, officer_of(other_commune), ANSWERS)
