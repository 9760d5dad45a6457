"""What drafting refuses.

AnCamError
└── DraftingError
    └── PaperRefused: the values cannot make a paper; nothing is written
        ├── FieldEmpty         a text the layout cannot do without
        ├── NothingToList      a paper about rows, without any
        ├── PeriodReversed     the period ends before it begins
        ├── DayOutOfRange      a day that cannot be where it stands
        ├── NamedTwice         an agency that stands twice in one duty
        ├── NotLate            a row among the late ones whose last day has not passed
        ├── TooManyRows        more rows than one appendix may hold
        ├── FiguresDisagree    the figures by state do not add up to the tasks listed
        ├── GapsDisagree       more periods listed as unreported than are counted as late
        └── FigureOutOfRange   a number below or above what it can be
"""

from datetime import date

from ancam.kit.errors import AnCamError


class DraftingError(AnCamError):
    """The base of every refusal of this engine."""


class PaperRefused(DraftingError):
    """The values given cannot make a paper."""

    what = "Chưa lập được văn bản"


ReportRefused = PaperRefused
"""The name by which the page of the progress report knows it."""


class FieldEmpty(PaperRefused):
    """A required text is empty. Values: `field` (its name in code), `label` (its name for a person)."""

    what = "Chưa lập được văn bản: thiếu {label}"
    next_step = "Đề nghị bổ sung {label} rồi lập lại văn bản"

    def __init__(self, *, field: str, label: str) -> None:
        super().__init__(field=field, label=label)


class NothingToList(PaperRefused):
    """The paper is about rows and there are none. Values: `label` (what they would be)."""

    what = "Chưa lập được văn bản: không có {label} nào"
    next_step = "Đề nghị kiểm tra lại điều kiện lọc"

    def __init__(self, *, label: str) -> None:
        super().__init__(label=label)


class PeriodReversed(PaperRefused):
    """The period ends before it begins. Values: `period_from`, `period_to`."""

    what = "Chưa lập được văn bản: kỳ kết thúc ngày {period_to:%d/%m/%Y}, trước ngày bắt đầu {period_from:%d/%m/%Y}"
    next_step = "Đề nghị chọn lại kỳ"

    def __init__(self, *, period_from: date, period_to: date) -> None:
        super().__init__(period_from=period_from, period_to=period_to)


class DayOutOfRange(PaperRefused):
    """A day that cannot be where it stands. Values: `field`, `label`, `found`, `earliest`."""

    what = "Chưa lập được văn bản: {label} là ngày {found:%d/%m/%Y}"
    next_step = "Đề nghị chọn ngày từ {earliest:%d/%m/%Y} trở đi"

    def __init__(self, *, field: str, label: str, found: date, earliest: date) -> None:
        super().__init__(field=field, label=label, found=found, earliest=earliest)


class NamedTwice(PaperRefused):
    """An agency stands twice in one duty. Values: `field`, `row` (its place), `agency`."""

    what = "Chưa lập được văn bản: {agency} được nêu hai lần ở nhiệm vụ {row}"
    next_step = "Đề nghị để cơ quan này chủ trì hoặc phối hợp, không nêu cả hai"

    def __init__(self, *, field: str, row: int, agency: str) -> None:
        super().__init__(field=field, row=row, agency=agency)


class NotLate(PaperRefused):
    """A row among the late ones is not late. Values: `field`, `row` (its place), `agency`, `as_of`."""

    what = "Chưa lập được văn bản: dòng {row} ({agency}) chưa quá hạn tính đến hết ngày {as_of:%d/%m/%Y}"
    next_step = "Đề nghị lấy lại danh sách nhiệm vụ quá hạn"

    def __init__(self, *, field: str, row: int, agency: str, as_of: date) -> None:
        super().__init__(field=field, row=row, agency=agency, as_of=as_of)


class TooManyRows(PaperRefused):
    """More rows than the bound. Values: `rows`, `limit`."""

    what = "Chưa lập được văn bản: có {rows} dòng, giới hạn một phụ lục là {limit}"
    next_step = "Đề nghị lập văn bản theo từng nhóm nhiệm vụ hoặc từng nhóm cơ quan"

    def __init__(self, *, rows: int, limit: int) -> None:
        super().__init__(rows=rows, limit=limit)


class FiguresDisagree(PaperRefused):
    """The figures by state do not add up to the rows. Values: `counted`, `rows`."""

    what = "Chưa lập được văn bản: cộng theo trạng thái được {counted} nhiệm vụ, phụ lục có {rows}"
    next_step = "Đề nghị tổng hợp lại số liệu từ danh sách nhiệm vụ"

    def __init__(self, *, counted: int, rows: int) -> None:
        super().__init__(counted=counted, rows=rows)


class GapsDisagree(PaperRefused):
    """More periods listed as unreported than are counted as late. Values: `agency`, `listed`, `late`."""

    what = "Chưa lập được văn bản: {agency} có {listed} kỳ chưa báo cáo, trong khi số kỳ quá hạn là {late}"
    next_step = "Đề nghị tổng hợp lại số liệu từ các kỳ báo cáo"

    def __init__(self, *, agency: str, listed: int, late: int) -> None:
        super().__init__(agency=agency, listed=listed, late=late)


class FigureOutOfRange(PaperRefused):
    """A number outside what it can be. Values: `field`, `label`, `found`, `accepted`."""

    what = "Chưa lập được văn bản: {label} là {found}"
    next_step = "Đề nghị sửa thành {accepted}"

    def __init__(self, *, field: str, label: str, found: int, accepted: str) -> None:
        super().__init__(field=field, label=label, found=found, accepted=accepted)
