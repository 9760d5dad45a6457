"""What a reader gave beside what a careful person reads: which duties are the same, and which of their fields agree.

A duty of the reader and one of the label can be the same only when they share a kind and are near in clause or lead.
Of all such pairs the likest are joined first, each duty once: an exact kind weighs most, then the clause, of which a
parent or child earns a part, then the leads and the date. Fields are compared folded, so that a noisy reading may
still be right.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from labelled import without_rank

from ancam.kit.folding import fold

Duty = dict[str, Any]
"""An obligation: of `ancam read --format json`, or of a label, whose actors are plain names."""

PARENT_OR_CHILD, SAME_BEGINNING = 0.7, 0.3
LEADS_ALIKE = 0.5
# The codes a label can hold; the reader's other remarks are not judged.
LABELLED_ANOMALIES = {
    "impossible_date",
    "past_deadline",
    "deadline_on_rest_day",
    "deadline_by_reference",
    "conflict_within",
}
# Figures that are counts; the others are shares.
COUNTED = ("letters", "labelled", "read", "invented", "refused")
DOCUMENT_FIELDS = ("number", "symbol", "date", "kind", "issuer", "place", "signer", "implements")
_SHORT = {
    "uy ban nhan dan": "ubnd", "hoi dong nhan dan": "hdnd", "thong tin va truyen thong": "tttt", "tt&tt": "tttt",
    "khoa hoc va cong nghe": "khcn", "kh&cn": "khcn", "quan ly thi truong": "qltt", "giao duc va dao tao": "gddt",
    "gd&dt": "gddt", "ke hoach va dau tu": "khdt", "kh&dt": "khdt", "cong nghe thong tin": "cntt",
}  # fmt: skip
_IN_FAULTS = {"deadlines": "hạn", "last_days": "ngày cuối", "cadence": "nhịp", "leads_exact": "chủ trì"}
_BODIES = {"supports": "phối hợp", "report_to": "nơi nhận báo cáo"}
_FILLING = {"cac", "va", "cua", "tren", "dia", "ban", "thuoc", "nhung"}
_WORD = re.compile(r"[a-z0-9]+")


@dataclass
class Score:
    """What one letter scored. counts: sums from which `figures` are made; faults: each miss in a line."""

    name: str = ""
    level: str = ""
    issuer: str = ""
    counts: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    faults: list[str] = field(default_factory=list)

    def add(self, what: str, count: float, fault: str = "") -> None:
        """Add to a sum, and note the fault behind it when there is one."""
        self.counts[what] += count
        if fault:
            self.faults.append(fault)


def score(label: dict[str, Any], read: dict[str, Any] | None, *, refusal: str = "") -> Score:
    """Return what a reading scores against its label; None for a letter that was refused, which scores nothing.

    read: the object of `ancam read --format json`. Duties of the label with `merge_ok` may be split or merged freely.
    """
    made = Score()
    made.add("letters", 1)
    if read is None:
        made.add("refused", 1, f"không đọc được: {refusal}")
    _score_duties(label, (read or {}).get("obligations", []), made)
    _score_document(label["document"], (read or {}).get("document", {}), made)
    return made


def total(scores: Iterable[Score]) -> Score:
    """Return the sums of many letters, without their faults."""
    whole = Score()
    for one in scores:
        for what, count in one.counts.items():
            whole.counts[what] += count
    return whole


def figures(counts: Mapping[str, float]) -> dict[str, float | None]:
    """Return the figures of some sums: shares between 0 and 1, None where nothing was asked; counts as they are."""

    def share(right: str, asked: str) -> float | None:
        return counts.get(right, 0.0) / counts[asked] if counts.get(asked) else None

    made: dict[str, float | None] = {
        "precision": share("matched", "read"),
        "recall": share("matched", "labelled"),
        "f1": _f1(counts, "matched", "read", "labelled"),
        "strict_f1": _f1(counts, "strict", "read", "labelled"),
        "deadlines": share("deadlines", "matched"),
        "last_days": share("last_days", "matched"),
        "dated": share("dated_right", "dated"),
        "relative": share("relative_right", "relative"),
        "cadence": share("cadence", "matched"),
        "leads": share("leads", "matched"),
        "leads_exact": share("leads_exact", "matched"),
        "supports_f1": _f1(counts, "supports_right", "supports_read", "supports_labelled"),
        "report_to_f1": _f1(counts, "report_to_right", "report_to_read", "report_to_labelled"),
        "anomalies_precision": share("anomalies_right", "anomalies_read"),
        "anomalies_recall": share("anomalies_right", "anomalies_labelled"),
    }
    made |= {name: share(f"document_{name}", "letters") for name in DOCUMENT_FIELDS}
    made["document"] = share("document_right", "document_asked")
    return made | {name: counts.get(name, 0) for name in COUNTED}


def _f1(counts: Mapping[str, float], right: str, read: str, labelled: str) -> float | None:
    both = counts.get(read, 0) + counts.get(labelled, 0)
    return 2 * counts.get(right, 0) / both if both else None


def paired(read: Sequence[Duty], labelled: Sequence[Duty]) -> list[tuple[Duty, Duty]]:
    """Return the duties of a reading with those of the label that they are, the likest first."""
    pairs = [
        (likeness, -i, -j)
        for i, one in enumerate(read)
        for j, other in enumerate(labelled)
        if (likeness := _likeness(one, other)) is not None
    ]
    joined: list[tuple[Duty, Duty]] = []
    used: set[tuple[str, int]] = set()
    for _, i, j in sorted(pairs, reverse=True):
        if not used & {("read", i), ("label", j)}:
            used |= {("read", i), ("label", j)}
            joined.append((read[-i], labelled[-j]))
    return joined


def _likeness(read: Duty, labelled: Duty) -> float | None:
    """Return how like two duties are; None when they cannot be the same."""
    clause, leads = clause_nearness(read["clause"], labelled["clause"]), leads_found(read["leads"], labelled["leads"])
    if not _kinds(read) & _kinds(labelled) or (clause == 0 and leads < LEADS_ALIKE):
        return None
    same_kind, same_date = bool(read["kind"] == labelled["kind"]), _date(read) == _date(labelled)
    return 2 * same_kind + 1.5 * clause + leads + 0.7 * same_date


def clause_nearness(one: str, other: str) -> float:
    """Return 1 for the same clause, a part for its parent or child, less for the same beginning, else 0."""
    parts, others = _clause(one), _clause(other)
    if parts == others:
        return 1.0
    common = min(len(parts), len(others))
    if parts[:common] == others[:common]:
        return PARENT_OR_CHILD
    return SAME_BEGINNING if parts[0] == others[0] else 0.0


def leads_found(read: Iterable[Any], labelled: Iterable[Any]) -> float:
    """Return the share of the label's words that the reader's likest body has, averaged over the label's bodies."""
    found, asked = _names(read), _names(labelled)
    if not asked:
        return 0.0 if found else 1.0
    return sum(max((_overlap(words, other) for other in found), default=0.0) for words in asked) / len(asked)


