"""The sentences of a summary of periods."""

from collections import Counter
from collections.abc import Mapping

from ancam.engines.drafting.open_periods import OpenPeriod, agencies_of
from ancam.engines.drafting.sentences import from_to, in_brackets, period_in_words, short_title, stopped
from ancam.engines.drafting.summary_values import Outcomes, PeriodSummary
from ancam.engines.drafting.tables import Column, Entry
from ancam.engines.drafting.text import cleaned, counted, share, unstopped

AGENCIES_NAMED = 20
"""How many agencies without a report the text names; the appendix names them all. A bound of our own."""

LABELS = {
    "accepted_on_time": "Hoàn thành đúng hạn",
    "accepted_late": "Hoàn thành muộn",
    "awaiting": "Chờ xác nhận",
    "returned": "Trả lại",
    "late": "Quá hạn",
    "not_applicable": "Không áp dụng",
    "not_yet_due": "Chưa đến hạn",
}
_IN_TEXT = {
    **LABELS,
    "awaiting": "Đã báo cáo, chờ xác nhận",
    "returned": "Đã báo cáo, bị trả lại để bổ sung",
    "late": "Quá hạn, chưa hoàn thành",
}


def subject(summary: PeriodSummary) -> tuple[str, str]:
    """Return the two lines under the kind of document."""
    period = period_in_words(summary.period_from, summary.period_to)
    return f"Tổng hợp theo kỳ việc thực hiện {unstopped(summary.directive_title)}", in_brackets(period)


def opening(summary: PeriodSummary) -> str:
    """Return the sentence that names the directive in full and the agency that sums up."""
    return (
        f"Thực hiện {unstopped(summary.directive_title)}, {cleaned(summary.agency)} tổng hợp kết quả thực hiện "
        "theo từng kỳ như sau:"
    )


def chapters(summary: PeriodSummary) -> list[tuple[str, list[str]]]:
    """Return the headed parts of the content, each with its paragraphs."""
    return [
        ("I. KẾT QUẢ THEO KỲ", _results(summary)),
        ("II. CƠ QUAN, ĐƠN VỊ CHƯA BÁO CÁO", _unreported(summary)),
    ]


def closing(summary: PeriodSummary) -> str:
    """Return the closing sentence without its mark."""
    period = period_in_words(summary.period_from, summary.period_to)
    return f"Trên đây là báo cáo tổng hợp theo kỳ việc thực hiện {short_title(summary.directive_title)} {period}"


def _results(summary: PeriodSummary) -> list[str]:
    stretch = from_to(summary.period_from, summary.period_to)
    if not summary.tallies:
        return [f"Không có kỳ nào có thời hạn {stretch}."]
    outcomes = summary.outcomes
    agencies, duties = counted(len(summary.by_agency)), counted(len(summary.by_duty))
    counts = zip(_IN_TEXT.values(), outcomes.counts, strict=True)
    lines = [f"- {label}: {counted(count)} kỳ ({share(count, outcomes.total)})" for label, count in counts]
    return [
        f"Có {counted(outcomes.total)} kỳ có thời hạn {stretch}, của {duties} nhiệm vụ giao cho {agencies} cơ quan, "
        "đơn vị (mỗi nhiệm vụ của một cơ quan, đơn vị đến hạn một lần tính một kỳ; chi tiết tại Phụ lục I, "
        "Phụ lục II). "
        f"Tính đến hết ngày {summary.as_of:%d/%m/%Y}:",
        *stopped(lines),
        "Kết quả nêu trên được tổng hợp theo khai báo của cơ quan, đơn vị thực hiện và trả lời của cơ quan theo dõi, "
        "không phải kết quả đo, kiểm tra.",
    ]


def _unreported(summary: PeriodSummary) -> list[str]:
    rows = summary.unreported
    if not rows:
        return ["Không có cơ quan, đơn vị nào quá hạn mà chưa báo cáo."]
    those = agencies_of(rows)
    told = (
        f"Có {counted(len(those))} cơ quan, đơn vị với {counted(len(rows))} kỳ quá hạn chưa có báo cáo nào "
        "(chi tiết tại Phụ lục III)"
    )
    if len(those) > AGENCIES_NAMED:
        return [f"{told}."]
    return [f"{told}:", *stopped(_lines(rows))]


def _lines(rows: tuple[OpenPeriod, ...]) -> list[str]:
    periods = Counter(row.agency for row in rows)
    return [f"- {unstopped(agency)}: {counted(count)} kỳ chưa báo cáo" for agency, count in periods.items()]


def columns(named: str) -> tuple[Column, ...]:
    """Return the columns of the counts by agency or by duty, which fill a landscape page."""
    name = Column(named, 84)
    counts = [Column(label, 20, "center") for label in ("Số kỳ", *LABELS.values())]
    return (Column("STT", 13, "center"), name, *counts)


def entries(counts: Mapping[str, Outcomes], total: Outcomes) -> list[Entry]:
    """Return a row for each name, and one of them all in bold."""
    rows = [Entry((str(place), name, *_numbers(of))) for place, (name, of) in enumerate(counts.items(), start=1)]
    sums = ("", "Tổng số", *_numbers(total))
    return [*rows, Entry(sums, frozenset(range(len(sums))))]


def _numbers(outcomes: Outcomes) -> tuple[str, ...]:
    return tuple(counted(number) for number in (outcomes.total, *outcomes.counts))
