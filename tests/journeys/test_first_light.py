"""The whole way, with the real server and a real browser: from the one-time link to the report that comes out."""

import io
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from docx import Document as read_docx
from playwright.sync_api import Browser, expect

from running_ancam import RunningAnCam
from visitor import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.network]

# A report is dated when its period has ended, and never in the future.
TODAY = f"{datetime.now(ZoneInfo('Asia/Ho_Chi_Minh')):%d/%m/%Y}"
DEPARTMENT, COMMUNE = "Sở Khoa học và Công nghệ", "Ủy ban nhân dân xã An Bình"


@pytest.fixture
def evidence(tmp_path) -> Path:
    path = tmp_path / "danh-muc.txt"
    path.write_text("Danh mục camera giám sát & quy chuẩn <2026>\n", encoding="utf-8")
    return path


def settle_the_province(browser: Browser, ancam: RunningAnCam) -> dict[str, Visitor]:
    """Register the province, add two agencies and four people; return everyone signed in."""
    administrator = Visitor(browser, ancam.address)
    administrator.register_instance(ancam.first_link)
    administrator.add_agency(DEPARTMENT, "Sở Khoa học và Công nghệ", "Đông Sơn", "SKHCN")
    administrator.add_agency(COMMUNE, "Ủy ban nhân dân xã, phường, đặc khu", "xã An Bình", "UBND")
    staff = {
        "officer": ("Nguyễn An", "an@dongson.example", "tỉnh Đông Sơn", "Chuyên viên"),
        "department": ("Hoàng Thị Đào", "dao@dongson.example", DEPARTMENT, "Chuyên viên"),
        "leader": ("Lê Minh Khôi", "khoi@dongson.example", "tỉnh Đông Sơn", "Lãnh đạo"),
        "commune": ("Lý Ngọc Ánh", "anh@dongson.example", "xã An Bình", "Chuyên viên"),
    }
    people = {"administrator": administrator}
    for part, (name, email, agency, role) in staff.items():
        link = administrator.add_person(name, email, agency, role)
        people[part] = Visitor(browser, ancam.address)
        people[part].accept_welcome(link)
    return people


@pytest.fixture(scope="module")
def people(browser, ancam) -> dict[str, Visitor]:
    """The people of one settled province, each at a browser of their own. Every journey brings a letter of its own."""
    return settle_the_province(browser, ancam)


def test_a_letter_becomes_tracked_duties_and_a_report(ancam, people, letter, evidence):
    officer, department = people["officer"], people["department"]

    officer.upload(letter)
    officer.sees("30/02/2027 không tồn tại")
    officer.decide_impossible_date()
    officer.confirm_everything()
    officer.press("Hoàn tất rà soát")

    for clause, agency in {"1.a": DEPARTMENT, "1.b": DEPARTMENT, "2.a": COMMUNE, "kết": COMMUNE}.items():
        officer.assign(clause, agency)

    department.page.goto("/")
    department.page.get_by_role("link", name="Hướng dẫn áp dụng quy chuẩn").first.click()
    department.report_progress("100", "Đã có văn bản hướng dẫn & tập huấn <một buổi>.", evidence)
    department.sees("Chờ xác nhận")

    officer.page.goto("/")
    officer.press("Xem và trả lời")
    officer.sees("Đã có văn bản hướng dẫn & tập huấn <một buổi>.")
    officer.press("Xác nhận hoàn thành")
    officer.sees("Hoàn thành")

    people["commune"].page.goto("/van-ban/")
    people["commune"].sees("2150/UBND-NC")
    expect(people["commune"].page.get_by_text("tập huấn")).to_have_count(0)

    report = approved_and_issued(people, "2150/UBND-NC", number="21")
    words = words_of(report)
    assert "Số: 21/BC-UBND" in words
    assert "Hướng dẫn áp dụng quy chuẩn kỹ thuật quốc gia" in words
    assert "tập huấn <một buổi>" in words
    assert "theo khai báo" in words
    assert words.count("./.") == 1

    assert ancam.command("audit", "verify").returncode == 0


def test_a_real_letter_goes_the_same_way(people, shared, evidence):
    officer = people["officer"]

    officer.upload(next((shared / "samples").glob("000_*.txt")))
    officer.confirm_everything()
    officer.press("Hoàn tất rà soát")
    officer.assign("2.c", DEPARTMENT)

    department = people["department"]
    department.page.goto("/nhiem-vu/")
    department.page.locator("main table tbody tr", has_text="Theo dõi, kiểm tra").locator("a").first.click()
    department.report_progress("100", "Đã theo dõi, kiểm tra và tổng hợp.", evidence)
    officer.page.goto("/")
    officer.press("Xem và trả lời")
    officer.press("Xác nhận hoàn thành")

    words = words_of(approved_and_issued(people, "UBND-KTTH", number="22"))
    assert "Theo dõi, kiểm tra" in words


def test_the_same_letter_twice_is_offered_as_the_existing_one(people, other_letter):
    officer = people["officer"]

    officer.upload(other_letter)
    officer.upload(other_letter)

    officer.sees("Văn bản này đã có trong hệ thống")
    officer.press("Mở văn bản đã có")
    officer.sees("2151/UBND-NC")


def test_a_byte_changed_in_the_ledger_is_found(browser, tmp_path, prepared):
    with prepared.copy(tmp_path / "data") as ancam:
        Visitor(browser, ancam.address).register_instance(ancam.first_link)
    kept = ancam.command("audit", "verify").stdout.strip()

    change_one_byte(tmp_path / "data" / "ancam.sqlite3")

    broken = ancam.command("audit", "verify")
    assert kept.startswith("3:")
    assert broken.returncode == 2
    assert "không còn nguyên vẹn từ dòng 3" in broken.stderr


def change_one_byte(database: Path) -> None:
    """Alter one letter of an actor's name in the database's file, as someone with the disk in hand would."""
    import sqlite3

    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    content = database.read_bytes()
    name = "Trịnh Bảo Long".encode()
    place = content.index(name, content.index(b"accounts.register_instance") - 400)
    database.write_bytes(content[:place] + b"X" + content[place + 1 :])


def approved_and_issued(people: dict[str, Visitor], title: str, number: str) -> bytes:
    """Draft the report of a letter, have the leader approve it from the first page, and issue it."""
    paper = people["officer"].submit_report(title, period_to=TODAY)
    leader = people["leader"]
    leader.page.goto("/")
    leader.press("Xem và duyệt")
    leader.press("Duyệt văn bản")
    leader.sees("Đã duyệt, chờ cấp số")
    return people["officer"].issue(paper, number=number, issued_on=TODAY)


def words_of(report: bytes) -> str:
    """Return every word of a .docx, with its non-breaking signs as plain ones."""
    document = read_docx(io.BytesIO(report))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    return text.replace("\u00a0", " ").replace("\u2011", "-")
