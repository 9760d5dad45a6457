"""The database and what it tells: its version, its structure, the jobs, the ledger, the clock against the ledger."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from ancam.cli.checks.finding import Finding, fault, good, note
from ancam.cli.django_setup import DatabaseAway, require_database, waiting_migrations
from ancam.cli.language import phrase

CHECKED_WITHIN = timedelta(days=2)
CLOCKS_DIFFER_BY = timedelta(minutes=5)


def records(at: datetime) -> Iterator[Finding]:
    """Yield how the database stands; only when it answers and has this version's structure, what it holds."""
    name = phrase("cơ sở dữ liệu", "database")
    try:
        require_database()
    except DatabaseAway as away:
        yield fault(name, str(away), "ANCAM_DATABASE_URL=postgresql://…")
        return
    waiting = waiting_migrations()
    if waiting:
        told = phrase(f"{_version()}, chưa đủ cấu trúc của phiên bản này", f"{_version()}, not of this version yet")
        yield fault(name, told, "ancam run")
        return
    yield good(name, _version())
    yield from _jobs(at)
    yield from _ledger(at)
    yield from _secrets()
    yield from _mails(at)


def _version() -> str:
    from django.db import connection

    number = ".".join(str(part) for part in connection.get_database_version())
    return f"{connection.display_name} {number}"


def _jobs(at: datetime) -> Iterator[Finding]:
    from ancam.web import jobs

    name = phrase("việc nền", "jobs")
    if jobs.jobs_are_running(at):
        yield good(name, phrase("đang chạy", "running"))
    else:
        yield fault(name, phrase("không có tiến trình nào đang chạy", "no worker is running"), "ancam worker")


def _ledger(at: datetime) -> Iterator[Finding]:
    from ancam.audit.models import CheckState
    from ancam.audit.selectors import all_lines, ledger_checks

    name = phrase("sổ nhật ký", "ledger")
    latest = all_lines().order_by("-number").first()
    if latest and latest.at > at + CLOCKS_DIFFER_BY:
        told = phrase("đồng hồ của máy chậm hơn dòng nhật ký mới nhất", "the clock is behind the ledger's latest line")
        yield fault(phrase("đồng hồ", "clock"), told, "sudo timedatectl set-ntp true")
    check = ledger_checks().exclude(state=CheckState.RUNNING).first()
    if check is None:
        yield note(name, phrase("chưa kiểm tra lần nào", "never checked"), "ancam audit verify")
    elif check.state != CheckState.WHOLE:
        yield fault(
            name, phrase("lần kiểm tra gần nhất: không nguyên vẹn", "latest check: not whole"), "ancam audit verify"
        )
    elif check.asked_at < at - CHECKED_WITHIN:
        yield note(name, phrase("đã lâu chưa kiểm tra", "not checked for days"), "ancam audit verify")
    else:
        yield good(name, phrase("nguyên vẹn ở lần kiểm tra gần nhất", "whole at the latest check"))


def _mails(at: datetime) -> Iterator[Finding]:
    from django.conf import settings

    from ancam.notifications.outbox import delayed_count

    name = phrase("thư thông báo", "notices by mail")
    if not settings.SENDS_MAIL:
        return
    if count := delayed_count(at):
        told = phrase(f"{count} thư chưa gửi được sau một ngày", f"{count} mails were not sent within a day")
        yield note(name, told, phrase("ancam check --mail-to ĐỊA-CHỈ", "ancam check --mail-to ADDRESS"))
    else:
        yield good(name, phrase("không thư nào chờ quá một ngày", "none has waited for more than a day"))


def _secrets() -> Iterator[Finding]:
    from ancam.keeping.resealing import count_sealed

    name = phrase("bí mật đã mã hóa", "sealed secrets")
    sealed = count_sealed()
    if sealed.closed:
        told = phrase(
            f"{sealed.closed} trên {sealed.total} bí mật không khóa nào mở được",
            f"{sealed.closed} of {sealed.total} secrets open with no key",
        )
        kept = phrase("khóa-đang-dùng khóa-cũ", "present-key old-key")
        yield fault(name, told, f'ANCAM_ENCRYPTION_KEY="{kept}"')
    if sealed.older:
        told = phrase(
            f"{sealed.older} trên {sealed.total} bí mật còn dùng khóa cũ; chưa bỏ được khóa cũ",
            f"{sealed.older} of {sealed.total} secrets are sealed with an older key; do not drop it yet",
        )
        yield note(name, told, "ancam reseal")
    if not sealed.closed and not sealed.older:
        told = phrase(f"{sealed.total}, đều dùng khóa mới nhất", f"{sealed.total}, all sealed with the newest key")
        yield good(name, told)
