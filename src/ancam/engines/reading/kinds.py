"""What kind of duty a wording is, by the phrases of `reference/duty-kinds.yaml`."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache

from ancam.engines.reading.likely_kinds import Likely
from ancam.engines.reading.model import Span
from ancam.engines.reading.script import Script, lowered
from ancam.reference import reference

OTHER = "other"
_GAP = r"(?:[^.;]|(?<=\d)\.(?=\d)){0,110}?"
_OPENING_BONUS = 2.0
_OPENING_LENGTH = 30
# What the first verb of a wording says weighs more than a word further on; what only says why weighs less.
_FIRST_ACT_BONUS = 1.5
_WEAK = 3.0
_AIM_LOSS = 4.0
_ALSO_FROM = 6.0
_HINT = 5.0
_MOST_ALSO = 2
# How much likelier a kind must be than the next, as `Likely.margin`. In letters of issuers not learnt from, four
# guesses in five were right, and eleven overrulings of twelve.
_LIKELY = 14.0
_OVERRULING = 35.0
# Both are full of the same words; the verb tells which it is.
_TOLD_BY_THE_VERB = {"classify", "approve"}

# Verbs that take the rest of the clause as their object: `hướng dẫn xác định cấp độ` is guidance, not classification.
_FRAME = (
    r"(?:chu tri|to chuc|trien khai|thuc hien|chu dong|tang cuong|tiep tuc|kip thoi|thuong xuyen|day manh"
    r"|tham muu(?: cho)?|uu tien|khan truong"
    r"|nghiem tuc|tich cuc|co van ban|ban hanh van ban|cong tac|lam dau moi|dinh ky|hang thang|hang quy|hang nam"
    r"|co trach nhiem|xay dung|ban hanh|tai lieu|ke hoach"
    r"|ubnd tinh|ubnd xa|giup|long ghep|noi dung|viec|cac|kenh|,|va)"
)
_GOVERNING = (
    r"(?:huong dan|tuyen truyen|pho bien|quan triet|theo doi|don doc|giam sat(?= viec| tinh hinh| cong tac|,)"
    r"|tong hop|bao cao|dang tai|cong khai|cong bo"
    r"|tap huan|boi duong|dao tao|phan anh|kiem tra(?=,? (?:viec|tinh hinh|cong tac|don doc|giam sat|huong dan"
    r"|va don doc|va bao cao))|danh gia(?= (?:viec|ket qua|tinh hinh))|thong bao|sao gui"
    r"|gui(?= [^,;.]{0,60}(?:ket qua|bao cao|so lieu|danh sach)))"
)
_MORE = r"(?:kiem tra|danh gia|giam sat|ho tro|trien khai|to chuc|chi dao|van dong)"
_GOVERNED = re.compile(
    rf"\s*(?:{_FRAME}\s*){{0,8}}{_GOVERNING}(?:(?:\s*,\s*|\s+va\s+|\s+)(?:{_GOVERNING}|{_MORE}|{_FRAME})(?!\w)){{0,10}}"
)
_FRAMED = re.compile(rf"\s*(?:{_FRAME}(?!\w)\s*){{0,8}}")
# `… để thay thế camera`, `… phục vụ công tác …`: why it is done. `để xảy ra`, `để lộ` are acts.
_AIM = re.compile(r"(?<=\w )(?<!không )(?:để(?! xảy| lộ| lọt| mất| quên)|nhằm|cho việc)(?!\w)")
_NAMING = re.compile(
    r"Quản lý|Kiểm soát|Kiểm tra|Kiểm định|Giám sát|Điều hành|Điều tra|Thanh tra|Hỗ trợ|Tuyên truyền|Tổng hợp"
    r"|Ứng cứu|Đầu tư"
)
_INSIDE = re.compile(r"[\w,] $")
# `Trên cơ sở hướng dẫn của …, xác định …`: the ground of the duty is not the duty.
_GROUND = re.compile(
    r"\s*(?:(?:trên cơ sở|căn cứ|theo|trong (?:thời hạn|vòng)|sau khi|chậm nhất|nhận được)(?!\w)[^,;.]{0,200}"
    r"|(?:trong (?:tháng|quý)|trước ngày)\s\S+(?:\s+(?:tháng|năm)\s+\S+){0,2}),\s*"
)


@dataclass(frozen=True, slots=True)
class _Trigger:
    kind: str
    pattern: re.Pattern[str]
    weight: float
    anywhere: bool
    broad: bool
    leads: frozenset[str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind of a wording, and others that it also is.

    contested: two kinds fit equally well. governs: its verb takes the rest of the clause as its object.
    unsettled: no phrase says the kind, but for hints and broad ones, or two say it equally.
    likely: the kind by its words alone. guessed: that kind was taken.
    """

    kind: str
    also: tuple[str, ...] = ()
    contested: bool = False
    governs: bool = False
    unsettled: bool = False
    likely: Likely | None = None
    guessed: bool = False

    def settled(self) -> "Verdict":
        """Return the verdict with the likeliest kind, where no phrase settles it or the words clearly say another."""
        if self.likely is None or self.likely.kind in (self.kind, OTHER):
            return self
        verb_tells = {self.kind, self.likely.kind} == _TOLD_BY_THE_VERB or (self.governs and not self.unsettled)
        if verb_tells or self.likely.margin < (_LIKELY if self.unsettled else _OVERRULING):
            return self
        also = tuple(kind for kind in (self.kind, *self.also) if kind not in (OTHER, self.likely.kind))
        return replace(self, kind=self.likely.kind, also=also[:_MOST_ALSO], contested=False, guessed=True)


