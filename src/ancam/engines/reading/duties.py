"""The tree of points → duties: who each point speaks to, what is a duty in it and what is not."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ancam.engines.reading.actors import list_end, members, starts_list, starts_with_verb
from ancam.engines.reading.agencies import actor, plain
from ancam.engines.reading.attributes import describe, describe_all, describe_asides, is_attribute
from ancam.engines.reading.back_references import is_bare, meant, places_named, points_back
from ancam.engines.reading.cadence import find_cadence
from ancam.engines.reading.day_scope import doubt_days
from ancam.engines.reading.deadlines import find_dues
from ancam.engines.reading.drafts import (
    Draft,
    Scope,
    absorb,
    continue_with,
    draft,
    fits,
    follow,
    goes_on,
    hand_down,
    lead_to,
    take_rhythm,
)
from ancam.engines.reading.due import Due, Known
from ancam.engines.reading.kinds import OTHER, kind_of_duty
from ancam.engines.reading.model import Actor, Span
from ancam.engines.reading.openings import Opening, read_opening
from ancam.engines.reading.points import CLOSING, Point
from ancam.engines.reading.script import Script
from ancam.engines.reading.short_names import in_full
from ancam.engines.reading.statements import sentences, statements

_BACKGROUND = re.compile(
    r"\W*(?:mục đích|yêu cầu|mục tiêu|quan điểm|căn cứ|cơ sở pháp lý|thực trạng|tình hình|đánh giá chung"
    r"|kết quả (?:đạt được|thực hiện)|phạm vi"
    r"|đối tượng|tồn tại|hạn chế|nguyên nhân|sự cần thiết|đặc điểm|phạm vi, đối tượng"
    r"|giải thích từ ngữ|cơ sở)(?:[\s,và]+(?:mục đích|yêu cầu|mục tiêu|quan điểm|đối tượng|phạm vi|hạn chế"
    r"|nguyên nhân))*\W*(?:$|\n|:)"
)
_TOPICS = re.compile(
    r"(?:tuyên truyền|phổ biến|truyền thông)[^.]{0,80}(?:nội dung|vấn đề|thông tin|thông điệp)[^.]{0,40}:$"
    r"|(?<!\w)(?:bao )?gồm(?: có)?(?: các| những)?(?: nội dung| thông tin| mục| phần| thành phần)?(?: chính| chủ yếu"
    r"| cơ bản| sau)*(?: đây)?\s*:$"
    r"|nội dung (?:báo cáo|tuyên truyền|kiểm tra|tập huấn)[^.]{0,60}:$|(?:đáp ứng|theo|bảo đảm)(?: các"
    r"| những)? (?:tiêu chí|điều kiện|yêu cầu|mẫu)(?: sau| sau đây)?\s*:$"
)
# `Là cơ quan thường trực, theo dõi …` names the part and then the task.
_PERMANENT_AND = (
    r"(?:cơ quan|đơn vị) thường trực[^,;.]{0,60},\s+(?:có trách nhiệm|giúp|theo dõi|đôn đốc|tổng hợp|tham mưu)"
)
_PERMANENT = rf"(?!{_PERMANENT_AND})cơ quan thường trực"
_NOT_A_DUTY = re.compile(
    r"\W*(?:gửi kèm|kèm theo|có [^.]{0,60}kèm theo|trên đây là|trân trọng|thông tin liên hệ|đầu mối liên hệ"
    r"|(?:rất )?mong (?:nhận|được|sự)|được khuyến khích(?!\w)|khuyến khích,"
    r"|xin (?:thông báo|trân trọng)|(?:xin )?thông báo (?:để|cho|tới) [^.]{0,80}biết|là (?:nơi"
    rf"|{_PERMANENT})|sẽ(?!\w)"
    r"|(?:các )?(?:hồ sơ|hệ thống|đơn vị|nơi)?[^.,;]{0,60}không (?:phải|cần) (?:làm|lập|thực hiện|kê khai"
    r"|báo cáo)(?!\w)"
    r"|(?:văn bản|công văn|thông báo|kế hoạch|chỉ thị|quyết định|hướng dẫn|công điện) này (?:thay|là|có|gửi"
    r"|sẽ)(?!\w)"
    r"|đối với kiến nghị|cần trao đổi thêm"
    r"|mọi thông tin|điện thoại|email|ghi chú|tài liệu (?:được|gửi|đăng))"
    r"|[^.]{0,160}(?:có hiệu lực (?:thi hành )?(?:kể )?từ|hết hiệu lực|thay thế (?:chỉ thị|công văn|quyết định"
    r"|kế hoạch|văn bản))|[^.]{0,80}(?:chi tiết )?(?:tại|theo) (?:đường dẫn|địa chỉ|đường link)"
)
# What a body is, has done or will do is no task; `sau đây` leads in the points below.
_NOT_AN_ACT = re.compile(
    rf"\W*(?:là (?:nơi|(?!{_PERMANENT_AND})(?:cơ quan(?! (?:chủ trì|đầu mối))"
    r"|đơn vị (?!chủ trì|đầu mối)))|đã|vừa|sẽ|nhận được|(?:như sau|sau đây"
    r"|như dưới đây)\W*$)(?!\w)"
)
_NARRATIVE = re.compile(
    r"\W*(?:(?:trong|tại|qua) (?:đợt|cuộc|buổi) (?:kiểm tra|rà quét|thanh tra|giám sát)[^.]{0,40}(?:ngày|vừa qua"
    r"|mới đây)"
    # A goal: `Đến hết năm 2026, 100% hệ thống …`.
    r"|(?:phấn đấu )?(?:đến|hết)\s[^,;.]{3,40},?\s(?:có |trên |ít nhất )?\d{1,3}(?:,\d)?\s?%"
    r"|(?:vẫn )?còn \d|vẫn còn|(?:kinh phí|mức|tỷ lệ|số)\s[^.;]{0,100}\sđã\s(?![^.;]*(?:phải|thì|cần)\s)"
    r"|(?:nhưng|song|tuy vậy|mới đây|gần đây|vừa qua|vừa rồi)(?!\w)|quá (?:thời hạn|mốc|hạn|ngày) (?:này|trên"
    r"|nêu trên)[^.;]*\ssẽ\s|tổng (?:mức|số|kinh phí"
    r"|giá trị)[^.;]{0,100}\s(?:là|khoảng)\s|(?:trong )?thời gian qua|hiện nay|tuy nhiên|nhìn chung"
    r"|qua (?:kiểm tra|rà soát|theo dõi|tổng hợp"
    r"|đánh giá)|đến nay|theo (?:báo cáo|thống kê|số liệu)|thực tế|bên cạnh đó(?!,? (?:đề|yêu|giao))|ghi nhận"
    # What stands where, and what a standard was issued with, is told and not asked.
    r"|(?:việc phân công|phân công|nguồn lực|kinh phí|mốc|thời hạn|danh mục|chi tiết)\s[^.;]{0,120}\s(?:nằm"
    r"|(?:được )?(?:nêu|ghi|thể hiện)) (?:trong|tại|ở)\s"
    r"|(?:qcvn|tcvn|thông tư|nghị định)\s[^,;.]{2,60}\s(?:ban hành kèm theo|có hiệu lực)"
    r"|biểu dương|đánh giá cao|cơ bản (?:nhất trí|thống nhất)|nguyên nhân|một số (?:đơn vị|cơ quan"
    r"|hệ thống)[^.]{0,40}(?:chưa|còn))"
)
# `riêng Sở A, thời hạn là ngày …`, `với các xã, lùi đến hết tháng …`: the same task by another day.
_OTHER_TERM = re.compile(
    r"\W*(?:(?:có|còn|do|vì)\s[^,;.]{2,60},\s+)?(?:thì\s+)?(?:(?:thời hạn|thời gian|hạn)(?!\w)|"
    r"(?:được|cho)\s+(?:phép\s+)?"
    r"(?:kéo dài|lùi|gia hạn)|(?:kéo dài|lùi|gia hạn)(?!\w)|(?:(?:phải|cần|làm|thực hiện)\s+){0,2}(?:xong|hoàn thành"
    r"|hoàn tất)\s+(?:trước|trong|vào|chậm|muộn|không|đến|ngày)|(?:chậm|muộn) nhất|trước ngày|đến hết)"
)
# `Xe nào lỡ gắn rồi thì đổi …`: what is to be done with those of which the task comes too late.
_WHICHEVER = re.compile(r"(?:\w+\s){1,3}nào\s[^;.,]{2,80}\sthì\s")
# `UBND huyện sao gửi … và có ý kiến như sau:` leads in the paragraphs that follow.
_LEADS_ON = re.compile(r"(?:như sau|sau đây|dưới đây)\s*[:.]?$")
# `Quyết định này được …` is a task only of those who do it: `… được các khoa quán triệt`.
_PAPER_WAS = re.compile(
    r"\W*(?:văn bản|công văn|thông báo|kế hoạch|chỉ thị|quyết định|hướng dẫn|công điện) này được(?!\w)"
)
# The thing made, sent on: `…; phương án trình Sở trước ngày …`.
_MADE_AND_SENT = re.compile(
    r"(?:phương án|hồ sơ|dự thảo|kế hoạch|đề án|quy chế|dự toán|tài liệu)\s(?:này\s)?(?:được\s)?"
    r"(?:trình|gửi|nộp|chuyển)\s"
)
_ASIDE_SENTENCE = re.compile(r"\W*(?:trong đó|ví dụ|cụ thể là|lưu ý(?! )|riêng đối với hệ thống)")
_TAKING_STOCK = re.compile(r"(?:rà soát|soát xét|kiểm đếm|thống kê)(?!\w)")
# A dossier, a budget or a regulation is sent somewhere as its last step.
_SENT_ON = frozenset(("classify", "approve", "resources", "regulation"))
_SENDING = re.compile(
    r"(?:và )?(?:gửi|nộp|chuyển)\s(?:hồ sơ|về|cho|đến|tới|lên|sở|phòng|ubnd|ủy ban|công an|ban|văn phòng)(?!\w)(?! cáo)"
)
# `Những việc thường xuyên`: how often the tasks below are to be done.
_RETURNING = re.compile(
    r"\W*(?:(?:các|những|một số)\s)?(?:việc|công việc|nhiệm vụ|nội dung)\s"
    r"(?:(?:phải|cần|làm|thực hiện|triển khai)\s){0,2}"
    r"(?P<how>thường xuyên|(?:định kỳ )?(?:h[ằà]ng|mỗi) (?:tháng|quý|năm))(?!\w)"
    r"[^;]{0,40}$"
)
_LONGEST_TITLE = 48
_TIMED = re.compile(r"\d|(?<!\w)(?:trước|trong|h[ằà]ng)(?!\w)")
_MUST = re.compile(r"(?<!\w)(?:phải|cần|không được|nghiêm cấm|đồng thời|trực tiếp)(?!\w)")


def read_duties(
    script: Script, roots: Sequence[Point], scope: Scope, known: Known, *, leadless: bool = False
) -> list[Draft]:
    """Return the duties of all points in the order of the text.

    leadless: a point that names nobody, under nobody, may be a duty, as in the task list of a plan.
    """
    reader = _Reader(script, known, leadless=leadless)
    reader.visit_all(roots, scope)
    return reader.drafts


def root_scope(script: Script, preamble: Sequence[Span], addressees: tuple[Actor, ...], known: Known) -> Scope:
    """Return who the letter as a whole speaks to: those its lead-in names, or its addressees.

    A lead-in that only repeats the addressees in short gives way to their full names, one that picks some does not.
    """
    named = _lead_in_actors(script, preamble)
    words = {word for one in addressees for word in plain(one.text).split()}
    short = all(word in words for one in named for word in plain(one.text).split())
    chosen = {plain(one.text) for one in named} <= {plain(one.text) for one in addressees}
    generic = len(named) == 1 and _means_all(named[0])
    leads = addressees if addressees and (not named or (short and not chosen) or generic) else named
    return Scope(leads, due=_lead_in_due(script, preamble, known))


def _means_all(one: Actor) -> bool:
    """Return whether a lead-in's body is only a word for all those addressed: `các đơn vị`."""
    words = plain(one.text)
    return bool(_ALL_OF_THEM.fullmatch(words)) or (one.kind == "don_vi_co_camera" and len(words.split()) <= 7)


