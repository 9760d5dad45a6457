"""The export holds exactly what is filtered: the matrix, and the list of the periods it counts."""

import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from ancam.accounts.tests.factories import make_agency
from ancam.directives import following_workbook as exporting
from ancam.directives.models import PeriodState
from ancam.directives.tests.factories import make_period, make_tracked, signed_in

LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def letter(province, holder):
    return make_tracked(province, 2, by=holder)


def sheets_of(client, address="/theo-doi/", **asked):
    answer = client.get(address, {"xuat": "xlsx", **asked})
    assert answer.status_code == 200, answer.content
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    return [book.get_sheet_by_name(name).to_python() for name in ("Bảng theo dõi", "Danh sách")]


def test_the_matrix_and_the_list_are_read_back(office, letter, commune, other_commune):
    first, second = letter.obligations.all()
    unit = make_agency(commune, "Trạm Y tế")
    make_period(first, commune, due_on=LONG_AGO)
    make_period(first, unit, state=PeriodState.ACCEPTED, due_on=LONG_AGO, done_on=LONG_AGO, percentage=100)
    make_period(second, other_commune, state=PeriodState.SUBMITTED)

    matrix, listed = sheets_of(office)

    assert [row[:4] for row in matrix[4:]] == [
        ["  Ủy ban nhân dân xã An Bình", 1.0, 0.0, 1.0],
        ["    Trạm Y tế", 1.0, 1.0, 0.0],
        ["  Ủy ban nhân dân xã Bàu Sen", 1.0, 0.0, 0.0],
    ]
    assert [row[4:] for row in matrix[4:]] == [["! Quá hạn", ""], ["● Hoàn thành", ""], ["", "◔ Chờ xác nhận"]]
    assert [row[2] for row in listed[1:]] == [commune.name, unit.name, other_commune.name]
    assert listed[1][5:7] == [LONG_AGO, "Chưa thực hiện, quá hạn"]
    assert listed[2][7] == 100.0


def test_only_what_is_filtered_is_in_it(office, letter, commune, other_commune):
    first, second = letter.obligations.all()
    make_period(first, commune, due_on=LONG_AGO)
    make_period(second, other_commune)

    for address in ("/theo-doi/", "/nhiem-vu/"):
        matrix, listed = sheets_of(office, address, due="overdue")

        assert "Quá hạn" in matrix[0][0]
        assert len(matrix) == 5 and len(matrix[3]) == 5
        assert len(listed) == 2


def test_nobody_takes_home_what_they_do_not_see(letter, commune, other_commune, assignee):
    first, second = letter.obligations.all()
    make_period(first, commune)
    make_period(second, other_commune)

    matrix, listed = sheets_of(signed_in(assignee))

    assert other_commune.name not in str(matrix) + str(listed)
    assert commune.name in str(matrix)


def test_what_looks_like_a_formula_stays_a_text(office, province, letter):
    make_period(letter.obligations.first(), make_agency(province, "=HYPERLINK(1)"))

    matrix, listed = sheets_of(office)

    assert matrix[4][0] == "  =HYPERLINK(1)"
    assert listed[1][2] == "=HYPERLINK(1)"


def test_a_list_too_long_for_a_sheet_is_left_to_csv_and_says_so(office, monkeypatch, letter, commune):
    monkeypatch.setattr(exporting, "MOST_LISTED", 1)
    for duty in letter.obligations.all():
        make_period(duty, commune)

    matrix, listed = sheets_of(office)

    assert len(matrix) == 5
    assert listed[1][0] == "Có 2 kỳ, quá 1: đề nghị xuất CSV."


def test_a_matrix_too_wide_is_refused_with_what_to_do(office, monkeypatch, letter, commune):
    monkeypatch.setattr(exporting, "MOST_COLUMNS", 1)
    for duty in letter.obligations.all():
        make_period(duty, commune)

    answer = office.get("/theo-doi/", {"xuat": "xlsx"})

    assert answer.status_code == 422
    assert "Đề nghị lọc theo văn bản" in answer.content.decode()


def test_an_empty_export_has_its_headings(office):
    matrix, listed = sheets_of(office)

    assert [len(matrix), len(listed)] == [4, 1]


def test_csv_holds_the_same_rows(office, letter, commune):
    make_period(letter.obligations.first(), commune, due_on=LONG_AGO)

    lines = (
        b"".join(office.get("/nhiem-vu/", {"xuat": "csv", "due": "overdue"}).streaming_content).decode().splitlines()
    )

    assert len(lines) == 2
    assert commune.name in lines[1]