def kind_of_duty(script: Script, span: Span, leads: Collection[str | None]) -> Verdict:
    """Return the kind of a duty from its wording and the kinds of the bodies that lead it; `other` when none fits."""
    if ground := _GROUND.match(script.low, *span):
        span = (ground.end(), span[1])
    governed = _GOVERNED.match(script.bare, *span)
    reach = governed.end() if governed else span[1]
    framed = _FRAMED.match(script.bare, *span)
    first_act = framed.end() if framed else span[0]
    aim = _AIM.search(script.low, span[0] + 1, span[1])
    stop = aim.start() if aim else span[1]
    scores: dict[str, tuple[float, int, bool]] = {}
    for trigger in _triggers():
        if trigger.leads and not trigger.leads.intersection(leads):
            continue
        main = _said(script, trigger.pattern, span[0], stop)
        found = main or (_said(script, trigger.pattern, *span) if aim else None)
        if not found or (found.start() >= reach and not trigger.anywhere):
            continue
        bonus = 0.0
        if main and not (trigger.anywhere or trigger.broad):
            bonus += _OPENING_BONUS if found.start() - span[0] <= _OPENING_LENGTH else 0.0
            bonus += _FIRST_ACT_BONUS if trigger.weight > _WEAK and found.start() <= first_act else 0.0
        elif not main:
            bonus = -_AIM_LOSS
        score = (trigger.weight + bonus, -found.start(), not trigger.broad)
        scores[trigger.kind] = max(score, scores.get(trigger.kind, score))
    return _verdict(scores, governs=governed is not None)


def _said(script: Script, pattern: re.Pattern[str], start: int, stop: int) -> re.Match[str] | None:
    """Return the first match that is no part of a name: `Cục Quản lý thị trường` manages nothing here."""
    for found in pattern.finditer(script.low, start, stop):
        at = found.start()
        named = at > start and _NAMING.match(script.text, at) and _INSIDE.search(script.text, max(start, at - 2), at)
        if not named:
            return found
    return None


def _verdict(scores: dict[str, tuple[float, int, bool]], *, governs: bool) -> Verdict:
    if not scores:
        return Verdict(OTHER, governs=governs, unsettled=True)
    if max(scores.values())[0] <= _HINT:
        # A hint, such as an inventory before the levels are set, is not yet a kind.
        return Verdict(OTHER, tuple(scores)[:_MOST_ALSO], governs=governs, unsettled=True)
    ranked = sorted(scores, key=lambda kind: scores[kind], reverse=True)
    also = tuple(kind for kind in ranked[1:] if scores[kind][0] >= _ALSO_FROM)[:_MOST_ALSO]
    contested = len(ranked) > 1 and scores[ranked[0]][0] == scores[ranked[1]][0]
    return Verdict(ranked[0], also, contested, governs, contested or not scores[ranked[0]][2])


@cache
def _triggers() -> tuple[_Trigger, ...]:
    return tuple(
        _Trigger(
            kind["id"],
            _compiled(trigger["when"]),
            float(trigger["weight"]),
            bool(trigger.get("anywhere")),
            bool(trigger.get("broad")),
            frozenset(trigger.get("leads", ())),
        )
        for kind in reference("duty-kinds")["kinds"]
        for trigger in kind["triggers"]
    )


def _compiled(phrase: str) -> re.Pattern[str]:
    """Return the pattern of a phrase: `…` is a gap within the clause, spaces are any white space.

    `giám sát` in `camera giám sát`, `kinh doanh` in `hộ kinh doanh`, and `thông báo` across
    `viễn thông báo cáo`, are no acts.
    """
    pattern = lowered(phrase).replace(" … ", rf"\b{_GAP}\b").replace(" ", r"\s+")
    pattern = pattern.replace(r"giám\s+sát", r"(?<!camera )giám\s+sát")
    pattern = pattern.replace(r"thông\s+báo", r"(?<!viễn )thông\s+báo")
    pattern = pattern.replace(r"kinh\s+doanh", r"(?<!hộ )kinh\s+doanh")
    return re.compile(rf"\b{pattern}\b")
