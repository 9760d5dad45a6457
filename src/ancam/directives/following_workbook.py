"""What is followed as a workbook: the matrix with every agency unfolded, and the list of the periods it counts."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from heapq import merge
from itertools import groupby
from typing import IO, Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from ancam.directives.errors import TooManyColumns
from ancam.directives.models import DuePeriod, Obligation, Sign
from ancam.directives.selectors.following import by_acting, counted, with_sign
from ancam.directives.selectors.matrix import columns
from ancam.directives.sign_words import MARKS, in_words, state_in_words
from ancam.directives.tally import Tally
from ancam.directives.templatetags.directives import called
from ancam.engines.tables.sheets import Cell, LongSheet, write_sheets

MOST_LISTED = 100_000
"""Past so many periods the list is left to CSV, which is sent while it is read."""

MOST_COLUMNS = 2000
_AT_ONCE = 2000


def following_workbook(found: QuerySet[DuePeriod], within: Sequence[str], narrowed: str, on: date) -> IO[bytes]:
    """Return the workbook of these periods, whose rows begin at these paths of the tree. Raises `TooManyColumns`.

    `narrowed`: to what they were narrowed, in words. Rows are read and written one at a time.
    """
    duties = columns(found, within, narrowed=bool(narrowed))
    if len(duties) > MOST_COLUMNS:
        raise TooManyColumns(most=MOST_COLUMNS)
    said = _("Theo khai báo, ngày %(day)s. %(narrowed)s") % {"day": f"{on:%d/%m/%Y}", "narrowed": narrowed}
    fixed = (44, 10, 10, 10)
    table = LongSheet(
        _("Bảng theo dõi"),
        _matrix_rows(found, duties, said.strip(), on),
        headings=4,
        fixed=len(fixed),
        widths=(*fixed, 14),
        landscape_a3=True,
    )
    return write_sheets([table, LongSheet(_("Danh sách"), _list_rows(found, on), widths=(50, 30, 36, 12, 18, 12, 22))])


def _matrix_rows(
    found: QuerySet[DuePeriod], duties: Sequence[Obligation], said: str, on: date
) -> Iterator[Sequence[Cell]]:
    counts = [_("Số kỳ"), _("Đã xong"), str(Sign.OVERDUE.label)]
    yield [said]
    yield ["", "", "", "", *(duty.get_kind_display() for duty in duties)]
    yield ["", "", "", "", *(duty.document.short_title for duty in duties)]
    yield [_("Cơ quan"), *counts, *(f"{called(duty)}: {duty.action}"[:200] for duty in duties)]
    for (_path, name, depth), rows in groupby(_own_counts(found, on), lambda row: row[0]):
        cells: dict[int, Tally] = {}
        in_all = Tally()
        for _key, row in rows:
            cells.setdefault(row["assignment__obligation"], Tally()).add(row)
            in_all.add(row)
        drawn = (_in_cell(cells.get(duty.pk)) for duty in duties)
        yield [f"{'  ' * (depth - 1)}{name}", in_all.total, in_all.done, in_all.of(Sign.OVERDUE), *drawn]


def _in_cell(tally: Tally | None) -> str:
    return f"{MARKS[tally.sign]} {in_words(tally)}" if tally else ""


def _own_counts(found: QuerySet[DuePeriod], on: date) -> Iterable[tuple[tuple[str, str, int], Any]]:
    """Yield the counts of each agency alone by duty and sign, in the tree's order."""
    return merge(*(_part_counts(part, at, on) for part, at in by_acting(found)), key=lambda row: row[0])


def _part_counts(part: QuerySet[DuePeriod], at: str, on: date) -> Iterator[tuple[tuple[str, str, int], Any]]:
    agency = {"path": F(f"{at}path"), "name": F(f"{at}name"), "depth": F(f"{at}depth")}
    rows = counted(with_sign(part, on).annotate(**agency), *agency, "assignment__obligation").order_by("path")
    for row in rows.iterator(_AT_ONCE):
        yield (row["path"], row["name"], row["depth"]), row


def _list_rows(found: QuerySet[DuePeriod], on: date) -> Iterator[Sequence[Cell]]:
    yield [
        _("Nhiệm vụ"),
        _("Văn bản"),
        _("Cơ quan"),
        _("Vai trò"),
        _("Kỳ"),
        _("Hạn"),
        _("Tình trạng (theo khai báo)"),
        _("Tỷ lệ (%)"),
        _("Hoàn thành ngày"),
    ]
    total = found.count()
    if total > MOST_LISTED:
        yield [_("Có %(total)d kỳ, quá %(most)d: đề nghị xuất CSV.") % {"total": total, "most": MOST_LISTED}]
        return
    for period in found.iterator(_AT_ONCE):
        yield _listed(period, on)


def _listed(period: DuePeriod, on: date) -> Sequence[Cell]:
    given, duty = period.assignment, period.assignment.obligation
    return [
        f"{called(duty)}: {duty.action}",
        duty.document.title,
        given.named_agency,
        given.get_part_display(),
        period.label,
        period.due_on,
        state_in_words(period, on)[0],
        period.percentage,
        period.done_on,
    ]
