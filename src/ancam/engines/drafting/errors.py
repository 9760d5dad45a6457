"""What drafting refuses.

AnCamError
└── DraftingError
    └── ReportRefused: the values cannot make a report; nothing is written
        ├── FieldEmpty         a text the layout cannot do without
        ├── PeriodReversed     the period ends before it begins
        ├── TooManyRows        more tasks than one appendix may hold
        ├── FiguresDisagree    the figures by state do not add up to the tasks listed
        └── FigureOutOfRange   a number below or above what it can be
"""

from datetime import date

from ancam.kit.errors import AnCamError


class DraftingError(AnCamError):
    """The base of every refusal of this engine."""


class ReportRefused(DraftingError):
    """The values given cannot make a report."""

    what = "Chưa lập được báo cáo"


class FieldEmpty(ReportRefused):
    """A required text is empty. Values: `field` (its name in code), `label` (its name for a person)."""

    what = "Chưa lập được báo cáo: thiếu {label}"
    next_step = "Đề nghị bổ sung {label} rồi lập lại báo cáo"

    def __init__(self, *, field: str, label: str) -> None:
        super().__init__(field=field, label=label)


class PeriodReversed(ReportRefused):
    """The period ends before it begins. Values: `period_from`, `period_to`."""

    what = "Chưa lập được báo cáo: kỳ kết thúc ngày {period_to:%d/%m/%Y}, trước ngày bắt đầu {period_from:%d/%m/%Y}"
    next_step = "Đề nghị chọn lại kỳ báo cáo"

    def __init__(self, *, period_from: date, period_to: date) -> None:
        super().__init__(period_from=period_from, period_to=period_to)


class TooManyRows(ReportRefused):
    """More tasks than the bound. Values: `rows`, `limit`."""

    what = "Chưa lập được báo cáo: có {rows} nhiệm vụ, giới hạn một phụ lục là {limit}"
    next_step = "Đề nghị lập báo cáo theo từng nhóm nhiệm vụ hoặc từng đơn vị"

    def __init__(self, *, rows: int, limit: int) -> None:
        super().__init__(rows=rows, limit=limit)


class FiguresDisagree(ReportRefused):
    """The figures by state do not add up to the rows. Values: `counted`, `rows`."""

    what = "Chưa lập được báo cáo: cộng theo trạng thái được {counted} nhiệm vụ, phụ lục có {rows}"
    next_step = "Đề nghị tổng hợp lại số liệu từ danh sách nhiệm vụ"

    def __init__(self, *, counted: int, rows: int) -> None:
        super().__init__(counted=counted, rows=rows)


class FigureOutOfRange(ReportRefused):
    """A number outside what it can be. Values: `field`, `label`, `found`, `accepted`."""

    what = "Chưa lập được báo cáo: {label} là {found}"
    next_step = "Đề nghị sửa thành {accepted}"

    def __init__(self, *, field: str, label: str, found: int, accepted: str) -> None:
        super().__init__(field=field, label=label, found=found, accepted=accepted)
