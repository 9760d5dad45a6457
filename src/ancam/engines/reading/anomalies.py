"""What a person must look at, found once all duties of a letter are known."""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Sequence

from ancam.engines.reading.agencies import plain
from ancam.engines.reading.drafts import Draft
from ancam.engines.reading.due import Due
from ancam.engines.reading.model import Actor, Anomaly, Header, Obligation, Span
from ancam.kit.folding import fold
from ancam.reference.working_days import public_calendar

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_RAW = re.compile(r"(\d{1,2})\D+(\d{1,2})\D+(\d{4})")
_IN_TURNS = re.compile(r"\b(?:dot|lan|quy [1-4iv]+|6 thang|giai doan|dinh ky)\b")
_NUMBER_IN_TEXT = re.compile(r"(?<![\w/])[\w/.\-:]*\w")
_UNITS_INSIDE = re.compile(r"\b(?:phong|don vi)\b")
_ALIKE = 0.75
_GROUPS = {"so_ban_nganh", "don_vi_co_camera", "thu_truong_don_vi", None}
_WHO_HEADS = re.compile(r"^(?:chu tich|giam doc|thu truong) (?=\S+ \S)")
_COVERED_BY_DEPARTMENTS = ("so ", "ban ", "van phong", "thanh tra", "chi cuc", "trung tam")


def of_duty(one: Draft, header: Header, written_on: dt.date | None) -> tuple[Anomaly, ...]:
    """Return the anomalies of one duty."""
    found: list[Anomaly] = []
    if one.due:
        found.extend(_of_deadline(one.due, written_on))
    if one.unsure_subject or not one.leads:
        taken = "; suy từ câu dẫn hoặc nơi nhận" if one.leads else ", cũng không suy được từ câu dẫn hay nơi nhận"
        found.append(Anomaly("no_subject", f"Không nêu chủ thể{taken}", (one.spans[0],)))
    if one.named and header.addressees:
        strangers = [lead.text for lead in one.leads if not _is_addressed(lead, header)]
        if strangers:
            message = f"{', '.join(strangers)}: được giao việc nhưng không có trong 'Kính gửi'"
            found.append(Anomaly("actor_not_addressed", message, (one.spans[0],)))
    return tuple(found)


def _of_deadline(due: Due, written_on: dt.date | None) -> list[Anomaly]:
    if due.by_reference:
        return [Anomaly("deadline_by_reference", "Thời hạn nằm ở văn bản khác", (due.span,))]
    if due.deadline.raw:
        return [Anomaly("impossible_date", _no_such_day(due.deadline.raw), (due.span,))]
    last = due.deadline.last_day
    if last is None:
        return []
    found: list[Anomaly] = []
    if written_on and last < written_on:
        found.append(Anomaly("past_deadline", f"Hạn {last:%d/%m/%Y} sớm hơn ngày của văn bản", (due.span,)))
    if not public_calendar().is_working_day(last):
        doubt = public_calendar().doubt(last)
        message = f"{last:%d/%m/%Y} là {_WEEKDAYS[last.weekday()]}, ngày nghỉ" + (f" ({doubt})" if doubt else "")
        found.append(Anomaly("deadline_on_rest_day", message, (due.span,)))
    return found


def _no_such_day(raw: str) -> str:
    """Say that a day does not exist, and which one may be meant; the suggestion stays in these words."""
    found = _RAW.search(raw)
    if not found or not 1 <= int(found[2]) <= 12:
        return f"{raw} không tồn tại"
    last = monthrange(int(found[3]), int(found[2]))[1]
    return f"{raw} không tồn tại; có thể là {last:02d}/{int(found[2]):02d}/{found[3]}, đề nghị xác nhận"


def _is_addressed(lead: Actor, header: Header) -> bool:
    # Who heads a body is addressed with it.
    lead_plain = _WHO_HEADS.sub("", plain(lead.text))
    words = set(lead_plain.split())
    for name in (*header.addressees, *header.cc):
        addressed = plain(name)
        if len(words & set(addressed.split())) >= 0.7 * len(words):
            return True
        if addressed.startswith(("so ban nganh", "so nganh")) and lead_plain.startswith(_COVERED_BY_DEPARTMENTS):
            return True
        if _UNITS_INSIDE.search(addressed) and lead_plain.startswith(("phong ", "trung tam ", "ban ", "van phong")):
            return True
    return lead.kind in _GROUPS


def of_letter(
    obligations: Sequence[Obligation], *, guessed_encoding: bool, unclear_pages: Sequence[int] = ()
) -> list[Anomaly]:
    """Return the anomalies of the letter as a whole that its duties and its pages show."""
    found: list[Anomaly] = []
    reported = any(o.report_to and o.kind not in ("accountability", "report_difficulty") for o in obligations)
    if obligations and not reported:
        found.append(Anomaly("no_report_line", "Văn bản không yêu cầu báo cáo kết quả về đâu"))
    if guessed_encoding:
        found.append(Anomaly("encoding_guessed", "Bảng mã của tệp được đoán; đề nghị soát lại chữ có dấu"))
    if unclear_pages:
        pages = ", ".join(map(str, unclear_pages))
        found.append(Anomaly("ocr_noise", f"Trang {pages}: chữ nhận dạng từ ảnh có thể sai; đề nghị đối chiếu bản gốc"))
    return found


def of_recognition(text: str, spans: Sequence[Span], unsure: frozenset[str]) -> tuple[Anomaly, ...]:
    """Return the anomaly of a duty in whose words stand numbers that may have been recognised wrongly."""
    found = [
        (start + word.start(), start + word.end())
        for start, end in spans
        for word in _NUMBER_IN_TEXT.finditer(text[start:end])
        if word.group() in unsure
    ]
    if not found:
        return ()
    words = ", ".join(dict.fromkeys(text[slice(*span)] for span in found))
    return (Anomaly("ocr_noise", f"'{words}' nhận dạng từ ảnh chưa chắc; đề nghị đối chiếu bản gốc", tuple(found)),)


def conflicts(obligations: Sequence[Obligation]) -> list[tuple[int, int]]:
    """Return the pairs of duties that ask the same of the same bodies by different days."""
    pairs: list[tuple[int, int]] = []
    dated = [(i, o) for i, o in enumerate(obligations) if o.deadline.last_day]
    for n, (i, first) in enumerate(dated):
        for j, second in dated[n + 1 :]:
            if first.clause != second.clause and _disagree(first, second):
                pairs.append((i, j))
    return pairs


def _disagree(first: Obligation, second: Obligation) -> bool:
    if first.kind != second.kind or first.deadline.last_day == second.deadline.last_day:
        return False
    if {plain(a.text) for a in first.leads} != {plain(a.text) for a in second.leads}:
        return False
    if _IN_TURNS.search(fold(first.action)) or _IN_TURNS.search(fold(second.action)):
        return False
    one, other = (_words(o.action) for o in (first, second))
    return len(one & other) >= _ALIKE * min(len(one), len(other))


def _words(action: str) -> set[str]:
    return set(re.findall(r"[a-z]+", fold(action)))
