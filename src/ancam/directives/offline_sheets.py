"""The workbook of an agency without an account: what is printed, how its rows are sealed, how they are read back.

A workbook is an issued paper: its words are Vietnamese whatever the reader's language.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac

from ancam.directives.figure_rules import CHOICE, DATE, NUMBER, Figure
from ancam.directives.models import CLOSING, Assignment, DuePeriod, OfflineWorkbook, Part
from ancam.directives.offline_rules import STATES, ReadRow
from ancam.engines.tables.answer_sheet import AnswerRow, AnswerSheet, Check, write_answer_workbook
from ancam.engines.tables.errors import TooManyRows
from ancam.engines.tables.limits import Limits
from ancam.engines.tables.model import Column
from ancam.engines.tables.read import read_table
from ancam.kit.folding import squeeze
from ancam.web.clock import day_of

MOST_ROWS = 2_000
LIMITS = Limits(max_rows=MOST_ROWS * 20, max_columns=16, max_cell=4_000, max_characters=4_000_000, max_sheets=8)
_PRINTED_AT_MOST = 900
_SALT = "directives.offline_row"

_TOKEN = Column("token", "Mã tệp", required=True)
_CODE = Column("code", "Mã dòng", required=True)
_ANSWERS = (
    Column("percentage", "Tỷ lệ hoàn thành (%)", required=True),
    Column("state", "Tình hình"),
    Column("text", "Kết quả", required=True),
    Column("done_on", "Hoàn thành từ ngày"),
    Column("ground", "Văn bản chứng minh"),
)
_PRINTED = (
    Column("document", "Văn bản"),
    Column("duty", "Nhiệm vụ"),
    Column("period", "Kỳ"),
    Column("due_on", "Hạn"),
    Column("now", "Tình trạng hiện nay"),
)
PROGRESS = (_TOKEN, _CODE, Column("serial", "STT"), *_PRINTED, *_ANSWERS)
_FIGURE_PRINTED = (
    Column("duty", "Nhiệm vụ"),
    Column("period", "Kỳ"),
    Column("label", "Số liệu"),
    Column("unit", "Đơn vị"),
)
FIGURES = (
    Column("code", "Mã số liệu", required=True),
    Column("serial", "STT"),
    *_FIGURE_PRINTED,
    Column("value", "Giá trị", required=True),
)
_WIDTHS = {"serial": 5, "document": 18, "duty": 48, "now": 18, "text": 42, "ground": 24, "label": 34, "value": 22}
# Texts: of a number, a spreadsheet keeps 1 where 100% is typed.
_PERCENTAGES = tuple(str(n) for n in range(101))
_NOTES = (
    ("Điền ở đâu", "Chỉ điền các ô nền vàng nhạt ở trang “Tiến độ” và trang “Số liệu” (nếu có). Các ô khác đã khóa."),
    ("Tỷ lệ hoàn thành", "Chọn hoặc gõ số nguyên từ 0 đến 100. Ghi 100 khi đã xong: nơi giao việc sẽ xác nhận."),
    (
        "Tình hình",
        "Chọn trong danh sách, có thể để trống. “Không áp dụng” thì ghi lý do ở ô Kết quả, không cần ghi tỷ lệ.",
    ),
    ("Kết quả", "Đã làm gì, vướng mắc nếu có. Bắt buộc với mỗi dòng có báo cáo."),
    (
        "Hoàn thành từ ngày",
        "Chỉ ghi khi tỷ lệ là 100 và đã xong từ trước; ghi cả Văn bản chứng minh (số, ký hiệu, ngày).",
    ),
    ("Dòng chưa có gì mới", "Để trống cả dòng: hệ thống không ghi gì cho dòng đó."),
    ("Số liệu", "Mỗi số liệu nơi giao việc yêu cầu là một dòng; ghi giá trị, không ghi đơn vị."),
    ("Không làm", "Không thêm, chép dòng giữa các tệp, không dùng công thức, không đổi tên trang, không gộp ô."),
    ("Gửi lại", "Lưu thành .xlsx, gửi lại nơi phát tệp kèm bản giấy hoặc thư có người ký chịu trách nhiệm."),
)


@dataclass(frozen=True, slots=True)
class PrintedPeriod:
    """A period as the workbook prints it, with the figures asked of its duty."""

    period: DuePeriod
    figures: Sequence[Figure]


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What stands in a workbook that was sent back: its tokens, one unless rows of another were copied in, its rows."""

    tokens: frozenset[str]
    rows: list[ReadRow]


def write_offline_workbook(workbook: OfflineWorkbook, token: str, printed: Sequence[PrintedPeriod]) -> bytes:
    """Return the workbook of an agency: its rows sealed, every cell locked but the answers, the token in it."""
    with translation.override("vi"):
        title = (
            f"Phiếu báo cáo tiến độ – {workbook.agency.name}",
            f"Nơi phát: {workbook.holder.name}. Phát ngày {day_of(workbook.issued_at):%d/%m/%Y}, nhận lại đến hết ngày "
            f"{workbook.expires_on:%d/%m/%Y}.",
        )
        sheets = [
            AnswerSheet(
                "Tiến độ",
                title,
                PROGRESS,
                [_progress_row(workbook, token, serial, one.period) for serial, one in enumerate(printed, start=1)],
                _WIDTHS,
                frozenset({"token", "code"}),
            )
        ]
        asked = [(one.period, figure) for one in printed for figure in one.figures]
        if asked:
            rows = [_figure_row(workbook, serial, *pair) for serial, pair in enumerate(asked, start=1)]
            sheets.append(AnswerSheet("Số liệu", title, FIGURES, rows, _WIDTHS, frozenset({"code"})))
    notes = (("Mã tệp", f"{token} (chỉ nhận lại tệp còn nguyên mã này)"), *_NOTES)
    return write_answer_workbook(sheets, notes, "Hướng dẫn")


