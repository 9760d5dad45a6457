"""The register of outgoing papers: a paper's number entered, numbers given elsewhere held and released."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.models import Agency, Person
from ancam.audit.services import Action, Subject, record
from ancam.papers.errors import (
    DayOfAnotherYear,
    NotHeldByHand,
    NumberGoesBack,
    NumberNeedsReason,
    NumberOutOfOrder,
    NumberSkips,
    NumbersRefused,
    NumberTaken,
)
from ancam.papers.models import Paper, RegisterEntry
from ancam.papers.register_rules import GoesBack, Line, Oddity, OutOfOrder, full_number, next_number, oddity
from ancam.papers.services.guards import bounded, lock_register, require_issuer

HOLD_NUMBERS = Action("papers.hold_numbers", "Ghi số văn bản dùng ngoài hệ thống")
RELEASE_NUMBER = Action("papers.release_number", "Bỏ ghi số văn bản dùng ngoài hệ thống")
MOST_AT_ONCE = 200
HIGHEST = 999_999


def enter_number(paper: Paper, number: int, issued_on: date, reason: str, *, by: Person, at: datetime) -> str:
    """Enter a paper's number, inside the transaction that issues it; return the reason that was needed, or nothing.

    Raises `NumberTaken`, `TooLong`, and a `NumberNeedsReason` when the number is out of turn without a reason.
    """
    lock_register(paper.agency)
    lines = lines_of(paper.agency, paper.symbol, issued_on.year)
    if any(line.number == number for line in lines):
        raise _taken(number, paper.symbol, issued_on.year, lines)
    why = bounded(reason, field="reason", label=_("Lý do"), most=500)
    found = oddity(number, issued_on, lines)
    if found and not why:
        raise _told(found, number, issued_on)
    why = why if found else ""
    RegisterEntry.objects.create(
        agency=paper.agency,
        symbol=paper.symbol,
        year=issued_on.year,
        number=number,
        dated_on=issued_on,
        paper=paper,
        reason=why,
        entered_by=by,
        entered_at=at,
    )
    return why


@transaction.atomic
def hold_numbers(
    *,
    agency: Agency,
    symbol: str,
    year: int,
    first: int,
    last: int,
    dated_on: date | None,
    reason: str,
    by: Person,
    at: datetime,
) -> int:
    """Enter numbers that were given outside the platform, so that no paper takes them; return how many.

    Raises `Forbidden`, `NumbersRefused`, `DayOfAnotherYear`, `NumberTaken`, `FieldRequired`, `TooLong`.
    """
    require_issuer(by, agency, _("ghi sổ văn bản đi"))
    why = bounded(reason, field="reason", label=_("Lý do"), most=500, required=True)
    sign = bounded(symbol, field="symbol", label=_("Ký hiệu"), most=60, required=True)
    if not 0 < first <= last <= HIGHEST or last - first >= MOST_AT_ONCE:
        raise NumbersRefused(field="last", most=MOST_AT_ONCE)
    if dated_on and dated_on.year != year:
        raise DayOfAnotherYear(field="dated_on", day=f"{dated_on:%d/%m/%Y}", year=year)
    lock_register(agency)
    lines = lines_of(agency, sign, year)
    taken = sorted(line.number for line in lines if first <= line.number <= last)
    if taken:
        raise _taken(taken[0], sign, year, lines, field="first")
    held = {"agency": agency, "symbol": sign, "year": year, "dated_on": dated_on, "reason": why}
    entries = [RegisterEntry(number=number, entered_by=by, entered_at=at, **held) for number in range(first, last + 1)]
    RegisterEntry.objects.bulk_create(entries)
    subject = Subject("papers.register", f"{agency.pk}", f"{sign} ({year})", (str(agency.pk),))
    change = {"first": first, "last": last, "symbol": sign, "year": year, "reason": why}
    record(by=by.as_actor(agency), action=HOLD_NUMBERS, subject=subject, change=change, at=at)
    return len(entries)


@transaction.atomic
def release_number(*, entry: RegisterEntry, by: Person, at: datetime) -> None:
    """Take a number that was entered by hand out of the register; nothing when it is out already.

    Raises `Forbidden`, `NotHeldByHand`.
    """
    require_issuer(by, entry.agency, _("ghi sổ văn bản đi"))
    if entry.paper_id is not None:
        raise NotHeldByHand(full_number=entry.full_number)
    lock_register(entry.agency)
    if not RegisterEntry.objects.filter(pk=entry.pk).exists():
        return
    subject = Subject("papers.register", f"{entry.agency_id}", str(entry), (str(entry.agency_id),))
    change = {"first": entry.number, "last": entry.number, "symbol": entry.symbol, "year": entry.year}
    record(by=by.as_actor(entry.agency), action=RELEASE_NUMBER, subject=subject, change=change, at=at)
    entry.delete()


def lines_of(agency: Agency, symbol: str, year: int) -> list[Line]:
    """Return every number taken in the agency's register of a symbol and year. One query."""
    rows = RegisterEntry.objects.filter(agency=agency, symbol=symbol, year=year).order_by("number")
    return [Line(number, dated_on) for number, dated_on in rows.values_list("number", "dated_on")]


def _taken(number: int, symbol: str, year: int, lines: list[Line], field: str = "number") -> NumberTaken:
    number_on_paper = full_number(number, symbol)
    return NumberTaken(field=field, full_number=number_on_paper, year=year, next_number=next_number(lines))


def _told(found: Oddity, number: int, issued_on: date) -> NumberNeedsReason:
    if isinstance(found, OutOfOrder):
        other_on = f"{found.dated_on:%d/%m/%Y}"
        values = {"number": number, "issued_on": f"{issued_on:%d/%m/%Y}", "other": found.number, "other_on": other_on}
        return NumberOutOfOrder(field="reason", **values)
    if isinstance(found, GoesBack):
        return NumberGoesBack(field="reason", number=number, highest=found.highest)
    return NumberSkips(field="reason", number=number, first=found.first, last=found.last)