def _lead_in_due(script: Script, preamble: Sequence[Span], known: Known) -> Due | None:
    if not preamble or script.text[preamble[-1][1] - 1] != ":":
        return None
    for last in sentences(script, preamble[-1])[-1:]:
        dues = find_dues(script, last, "none", known)
        if dues and dues[0].deadline.date and not _A_STRETCH.search(script.low, last[0], dues[0].span[0]):
            return dues[0]
    return None


# `đợt cao điểm từ ngày … đến hết ngày …` says how long the campaign lasts, not by when each task is done.
_A_STRETCH = re.compile(r"(?<!\w)từ (?:ngày|tháng|quý|đầu)\s[^;.]{4,40}$")
_ALL_OF_THEM = re.compile(r"(?:(?:co quan|don vi|dia phuong|to chuc|phong|ban|nganh|va)\b ?)+")
_LEAD_IN_ORDER = re.compile(r"(?<!\w)(?:yêu cầu|đề nghị|giao|chỉ đạo)\s+")


def _lead_in_actors(script: Script, preamble: Sequence[Span]) -> tuple[Actor, ...]:
    for paragraph in reversed(preamble):
        for found in reversed(list(script.matches(_LEAD_IN_ORDER, paragraph))):
            if starts_list(script, found.end(), ordered=True):
                end, ended = list_end(script, (found.end(), paragraph[1]))
                return members(script, (found.end(), end)) if ended else ()
        if script.text[paragraph[1] - 1] == ":":
            return ()
    return ()


