"""Where the parts of a letter lie: head, addressees, preamble, body, foot."""

import re
from dataclasses import dataclass

from ancam.engines.reading.model import Span
from ancam.engines.reading.points import first_marked
from ancam.engines.reading.script import Script

KIND_TITLES = {
    "chỉ thị", "kế hoạch", "thông báo", "quyết định", "báo cáo", "tờ trình", "công điện", "nghị quyết", "hướng dẫn",
    "chương trình", "phương án", "đề án", "quy chế", "quy định", "thông cáo", "công văn", "giấy mời", "quy trình",
}  # fmt: skip
_FOOT = re.compile(r"\W*nơi nhận\b")
_COPIED_TO = re.compile(r"[-–+]\s*(?:như trên|như kính gửi|như điều \d+)\W*$")
_SIGNATURE = re.compile(
    r"(?:TM|KT|TL|TUQ|Q)\.\s?[A-ZĐÀ-Ỹ]|(?:GIÁM ĐỐC|CHỦ TỊCH|TRƯỞNG PHÒNG|TỔNG GIÁM ĐỐC|CHÁNH VĂN PHÒNG|HIỆU TRƯỞNG)$"
)
_APPENDIX = re.compile(r"PHỤ LỤC\b|Phụ lục(?:\s+(?:[IVX]+|\d+))?\s*[:.]?$")
# Behind the foot a table or a form may stand without that word.
_APPENDED = re.compile(
    r"(?:BẢNG|DANH MỤC|BIỂU|MẪU|ĐỀ CƯƠNG|PHIẾU|LỘ TRÌNH|NHIỆM VỤ|PHÂN CÔNG)(?!\w)|(?:Mẫu|Biểu) số(?!\w)"
)
_ADDRESSED = re.compile(r"\W*kính gửi\b\s*:?\s*")
_BODY_START = re.compile(
    r"\W*(?:thực hiện|căn cứ|để\b|trong thời gian|thời gian qua|nhằm|ngày \d|theo\b|hiện nay|qua\b|xét|tiếp theo"
    r"|triển khai thực hiện (?:chỉ|công|kế|quyết|ý)"
    r"|tại (?:cuộc họp|hội nghị|phiên họp|buổi)|tiếp tục|sau khi|vừa qua|trên cơ sở|ủy ban nhân dân (?:tỉnh|huyện|xã"
    r"|thành phố)[^\n]{0,60}(?:ban hành"
    r"|nhận được|yêu cầu|có ý kiến)|thời gian gần đây|trước tình hình)"
)
_DECIDES = re.compile(r"QUYẾT ĐỊNH\s*:$")
_LEADS_IN = re.compile(r"(?<!\w)(?:yêu cầu|đề nghị|ý kiến|chỉ đạo|chỉ thị|kết luận|giao)(?!\w)[^.;:]{0,60}:$")
_ABOUT = re.compile(r"\W*(?:v/v\b|về việc\b|về\b)")
_HEAD_PARAGRAPHS = 40
_LONGEST_SUBJECT = 420


@dataclass(frozen=True, slots=True)
class Layout:
    """Paragraphs of each part. title: the kind's own line; subject: what the letter is about."""

    head: tuple[Span, ...]
    title: Span | None
    subject: tuple[Span, ...]
    addressees: tuple[Span, ...]
    preamble: tuple[Span, ...]
    body: tuple[Span, ...]
    foot: tuple[Span, ...]
    appendix: tuple[Span, ...] = ()


def find_layout(script: Script) -> Layout:
    """Return where the parts lie; a part that is absent is empty."""
    paragraphs = list(script.paragraphs)
    foot = _foot_start(script, paragraphs)
    last = _appendix_start(script, paragraphs, foot)
    title = _title(script, paragraphs[: min(foot, _HEAD_PARAGRAPHS)])
    addressed = _addressed(script, paragraphs[: min(foot, _HEAD_PARAGRAPHS)])
    subject = _subject(script, paragraphs[:foot], title, addressed)
    after: int = max([0, *(i + 1 for i in subject), *([title + 1] if title is not None else [])])
    addressees: tuple[Span, ...] = ()
    if addressed is not None:
        stop = _addressees_stop(script, paragraphs[:foot], addressed)
        addressees = tuple(paragraphs[addressed:stop])
        after = max(after, stop)
    start = after if after else _first_body(script, paragraphs[:foot])
    body = paragraphs[start:foot]
    decides = next((i + 1 for i, p in enumerate(body) if _DECIDES.match(script.text, *p)), 0)
    marked = decides + first_marked(script, body[decides:])
    # Orders without a number may stand between the words that lead them in and the first point.
    led_in = (i + 1 for i in range(decides, marked) if _LEADS_IN.search(script.low, *body[i]))
    marked = min(marked, next(led_in, marked))
    return Layout(
        head=tuple(paragraphs[:start]),
        title=paragraphs[title] if title is not None else None,
        subject=tuple(paragraphs[i] for i in subject),
        addressees=addressees,
        preamble=tuple(body[:marked]),
        body=tuple(body[marked:]),
        foot=tuple(paragraphs[foot:last]),
        appendix=tuple(paragraphs[last:]),
    )