def _score_duties(label: dict[str, Any], read: Sequence[Duty], made: Score) -> None:
    labelled: list[Duty] = label["obligations"]
    pairs = paired(read, labelled)
    matched_read, matched_labelled = {id(one) for one, _ in pairs}, {id(other) for _, other in pairs}
    free = {tuple(_clause(one["clause"])) for one in labelled if one.get("merge_ok")}
    for one in read:
        if id(one) in matched_read or tuple(_clause(one["clause"])) not in free:
            made.add("read", 1, "" if id(one) in matched_read else f"thừa {_said(one)}")
    found = {tuple(_clause(one["clause"])) for _, one in pairs}
    for one in labelled:
        if id(one) in matched_labelled or not one.get("merge_ok") or tuple(_clause(one["clause"])) not in found:
            made.add("labelled", 1, "" if id(one) in matched_labelled else f"thiếu {_said(one)}")
        made.add("dated", bool(_date(one)))
    for one, other in pairs:
        _score_pair(one, other, made)
    _score_dates_and_anomalies(read, labelled, pairs, made)


def _score_pair(read: Duty, labelled: Duty, made: Score) -> None:
    place = f"{labelled['clause']} {labelled['kind']}"
    made.add("matched", 1)
    same_clause, same_kind = clause_nearness(read["clause"], labelled["clause"]) == 1, read["kind"] == labelled["kind"]
    strange = f"{place}: đọc là {read['clause']} {read['kind']}"
    made.add("strict", same_clause and same_kind, "" if same_clause and same_kind else strange)
    for what, right in _fields(read, labelled):
        shown = f"{place}: sai {_IN_FAULTS[what]}: đọc {_shown(read, what)}, nhãn {_shown(labelled, what)}"
        made.add(what, right, "" if right else shown)
    made.add("dated_right", bool(_date(labelled)) and _right_deadline(read, labelled))
    made.add("leads", leads_found(read["leads"], labelled["leads"]))
    for what in _BODIES:
        _score_bodies(what, read, labelled, made, place)
    if relative := labelled.get("relative"):
        mine = read.get("relative") or {}
        right = all(mine.get(key) == relative[key] for key in ("days", "working_days"))
        made.add("relative", 1)
        made.add("relative_right", right, "" if right else f"{place}: sai hạn tương đối {relative['text']!r}")


def _fields(read: Duty, labelled: Duty) -> Iterator[tuple[str, bool]]:
    yield "deadlines", _right_deadline(read, labelled)
    yield "last_days", read["deadline"]["last_day"] == labelled["deadline"]["last_day"]
    yield "cadence", read["cadence"] == labelled["cadence"] or _inferred(read, labelled)
    yield "leads_exact", _set_of(read["leads"]) == _set_of(labelled["leads"])


