"""The duties of a letter under review as a workbook, with what is still unsure of each."""

from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from django.utils.translation import gettext as _

from ancam.directives.models import ExampleField, Obligation, ObligationState
from ancam.engines.tables.sheets import Cell, LongSheet, write_sheets


def duties_workbook(duties: Iterable[Obligation]) -> IO[bytes]:
    """Return the workbook, one duty in a row as it stands now; dropped ones are left out."""
    widths = (12, 26, 70, 36, 30, 34, 14, 14, 24, 30, 16, 60)
    return write_sheets([LongSheet(_("Nhiệm vụ"), _rows(duties), fixed=1, widths=widths)])


def _rows(duties: Iterable[Obligation]) -> Iterator[Sequence[Cell]]:
    yield [
        _("Điều khoản"),
        _("Loại nhiệm vụ"),
        _("Nội dung nhiệm vụ"),
        _("Chủ trì"),
        _("Phối hợp"),
        _("Thời hạn theo văn bản"),
        _("Ngày cuối cùng"),
        _("Lặp lại"),
        _("Báo cáo về"),
        _("Điều kiện"),
        _("Trạng thái"),
        _("Chỗ chưa chắc"),
    ]
    for duty in duties:
        if duty.state == ObligationState.DROPPED:
            continue
        yield [
            duty.clause,
            duty.get_kind_display(),
            duty.action,
            "; ".join(duty.lead_names),
            "; ".join(duty.support_names),
            duty.deadline_text or duty.relative_text,
            duty.last_day,
            duty.get_cadence_display(),
            "; ".join(duty.report_to),
            duty.condition,
            duty.get_state_display(),
            _unsure(duty),
        ]


def _unsure(duty: Obligation) -> str:
    """Return the open doubts of a duty that nobody confirmed, one on each line."""
    if duty.state != ObligationState.PROPOSED:
        return ""
    return "\n".join(f"{ExampleField(doubt['field']).label}: {doubt['reason']}" for doubt in duty.open_doubts)