def _foot_start(script: Script, paragraphs: list[Span]) -> int:
    for index, paragraph in enumerate(paragraphs):
        if _FOOT.match(script.low, *paragraph):
            return index
    for index, paragraph in enumerate(paragraphs):
        if _COPIED_TO.match(script.low, *paragraph):
            return index
    half = len(paragraphs) // 2
    for index, paragraph in enumerate(paragraphs):
        if index >= max(half, 3) and _SIGNATURE.match(script.text, *paragraph):
            return index
    for index, paragraph in enumerate(paragraphs):
        if index > 5 and _APPENDIX.match(script.text, *paragraph):
            return index
    return len(paragraphs)


def _appendix_start(script: Script, paragraphs: list[Span], foot: int) -> int:
    for index in range(foot, len(paragraphs)):
        if _APPENDIX.match(script.text, *paragraphs[index]) or _APPENDED.match(script.text, *paragraphs[index]):
            return index
    return len(paragraphs)


def _title(script: Script, paragraphs: list[Span]) -> int | None:
    for index, paragraph in enumerate(paragraphs):
        words = script.text[slice(*paragraph)].strip(" .:")
        if words.isupper() and words.lower() in KIND_TITLES:
            return index
    return None


def _addressed(script: Script, paragraphs: list[Span]) -> int | None:
    return next((i for i, p in enumerate(paragraphs) if _ADDRESSED.match(script.low, *p)), None)


def _subject(script: Script, paragraphs: list[Span], title: int | None, addressed: int | None) -> list[int]:
    """Return the indexes of the paragraphs that say what the letter is about."""
    limit = min(addressed if addressed is not None else len(paragraphs), _HEAD_PARAGRAPHS, len(paragraphs))
    first = title + 1 if title is not None else None
    if first is None:
        first = next((i for i in range(limit) if _ABOUT.match(script.low, *paragraphs[i])), None)
    if first is None or first >= limit or not _may_be_subject(script, paragraphs[first]):
        return []
    indexes = [first]
    for index in range(first + 1, limit):
        before, here = script.words(paragraphs[index - 1]), script.words(paragraphs[index])
        if before.endswith((".", ";", ":")) or not _may_be_subject(script, paragraphs[index]):
            break
        if (here.isupper() and not before.isupper()) or ", ngày" in here[:60] or here.startswith("CHỦ TỊCH"):
            break
        if here.endswith(":") or (addressed is None and here.endswith(".") and len(here) > 120):
            break
        indexes.append(index)
    return indexes


def _may_be_subject(script: Script, paragraph: Span) -> bool:
    if paragraph[1] - paragraph[0] > _LONGEST_SUBJECT or first_marked(script, [paragraph]) == 0:
        return False
    return not (_BODY_START.match(script.low, *paragraph) and not _ABOUT.match(script.low, *paragraph))


def _addressees_stop(script: Script, paragraphs: list[Span], addressed: int) -> int:
    inline = _ADDRESSED.match(script.low, *paragraphs[addressed])
    has_inline = inline is not None and inline.end() < paragraphs[addressed][1]
    index = addressed + 1
    if has_inline and not script.words(paragraphs[addressed]).endswith(";"):
        return index if not _is_dash(script, paragraphs, index) else _dashes_stop(script, paragraphs, index)
    return _dashes_stop(script, paragraphs, index)


def _is_dash(script: Script, paragraphs: list[Span], index: int) -> bool:
    """Return whether a paragraph is a dash of a list; a ground (`- Căn cứ …`) belongs to the body."""
    if index >= len(paragraphs) or script.text[paragraphs[index][0]] not in "-–—+":
        return False
    return not _BODY_START.match(script.low, *paragraphs[index])


def _dashes_stop(script: Script, paragraphs: list[Span], index: int) -> int:
    while index < len(paragraphs):
        words = script.words(paragraphs[index])
        dash = _is_dash(script, paragraphs, index)
        if not dash and (len(words) > 200 or _BODY_START.match(script.low, *paragraphs[index])):
            break
        if not dash and first_marked(script, [paragraphs[index]]) == 0:
            break
        index += 1
        if words.endswith(".") and not _is_dash(script, paragraphs, index):
            break
    return index


def _first_body(script: Script, paragraphs: list[Span]) -> int:
    """Return where the body begins in a letter without a subject, a title or addressees."""
    for index, paragraph in enumerate(paragraphs[:_HEAD_PARAGRAPHS]):
        if _BODY_START.match(script.low, *paragraph) or first_marked(script, [paragraph]) == 0:
            return index
        if paragraph[1] - paragraph[0] > 160 or script.text[paragraph[1] - 1] == ":":
            return index
    return 0