class _Reader:
    def __init__(self, script: Script, known: Known, *, leadless: bool) -> None:
        self._script = script
        self._known = known
        self._leadless = leadless
        self.drafts: list[Draft] = []
        self._named: list[tuple[Actor, ...]] = []

    def visit_all(self, points: Iterable[Point], scope: Scope) -> None:
        after_named = False
        for point in points:
            named = self._visit(
                point,
                replace(scope, after_named=after_named and not scope.named and point.label != CLOSING),
            )
            after_named = after_named or named

    def _visit(self, point: Point, scope: Scope) -> bool:
        """Read a point and those below it; return whether it named its own bodies."""
        if _BACKGROUND.match(self._script.low, *point.span) and point.label != CLOSING:
            return False
        described = [child for child in point.children if is_attribute(self._script, child.span)]
        children = [child for child in point.children if child not in described]
        own, lead_in = self._parts(point, bool(children))
        opening = read_opening(self._script, lead_in) if lead_in else None
        inner = self._inner(scope, opening, lead_in)
        if opening:
            self._named.append(inner.leads)
        topics = lead_in is not None and bool(_TOPICS.search(self._script.low, *lead_in))
        if topics and lead_in:
            own.append(lead_in)
        first = len(self.drafts)
        named = self._read_own(point, own, scope, is_task=bool(described))
        describe_asides(self._script, self.drafts[first:], self._known)
        for child in described:
            describe_all(self._script, child.span, self.drafts[first:], self._known)
        doubt_days(self._script, own, self.drafts[first:])
        if not topics:
            if not lead_in and children and first < len(self.drafts):
                inner = _led_by(self.drafts[first], scope)
            self.visit_all(children, inner)
        return named or bool(opening and opening.leads)

    def _parts(self, point: Point, has_children: bool) -> tuple[list[Span], Span | None]:
        """Split a point's own wording into what it says itself and the words that lead in its children."""
        if not has_children:
            return list(point.pieces), None
        last = point.pieces[-1]
        text = self._script.words(last)
        if text.endswith(":"):
            start = max((one[0] for one in sentences(self._script, last)), default=last[0])
            before = [*point.pieces[:-1], (last[0], start)] if start > last[0] else list(point.pieces[:-1])
            return [b for b in before if b[1] - b[0] > 2], (start, last[1])
        if not re.search(r"[.;!?]$", text):
            return list(point.pieces[:-1]), last
        return list(point.pieces), None

    def _inner(self, scope: Scope, opening: Opening | None, lead_in: Span | None) -> Scope:
        if not opening or not lead_in:
            return scope
        dues = find_dues(self._script, lead_in, "none", self._known)
        due = dues[0] if dues and dues[0].deadline.date else scope.due
        how = _RETURNING.match(self._script.low, *lead_in)
        cadence = find_cadence(self._script, how.span("how")) if how else scope.cadence
        if opening.leads:
            return Scope(opening.leads, opening.supports, True, due, cadence=cadence)
        return replace(scope, supports=opening.supports or scope.supports, due=due, cadence=cadence)

    def _read_own(self, point: Point, pieces: list[Span], scope: Scope, *, is_task: bool) -> bool:
        """Read a point's own wording; return whether it names bodies. is_task: lines below say who does it, by when."""
        first = len(self.drafts)
        named = False
        current = scope
        for piece in pieces:
            if piece is not pieces[-1] and self._is_title(piece):
                continue
            for span in self._statements(piece, scope):
                if self._is_short_title(span, piece, first):
                    continue
                mine = self.drafts[first:]
                if mine and describe(self._script, span, _undated(mine), self._known):
                    continue
                opening = self._opening(span, scope)
                self._named += [opening.leads, opening.supports]
                if opening.leads:
                    named = True
                    current = Scope(opening.leads, opening.supports, True, scope.due, cadence=scope.cadence)
                elif opening.supports:
                    current = replace(current, supports=opening.supports)
                elif mine and not starts_with_verb(self._script, span[0]):
                    # `…; kết quả kiểm tra báo cáo …` is another thing than what the helpers help with.
                    current = replace(current, supports=scope.supports)
                before = len(self.drafts)
                self._add(
                    point, span, opening, self._spoken_to(point, span, opening, scope, current), first, is_task=is_task
                )
                self._named += [tuple(map(actor, one.report_to)) for one in self.drafts[max(first, before - 1) :]]
        return named

    def _opening(self, span: Span, scope: Scope) -> Opening:
        """Return how a statement opens, with the bodies that its `đơn vị này` means."""
        opening = read_opening(self._script, span)
        opening = replace(opening, leads=in_full(opening.leads, self._known.short_names))
        if scope.named and len(opening.leads) == 1 and is_bare(opening.leads[0]):
            return replace(opening, leads=scope.leads)
        if not any(points_back(one) for one in opening.leads):
            return opening
        named = (scope.leads, *self._named)
        leads = (other for one in opening.leads for other in self._meant(one, named))
        return replace(opening, leads=tuple(dict.fromkeys(leads)))

    def _meant(self, one: Actor, named: Sequence[tuple[Actor, ...]]) -> tuple[Actor, ...]:
        """Return the bodies that a word points back to: those of the points it names, or those named last."""
        if not points_back(one):
            return (one,)
        groups = [self._leads_at(place) for place in places_named(one)]
        if groups and all(len(group) == 1 for group in groups):
            return tuple(dict.fromkeys(body for group in groups for leads in group for body in leads))
        return meant(one, named)

    def _leads_at(self, place: str) -> set[tuple[Actor, ...]]:
        """Return the different lists of bodies that lead the duties of a point and of those below it."""
        labels = ((one.point.label.lower(), one.leads) for one in self.drafts)
        return {leads for label, leads in labels if label == place or label.startswith(f"{place}.")}

    def _spoken_to(self, point: Point, span: Span, opening: Opening, scope: Scope, current: Scope) -> Scope:
        """Return who a statement speaks to: closing words on difficulties are for all, whoever was named before."""
        if point.label == CLOSING and current is not scope and not opening.leads:
            verdict = kind_of_duty(self._script, span, ())
            return scope if verdict.kind == "report_difficulty" and scope.leads else current
        return current

    def _is_short_title(self, span: Span, piece: Span, first: int) -> bool:
        """Return whether a short first sentence only names the task that the next one gives out: `Việc 1 - Đếm lại.`"""
        if span[0] != piece[0] or len(self.drafts) > first or span[1] - span[0] > _LONGEST_TITLE:
            return False
        rest = self._script.trimmed((span[1], piece[1]), " .")
        if rest[0] >= rest[1] or self._script.text[span[1] - 1] != "." or _TIMED.search(self._script.low, *span):
            return False
        if read_opening(self._script, span).leads:
            return False
        return any(read_opening(self._script, one).leads for one in sentences(self._script, rest)[:1])

    def _is_title(self, piece: Span) -> bool:
        """Return whether a paragraph above others is only a heading that names nobody."""
        ended = re.search(r"[.;:!?]$", self._script.words(piece))
        return not ended and not read_opening(self._script, piece).leads

    def _statements(self, piece: Span, scope: Scope) -> list[Span]:
        """Return the statements of a piece; a list of bodies at its head is never cut at its semicolons."""
        opening = read_opening(self._script, piece)
        leads = frozenset(
            (*(lead.kind or self._known.trade for lead in (opening.leads or scope.leads)), self._known.house)
        )
        if not opening.leads or opening.alone:
            return statements(self._script, piece, leads)
        rest = statements(self._script, (opening.action, piece[1]), leads)
        return [(piece[0], rest[0][1]), *rest[1:]] if rest else []

    def _add(self, point: Point, span: Span, opening: Opening, scope: Scope, first: int, *, is_task: bool) -> None:
        first_of_task = is_task and len(self.drafts) == first
        if not self._is_duty(span, opening, scope, first_of_task=first_of_task) or self._leads_on(point, span):
            return
        for one in draft(self._script, point, span, opening, scope, self._known):
            if point.label == CLOSING and one.verdict.kind == OTHER and (one.due is None or not one.due.deadline.date):
                continue
            if one.verdict.kind == OTHER and not (first_of_task or opening.leads or self._orders(one)):
                continue
            if len(self.drafts) > first:
                self._add_behind(self.drafts[-1], one, opening, scope)
            else:
                hand_down(scope, one)
                self.drafts.append(one)

    def _add_behind(self, before: Draft, one: Draft, opening: Opening, scope: Scope) -> None:
        """Add a wording behind a duty of the same point: as part of it, or as a duty of its own."""
        take_rhythm(before, one)
        if self._is_another_turn(before, one, opening):
            one.verdict = replace(before.verdict, contested=True)
        elif goes_on(before, one, names_bodies=bool(opening.leads)):
            continue_with(self.drafts, one)
            return
        hand_down(scope, one)
        if self._takes_stock(before, one):
            lead_to(before, one)
        elif self._follows(before, one):
            follow(before, one)
        elif fits(before, one):
            absorb(before, one)
        else:
            self.drafts.append(one)

    def _takes_stock(self, before: Draft, one: Draft) -> bool:
        """Return whether a wording of no known kind is the first step of the next duty: `Rà soát …; lập hồ sơ …`."""
        is_step = before.verdict.kind == OTHER and before.due is None and before.leads == one.leads
        return is_step and bool(_TAKING_STOCK.match(self._script.low, *before.action))

    def _follows(self, before: Draft, one: Draft) -> bool:
        """Return whether a wording is only the last step of the duty before it: `…; gửi Sở Tài chính …`."""
        if before.due is not None or one.leads != before.leads:
            return False
        made = _MADE_AND_SENT.match(self._script.low, *one.action)
        return bool(made or (before.verdict.kind in _SENT_ON and _SENDING.match(self._script.low, *one.action)))

    def _leads_on(self, point: Point, span: Span) -> bool:
        """Return whether a sentence of a letter without numbers only leads in those after it."""
        return point.label == CLOSING and bool(_LEADS_ON.search(self._script.low, *span))

    def _is_another_turn(self, before: Draft, one: Draft, opening: Opening) -> bool:
        """Return whether a wording gives the duty before it another term: to another body, or for some things."""
        if one.due is None or before.verdict.kind == OTHER:
            return False
        if opening.leads and opening.leads != before.leads and _OTHER_TERM.match(self._script.low, *one.action):
            return True
        whichever = one.verdict.kind == OTHER and _WHICHEVER.match(self._script.low, *one.spans[0])
        return bool(whichever) and before.due is None

    def _orders(self, one: Draft) -> bool:
        """Return whether a wording of no known kind, under bodies named elsewhere, still tells them to do something."""
        told = starts_with_verb(self._script, one.action[0]) or _MUST.search(self._script.low, *one.action)
        return bool(one.leads) and (bool(told) or one.due is not None)

    def _is_duty(self, span: Span, opening: Opening, scope: Scope, *, first_of_task: bool) -> bool:
        if opening.alone or opening.action >= span[1]:
            return False
        for pattern in (_NOT_AN_ACT, _NOT_A_DUTY):
            if pattern.match(self._script.low, opening.action, span[1]):
                return False
        for pattern in (_NOT_A_DUTY, _NARRATIVE, _ASIDE_SENTENCE):
            if pattern.match(self._script.low, *span):
                return False
        if _PAPER_WAS.match(self._script.low, *span) and not opening.leads:
            return False
        return (
            bool(opening.leads or scope.leads)
            or first_of_task
            or (self._leadless and starts_with_verb(self._script, opening.action))
        )


def _undated(drafts: list[Draft]) -> list[Draft]:
    return [one for one in drafts if one.due is None] or drafts


def _led_by(one: Draft, scope: Scope) -> Scope:
    return replace(scope, leads=one.leads, supports=one.supports, named=one.named)