def read_offline_workbook(data: bytes, name: str, *, with_figures: bool) -> ReadBack:
    """Return what stands in a workbook; the same reader and bounds as for lists. Raises `TableRefused`."""
    figures: dict[str, list[tuple[str, tuple[str, ...], str]]] = defaultdict(list)
    if with_figures:
        for row in read_table(data, name, FIGURES, LIMITS).rows:
            code, value = row.cells.get("code", ""), row.cells.get("value", "")
            figures[code.partition("-")[0]].append((code, _words(row.cells, _FIGURE_PRINTED), value))
    found = read_table(data, name, PROGRESS, LIMITS).rows
    if len(found) > MOST_ROWS:
        raise TooManyRows(name=name, limit=MOST_ROWS)
    tokens = frozenset(row.cells.get("token", "") for row in found)
    rows = [
        ReadRow(
            number=row.number,
            code=row.cells.get("code", ""),
            printed=_words(row.cells, _PRINTED),
            **{column.name: row.cells.get(column.name, "") for column in _ANSWERS},
            figures=tuple(figures.get(row.cells.get("code", "").partition(".")[0], ())),
        )
        for row in found
    ]
    return ReadBack(tokens, rows)


def is_sealed(workbook: OfflineWorkbook, code: str, printed: Iterable[str]) -> bool:
    """Tell whether a row's seal is of this workbook, and its printed words are those that were sealed."""
    key, _dot, seal = code.partition(".")
    return constant_time_compare(seal, _seal(workbook, key, printed))


def _seal(workbook: OfflineWorkbook, key: str, printed: Iterable[str]) -> str:
    value = json.dumps([workbook.pk, key, *(squeeze(words) for words in printed)], ensure_ascii=False)
    return salted_hmac(_SALT, value, algorithm="sha256").hexdigest()[:32]


def _words(cells: Mapping[str, str], columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(squeeze(cells.get(column.name, "")) for column in columns)


def _sealed(workbook: OfflineWorkbook, key: str, printed: Mapping[str, str]) -> str:
    return f"{key}.{_seal(workbook, key, printed.values())}"


def _progress_row(workbook: OfflineWorkbook, token: str, serial: int, period: DuePeriod) -> AnswerRow:
    state = period.get_state_display()
    printed = {
        "document": period.assignment.obligation.document.title,
        "duty": _task(period.assignment)[:_PRINTED_AT_MOST].strip(),
        "period": period.label,
        "due_on": f"{period.due_on:%d/%m/%Y}" if period.due_on else "Không ghi ngày",
        "now": f"{state}, {period.percentage}%" if period.percentage else state,
    }
    values = {"token": token, "code": _sealed(workbook, str(period.pk), printed), "serial": str(serial), **printed}
    checks = {
        "percentage": Check("choice", "Số nguyên từ 0 đến 100.", _PERCENTAGES),
        "state": Check("choice", "Chọn trong danh sách, hoặc để trống.", STATES),
        "text": Check("text", "Tối đa 4.000 ký tự.", most=4_000),
        "done_on": Check(
            "day", "Ngày/tháng/năm, từ ngày của văn bản đến hôm nay.", least=date(1990, 1, 1), most=date(2100, 12, 31)
        ),
        "ground": Check("text", "Số, ký hiệu, ngày; tối đa 300 ký tự.", most=300),
    }
    return AnswerRow(values, checks)


def _task(assignment: Assignment) -> str:
    """Return what the agency has to do with where it stands in its letter: `1.b …`, `Đoạn kết: …`, `1.b (Phối hợp) …`.

    Who supports must not take it for its own to lead.
    """
    clause = assignment.obligation.clause
    where = "Đoạn kết:" if clause == CLOSING else clause
    part = "(Phối hợp) " if assignment.part == Part.SUPPORT else ""
    return squeeze(f"{where} {part}{assignment.task}")


def _figure_row(workbook: OfflineWorkbook, serial: int, period: DuePeriod, figure: Figure) -> AnswerRow:
    printed = {
        "duty": _task(period.assignment)[:160].strip(),
        "period": period.label,
        "label": figure.label,
        "unit": figure.unit,
    }
    code = _sealed(workbook, f"{period.pk}-{figure.key}", printed)
    return AnswerRow({"code": code, "serial": str(serial), **printed}, {"value": _figure_check(figure)})


def _figure_check(figure: Figure) -> Check:
    needed = "Bắt buộc." if figure.required else "Có thể để trống."
    if figure.kind == CHOICE:
        return Check("choice", f"Chọn trong danh sách. {needed}", figure.options)
    if figure.kind == DATE:
        least, most = figure.minimum or date(1990, 1, 1), figure.maximum or date(2100, 12, 31)
        return Check("day", f"Từ {least:%d/%m/%Y} đến {most:%d/%m/%Y}. {needed}", least=least, most=most)
    if figure.kind == NUMBER:
        most = figure.maximum if figure.maximum is not None else Decimal(10) ** 15
        least = figure.minimum if figure.minimum is not None else -(Decimal(10) ** 15)
        words = "Số nguyên" if not figure.decimals else f"Số, tối đa {figure.decimals} chữ số sau dấu phẩy"
        told = f"{words}. {needed}"
        return Check("number" if figure.decimals else "whole", told, least=least, most=most)
    return Check("text", f"Tối đa 500 ký tự. {needed}", most=500)
