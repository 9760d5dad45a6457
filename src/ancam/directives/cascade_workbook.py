"""What became of a letter's duties as a workbook: the table, each cell as a row, and what is new below."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import IO

from django.utils.translation import gettext as _

from ancam.directives.cascade_filters import Row
from ancam.directives.cascade_rules import Cell as Compared
from ancam.directives.cascade_words import OUTCOME_MARKS, OUTCOME_WORDS, reasons
from ancam.directives.selectors.cascade import DutyAbove, LetterBelow
from ancam.directives.templatetags.directives import clause_or_name
from ancam.engines.tables.sheets import Cell, LongSheet, write_sheets


def cascade_workbook(
    rows: Sequence[Row], letters: Sequence[LetterBelow], said: str, on: date, *, tells_added: bool
) -> IO[bytes]:
    """Return the workbook of these rows and letters; `said`: of which letter, and to what it was narrowed."""
    first = _("%(said)s Đối chiếu tự động ngày %(day)s; đề nghị xem lại trước khi dùng.") % {
        "said": said,
        "day": f"{on:%d/%m/%Y}",
    }
    fixed = (10, 50, 22, 30, 14)
    sheets = [
        LongSheet(
            _("Bảng đối chiếu"),
            _table(rows, letters, first),
            headings=2,
            fixed=2,
            widths=(*fixed, 34),
            landscape_a3=True,
        ),
        LongSheet(_("Danh sách"), _list(rows), widths=(10, 44, 22, 40, 20, 50, 10, 44, 14, 14)),
    ]
    if tells_added:
        sheets.append(LongSheet(_("Nhiệm vụ thêm"), _added(letters), widths=(40, 10, 60, 24, 30, 14)))
    return write_sheets(sheets)


def _clause(above: DutyAbove) -> str:
    return clause_or_name(above.obligation) if above.obligation else str(above.duty.key)


def _table(rows: Sequence[Row], letters: Sequence[LetterBelow], first: str) -> Iterator[Sequence[Cell]]:
    yield [first]
    yield [_("Điểm"), _("Nhiệm vụ"), _("Loại"), _("Cơ quan"), _("Ngày cuối"), *(letter.name for letter in letters)]
    for row in rows:
        duty = row.above.duty
        leads = "; ".join(body.text for body in duty.leads)
        cells = ["\n".join((_sign(cell), *reasons(cell))) for _letter, cell in row.cells]
        yield [_clause(row.above), duty.action, row.above.kind, leads, duty.last_day, *cells]


def _sign(cell: Compared) -> str:
    return f"{OUTCOME_MARKS[cell.outcome]} {OUTCOME_WORDS[cell.outcome]}"


def _list(rows: Sequence[Row]) -> Iterator[Sequence[Cell]]:
    yield [
        *(_("Điểm"), _("Nhiệm vụ cấp trên"), _("Loại"), _("Văn bản cấp dưới"), _("Kết quả đối chiếu"), _("Lý do")),
        *(_("Điểm ở cấp dưới"), _("Nhiệm vụ cấp dưới"), _("Ngày cuối cấp trên"), _("Ngày cuối cấp dưới")),
    ]
    for row in rows:
        duty = row.above.duty
        for letter, cell in row.cells:
            own = [letter.obligations[one.key] for one in cell.found]
            yield [
                *(_clause(row.above), duty.action, row.above.kind, letter.name),
                *(str(OUTCOME_WORDS[cell.outcome]), "; ".join(reasons(cell))),
                *(", ".join(map(clause_or_name, own)), "\n".join(one.action for one in own)),
                *(duty.last_day, own[0].last_day if own else None),
            ]


def _added(letters: Sequence[LetterBelow]) -> Iterator[Sequence[Cell]]:
    yield [_("Văn bản cấp dưới"), _("Điểm"), _("Nhiệm vụ"), _("Loại"), _("Cơ quan"), _("Ngày cuối")]
    for letter in letters:
        for one in letter.added:
            leads = "; ".join(one.lead_names)
            kind = str(one.get_kind_display())
            yield [letter.name, clause_or_name(one), one.action, kind, leads, one.last_day]