def _right_deadline(read: Duty, labelled: Duty) -> bool:
    """Say whether operator and date agree, and an impossible day as written; undated, `none` and `relative` are one."""
    one, other = read["deadline"], labelled["deadline"]
    if _digits(one["raw"]) != _digits(other["raw"]) or one["date"] != other["date"]:
        return False
    undated = other["date"] is None and other["raw"] is None
    return one["operator"] == other["operator"] or (
        undated and {one["operator"], other["operator"]} <= {"none", "relative"}
    )


def _inferred(read: Duty, labelled: Duty) -> bool:
    """Say whether the label's rhythm is one that nothing in the text says."""
    return labelled["kind"] == "use_only_compliant" and (read["cadence"], labelled["cadence"]) == ("none", "continuous")


def _score_bodies(what: str, read: Duty, labelled: Duty, made: Score, place: str) -> None:
    found, asked = _names(read[what]), _names(labelled[what])
    if what == "report_to" and labelled["kind"] == "accountability" and not found:
        return  # whom one answers to is no recipient of a report
    right = sum(any(_overlap(words, other) >= LEADS_ALIKE for other in found) for words in asked)
    wrong = right < max(len(found), len(asked))
    shown = f"{place}: sai {_BODIES[what]}: đọc {_shown(read, what)}, nhãn {_shown(labelled, what)}"
    made.add(f"{what}_right", min(right, len(found)), shown if wrong else "")
    made.add(f"{what}_read", len(found))
    made.add(f"{what}_labelled", len(asked))


def _score_dates_and_anomalies(
    read: Sequence[Duty], labelled: Sequence[Duty], pairs: Sequence[tuple[Duty, Duty]], made: Score
) -> None:
    dates = {_date(one) for one in labelled}
    for one in read:
        made.add("anomalies_read", len(_codes(one)))
        if _date(one) and _date(one) not in dates:
            made.add("invented", 1, f"ngày bịa {_date(one)} ở {_said(one)}")
    made.add("anomalies_labelled", sum(len(_codes(one)) for one in labelled))
    for one, other in pairs:
        mine, asked = _codes(one), _codes(other)
        shown = f"{other['clause']} {other['kind']}: bất thường: đọc {_listed(mine)}, nhãn {_listed(asked)}"
        made.add("anomalies_right", len(mine & asked), "" if mine == asked else shown)


def _score_document(labelled: dict[str, Any], read: dict[str, Any], made: Score) -> None:
    for name in DOCUMENT_FIELDS:
        asked, found = labelled.get(name), read.get(name)
        right = bool(read) and _same(found, asked)
        made.add(f"document_{name}", right, "" if right else f"{name}: đọc {found!r}, nhãn {asked!r}")
        made.add("document_right", right)
        made.add("document_asked", 1)


def _same(found: Any, asked: Any) -> bool:
    """Say whether a field of the head is right; a number may have zeros before it, and a signer a rank."""
    if isinstance(asked, list) or isinstance(found, (list, tuple)):
        return {_plain(one) for one in found or ()} == {_plain(one) for one in asked or ()}
    one, other = (_plain(without_rank(words or "")).lstrip("0 ") for words in (found, asked))
    return one == other


def _plain(text: str) -> str:
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    low = fold(text)
    for long, short in _SHORT.items():
        low = low.replace(long, short)
    return _WORD.findall(low)


def _names(bodies: Iterable[Any]) -> list[set[str]]:
    """Return the telling words of each body, named plainly or as the reader gives it."""
    words = (_words(body if isinstance(body, str) else body["text"]) for body in bodies)
    return [set(one) - _FILLING or set(one) for one in words]


def _set_of(bodies: Iterable[Any]) -> set[frozenset[str]]:
    return {frozenset(words) for words in _names(bodies)}


def _overlap(asked: set[str], found: set[str]) -> float:
    return len(asked & found) / max(1, len(asked))


def _kinds(one: Duty) -> set[str]:
    return {one["kind"], *one.get("also_kinds", ())}


def _clause(label: str) -> list[str]:
    return re.sub(r"[\s()]+", "", label).casefold().strip(".").split(".")


def _date(one: Duty) -> str | None:
    date: str | None = one["deadline"]["date"]
    return date


def _digits(raw: str | None) -> list[str]:
    return [number.lstrip("0") for number in re.findall(r"\d+", raw or "")]


def _codes(one: Duty) -> set[str]:
    codes = {code if isinstance(code, str) else code["code"] for code in one["anomalies"]}
    return codes & LABELLED_ANOMALIES


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(sorted(codes)) or "không"


def _shown(one: Duty, what: str) -> str:
    if what in ("deadlines", "last_days"):
        deadline = one["deadline"]
        return " ".join(str(deadline[key]) for key in ("operator", "date", "last_day") if deadline[key])
    if what == "cadence":
        return str(one["cadence"])
    bodies = one["leads" if what == "leads_exact" else what]
    return "; ".join(body if isinstance(body, str) else body["text"] for body in bodies) or "không"


def _said(one: Duty) -> str:
    return f"{one['clause']} {one['kind']} ({(one.get('words') or one.get('action', ''))[:60]})"
