"""The same task said in the body and again in an appendix, and what a task waits for: the ties between duties."""

import re
from collections.abc import Iterator, Sequence

from ancam.engines.reading.agencies import plain
from ancam.engines.reading.model import Actor, Obligation
from ancam.kit.folding import fold

_WORD = re.compile(r"[a-z0-9]+")
# Words that nearly every duty of such a letter holds.
_EMPTY = re.compile(
    r"(?:camera|giam|sat|an|toan|thong|tin|mang|he|bao|dam|va|cua|cac|cho|tren|theo|trong|voi|co|duoc|tai|ve|de|la"
    r"|nhung|khi|tu|den|do|o|nay|noi|tung|doi|vien|chuc|to|thuc|hien|trien|khai|tiep|tuc|tang|cuong|ngay|thang|nam"
    r"|truoc|xong|hoan|thanh|viec)"
)
_ALIKE = 0.5
_NEARLY_THE_SAME = 0.8
_FEWEST_COMMON = 3
_MOST_COMPARED = 400
_WAITS = re.compile(
    r"(?:sau khi (?:hoàn thành|hoàn tất|xong|có kết quả)|trên cơ sở (?:kết quả|danh sách|danh mục)|căn cứ kết quả)"
    r"[^.;]{0,60}?(?:mục|nhiệm vụ|khoản|điểm|việc)\s+(?:số\s+)?(?P<clause>[a-z0-9]{1,3}(?:\.\d{1,2}){0,2})(?!\w)"
)


def same_tasks(obligations: Sequence[Obligation]) -> list[tuple[int, int]]:
    """Return the pairs of a duty of the body and one of an appendix that are one task, the body's first.

    The same bodies, a kind in common or nearly the same words; each is joined to the most alike, in both directions.
    Of a row whose cells came apart the bodies may be another cell's: nearly the same words are enough.
    """
    body = [n for n, one in enumerate(obligations) if one.location == "body"][:_MOST_COMPARED]
    appendix = [n for n, one in enumerate(obligations) if one.location == "appendix"][:_MOST_COMPARED]
    words = {n: _words(obligations[n].action) for n in (*body, *appendix)}
    alike: dict[tuple[int, int], float] = {}
    for i in body:
        for j in appendix:
            score = _likeness(words[i], words[j])
            if score >= _ALIKE and _may_be_one(obligations[i], obligations[j], score):
                alike[i, j] = score
    best: dict[int, float] = {}
    for (i, j), score in alike.items():
        best[i], best[j] = max(score, best.get(i, 0.0)), max(score, best.get(j, 0.0))
    return sorted(pair for pair, score in alike.items() if score in (best[pair[0]], best[pair[1]]))


def _may_be_one(first: Obligation, second: Obligation, score: float) -> bool:
    kinds = _sure_kinds(first) & _sure_kinds(second)
    unsure = first.kind not in _sure_kinds(first) or second.kind not in _sure_kinds(second)
    if not kinds and not (unsure and score >= _NEARLY_THE_SAME):
        return False
    by_words = kinds and score >= _NEARLY_THE_SAME and _came_apart(second) and not _is_once_and_again(first, second)
    return bool(by_words) or _share(first.leads, second.leads)


def _sure_kinds(one: Obligation) -> set[str]:
    """Return the kinds that a duty was read to be; a guess ties it to nothing."""
    unsure = any(doubt.field == "kind" for doubt in one.doubts)
    return {*one.also_kinds} | (set() if unsure else {one.kind})


def _came_apart(row: Obligation) -> bool:
    return any(anomaly.code == "table_damaged" for anomaly in row.anomalies)


def _is_once_and_again(first: Obligation, second: Obligation) -> bool:
    """Return whether the first has its one day while the second returns."""
    return first.deadline.last_day is not None and first.cadence == "none" != second.cadence


def _share(first: Sequence[Actor], second: Sequence[Actor]) -> bool:
    """Return whether a body of one list is in the other, by its kind or by its name."""
    if not (first and second):
        return False
    if {one.kind for one in first} & {one.kind for one in second} - {None}:
        return True
    names = [(set(plain(a.text).split()), set(plain(b.text).split())) for a in first for b in second]
    return any(one <= other or other <= one for one, other in names)


def _words(action: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(fold(action)) if not _EMPTY.fullmatch(word))


def _likeness(first: frozenset[str], second: frozenset[str]) -> float:
    """Return the share of the shorter wording that both have, from 0 to 1; short wordings are never alike."""
    common = first & second
    return len(common) / min(len(first), len(second)) if len(common) >= _FEWEST_COMMON else 0.0


def waits(obligations: Sequence[Obligation]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of a duty and the one that it says it waits for (`sau khi hoàn thành mục 1`)."""
    clauses: dict[str, int] = {}
    for n, one in enumerate(obligations):
        clauses.setdefault(one.clause, n)
    for n, one in enumerate(obligations):
        if found := _WAITS.search(one.action.lower()):
            prefix = "PL." if one.location == "appendix" else ""
            other = clauses.get(prefix + found["clause"], clauses.get(found["clause"]))
            if other is not None and other != n:
                yield n, other
