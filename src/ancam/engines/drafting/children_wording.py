"""The sentences of a report that collects the reports of the agencies below."""

from collections import Counter

from ancam.engines.drafting.children_values import AcceptedReport, ChildrenReport
from ancam.engines.drafting.open_periods import agencies_of
from ancam.engines.drafting.sentences import (
    difficulties_told,
    from_to,
    in_brackets,
    period_in_words,
    proposals_told,
    short_title,
    stopped,
)
from ancam.engines.drafting.tables import Column
from ancam.engines.drafting.text import cleaned, counted, share, unstopped

NAMED = 20
"""How many duties, and how many agencies without an accepted report, the text names. A bound of our own."""

COLUMNS = (
    Column("STT", 13, "center"),
    Column("Cơ quan, đơn vị", 62),
    Column("Kỳ", 34),
    Column("Hoàn thành", 32, "center"),
    Column("Kết quả (khai báo, đã xác nhận)", 116),
)
DONE_COLUMN = 3


def subject(report: ChildrenReport) -> tuple[str, str]:
    """Return the two lines under the kind of document."""
    period = period_in_words(report.period_from, report.period_to)
    return f"Tổng hợp kết quả thực hiện {unstopped(report.directive_title)}", in_brackets(period)


def opening(report: ChildrenReport) -> str:
    """Return the sentence that names the directive in full and the agency that reports."""
    return (
        f"Thực hiện {unstopped(report.directive_title)}, {cleaned(report.agency)} tổng hợp báo cáo của các cơ quan, "
        "đơn vị như sau:"
    )


def chapters(report: ChildrenReport) -> list[tuple[str, list[str]]]:
    """Return the headed parts of the content, each with its paragraphs."""
    return [
        ("I. TÌNH HÌNH BÁO CÁO", _reporting(report)),
        ("II. KẾT QUẢ THEO NHIỆM VỤ", _by_duty(report)),
        ("III. CƠ QUAN, ĐƠN VỊ CHƯA CÓ BÁO CÁO ĐƯỢC XÁC NHẬN", _missing(report)),
        ("IV. TỒN TẠI, KHÓ KHĂN VÀ NGUYÊN NHÂN", difficulties_told(report.difficulties)),
        ("V. KIẾN NGHỊ, ĐỀ XUẤT", proposals_told(report.recommendations)),
    ]


def closing(report: ChildrenReport) -> str:
    """Return the closing sentence without its mark."""
    period = period_in_words(report.period_from, report.period_to)
    return (
        f"Trên đây là báo cáo tổng hợp kết quả thực hiện {short_title(report.directive_title)} {period} "
        f"của {cleaned(report.agency)}"
    )


def appendix_ordinals(report: ChildrenReport) -> tuple[str, str]:
    """Return the numbers of the appendix of what was accepted and of the one of what is missing; one has none."""
    return ("I", "II") if report.accepted and report.missing else ("", "")


def _appendix_names(report: ChildrenReport) -> list[str]:
    return [f"Phụ lục {ordinal}" if ordinal else "Phụ lục kèm theo" for ordinal in appendix_ordinals(report)]


def _reporting(report: ChildrenReport) -> list[str]:
    stretch = from_to(report.period_from, report.period_to)
    if not report.total:
        return [f"Không có nhiệm vụ nào của cơ quan, đơn vị được giao có thời hạn {stretch}."]
    agencies = dict.fromkeys([*(row.agency for row in report.accepted), *agencies_of(report.missing)])
    return [
        f"Có {counted(report.total)} lượt nhiệm vụ có thời hạn {stretch} của {counted(len(agencies))} cơ quan, đơn vị "
        "(mỗi nhiệm vụ của một cơ quan, đơn vị trong một kỳ tính một lượt). "
        f"Tính đến hết ngày {report.as_of:%d/%m/%Y}:",
        *stopped(_figures(report)),
        "Báo cáo này chỉ tổng hợp báo cáo đã được xác nhận; số liệu theo khai báo của cơ quan, đơn vị thực hiện, "
        "không phải kết quả đo, kiểm tra.",
    ]


def _figures(report: ChildrenReport) -> list[str]:
    inapplicable = sum(row.not_applicable for row in report.accepted)
    late = sum(row.is_late for row in report.accepted)
    on_time = len(report.accepted) - late - inapplicable
    counts = (
        ("Hoàn thành đúng hạn, đã xác nhận", on_time),
        ("Hoàn thành muộn, đã xác nhận", late),
        ("Không áp dụng, đã xác nhận", inapplicable),
        ("Chưa có báo cáo được xác nhận", len(report.missing)),
    )
    return [f"- {label}: {counted(count)} lượt ({share(count, report.total)})" for label, count in counts]


def _by_duty(report: ChildrenReport) -> list[str]:
    if not report.total:
        return ["Không có kết quả để tổng hợp."]
    accepted = Counter(row.duty for row in report.accepted)
    everything = accepted + Counter(row.duty for row in report.missing)
    lines = [
        f"- {unstopped(duty)}: {counted(accepted[duty])}/{counted(count)} lượt đã được xác nhận"
        for duty, count in list(everything.items())[:NAMED]
    ]
    rest = len(everything) - len(lines)
    more = [f"Còn {counted(rest)} nhiệm vụ khác nêu tại Phụ lục."] if rest else []
    detail = [f"Kết quả của từng cơ quan, đơn vị tại {_appendix_names(report)[0]}."] if report.accepted else []
    return [*stopped(lines), *more, *detail]


def _missing(report: ChildrenReport) -> list[str]:
    if not report.missing:
        return ["Không có."]
    those = agencies_of(report.missing)
    told = (
        f"Có {counted(len(those))} cơ quan, đơn vị với {counted(len(report.missing))} lượt chưa có báo cáo được xác "
        f"nhận (chi tiết tại {_appendix_names(report)[1]})"
    )
    return [f"{told}."] if len(those) > NAMED else [f"{told}:", *stopped(_missing_lines(report))]


def _missing_lines(report: ChildrenReport) -> list[str]:
    states: dict[str, Counter[str]] = {}
    for row in report.missing:
        states.setdefault(row.agency, Counter())[cleaned(row.state).lower()] += 1
    return [
        f"- {unstopped(agency)}: " + ", ".join(f"{counted(count)} lượt {state}".strip() for state, count in of.items())
        for agency, of in states.items()
    ]


def cells(ordinal: int, row: AcceptedReport) -> tuple[str, ...]:
    """Return the texts of an accepted report in the order of `COLUMNS`."""
    return (str(ordinal), row.agency, row.period, _done(row), row.result)


def _done(row: AcceptedReport) -> str:
    if row.not_applicable:
        return "Không áp dụng"
    day = f"{row.done_on:%d/%m/%Y}" if row.done_on else ""
    return ", ".join(words for words in (day, "muộn" if row.late else "") if words)
