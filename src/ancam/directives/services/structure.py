"""One obligation into several, several into one, while a letter is under review."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ancam.accounts.models import Person
from ancam.audit.services import Action
from ancam.directives.errors import MergeRefused, PartsRefused, WrongState
from ancam.directives.models import Cadence, Correction, CorrectionKind, Document, Obligation, ObligationState, Origin
from ancam.directives.services.guards import (
    MAX_TEXT,
    bounded,
    locked_document,
    locked_obligation,
    make_room,
    record_on,
    require_holder,
    require_in_review,
    save_changed,
    shortened,
)

SPLIT_OBLIGATION = Action("directives.split_obligation", "Tách nhiệm vụ")
MERGE_OBLIGATIONS = Action("directives.merge_obligations", "Gộp nhiệm vụ")
MOST_PARTS = 12

_INHERITED = (
    "clause",
    "location",
    "leads",
    "supports",
    "kind",
    "also_kinds",
    "deadline_text",
    "deadline_operator",
    "deadline_on",
    "deadline_raw",
    "deadline_decided",
    "last_day",
    "cadence",
    "relative_text",
    "relative_days",
    "relative_event",
    "relative_working_days",
    "condition",
    "report_to",
    "links",
    "confidence",
    "anomalies",
    "doubts",
)

_UNTIMED = (None, "", Cadence.NONE, "")


@transaction.atomic
def split_obligation(
    *, obligation: Obligation, parts: Sequence[str], version: int | None = None, by: Person, at: datetime
) -> list[Obligation]:
    """Put several proposed obligations in the place of one, each with its own words and all else inherited.

    The one is dropped; each part points at its words in the letter when they stand there.
    Raises `Forbidden`, `NotInReview`, `ChangedMeanwhile`, `WrongState`, `PartsRefused`, `TooLong`.
    """
    obligation = locked_obligation(obligation, version)
    document = obligation.document
    require_holder(by, document.holder, _("tách nhiệm vụ"))
    require_in_review(document)
    _require_standing(obligation, _("tách"))
    texts = [bounded(part, field="parts", label=_("Mỗi phần"), most=MAX_TEXT) for part in parts]
    texts = [text for text in texts if text]
    if not 2 <= len(texts) <= MOST_PARTS:
        raise PartsRefused(most=MOST_PARTS)
    make_room(document, obligation.position, len(texts))
    made = [_part(obligation, number, text) for number, text in enumerate(texts, start=1)]
    for one in made:
        one.save()
    _replace([obligation], made, CorrectionKind.SPLIT, by, at)
    label = f"{obligation.label} thành {len(made)} nhiệm vụ"
    change = {"from": obligation.code, "into": [one.code for one in made], "parts": texts, "label": label}
    record_on(document, SPLIT_OBLIGATION, by=by, at=at, change=change)
    return made


@transaction.atomic
def merge_obligations(*, document: Document, obligations: Sequence[Obligation], by: Person, at: datetime) -> Obligation:
    """Put one proposed obligation in the place of several of the same letter and the same last day.

    Raises `Forbidden`, `NotInReview`, `WrongState`, `MergeRefused`.
    """
    document = locked_document(document)
    require_holder(by, document.holder, _("gộp nhiệm vụ"))
    require_in_review(document)
    chosen = {obligation.pk for obligation in obligations}
    rows = list(document.obligations.select_for_update(of=("self",)).filter(pk__in=chosen).order_by("position", "pk"))
    _require_one_duty(rows, chosen)
    for row in rows:
        _require_standing(row, _("gộp"))
    merged = _whole(document, rows)
    make_room(document, rows[0].position, 1)
    merged.save()
    _replace(rows, [merged], CorrectionKind.MERGE, by, at)
    label = shortened(", ".join(row.label for row in rows))
    change = {"from": [row.code for row in rows], "into": merged.code, "label": label}
    record_on(document, MERGE_OBLIGATIONS, by=by, at=at, change=change)
    return merged


def _require_standing(obligation: Obligation, act: str) -> None:
    if obligation.state == ObligationState.DROPPED:
        raise WrongState(act=act, state=obligation.get_state_display())


def _require_one_duty(rows: list[Obligation], chosen: set[int]) -> None:
    if len(rows) != len(chosen) or len(rows) < 2:
        raise MergeRefused(why=_("cần chọn ít nhất hai nhiệm vụ của văn bản này"))
    if len(rows) > MOST_PARTS:
        raise MergeRefused(why=_("một lần gộp không quá %(most)s nhiệm vụ") % {"most": MOST_PARTS})
    if len({_timing(row) for row in rows if _timing(row) != _UNTIMED}) > 1:
        raise MergeRefused(why=_("các nhiệm vụ có thời hạn hoặc chu kỳ khác nhau"))
    if sum(len(row.action) for row in rows) > MAX_TEXT:
        raise MergeRefused(why=_("nội dung gộp lại quá dài"))


def _timing(row: Obligation) -> tuple[object, ...]:
    return (row.last_day, row.deadline_raw, row.cadence, row.relative_text)


def _part(whole: Obligation, number: int, text: str) -> Obligation:
    inherited = {name: getattr(whole, name) for name in _INHERITED}
    return Obligation(
        **inherited,
        document=whole.document,
        position=whole.position + number,
        code=f"{whole.code}.{number}"[:60],
        action=text,
        spans=_words_of(text, whole),
        origin=Origin.SPLIT,
    )


def _words_of(text: str, whole: Obligation) -> list[list[int]]:
    """Return where the words stand within the whole's spans, or those spans when they were worded anew."""
    letter = whole.document.text
    for start, end in whole.spans:
        found = letter.find(text, start, end)
        if found >= 0:
            return [[found, found + len(text)]]
    return list(whole.spans)


def _whole(document: Document, rows: list[Obligation]) -> Obligation:
    first = rows[0]
    # The one that says when it is due says so for the whole.
    timed = next((row for row in rows if _timing(row) != _UNTIMED), first)
    inherited = {name: getattr(timed, name) for name in _INHERITED} | {"kind": first.kind, "clause": first.clause}
    inherited["leads"] = _union(row.leads for row in rows)
    inherited["supports"] = _union(row.supports for row in rows)
    inherited["anomalies"] = _union(row.anomalies for row in rows)
    inherited["doubts"] = _union(row.doubts for row in rows)
    inherited["links"] = _union(row.links for row in rows)
    inherited["confidence"] = min(row.confidence for row in rows)
    inherited["also_kinds"] = _union([row.kind, *row.also_kinds] for row in rows)
    return Obligation(
        **inherited,
        document=document,
        position=first.position + 1,
        code=f"{first.code}+{len(rows) - 1}"[:60],
        action=_joined([row.action for row in rows]),
        spans=sorted(_union(row.spans for row in rows)),
        origin=Origin.MERGED,
    )


def _joined(actions: list[str]) -> str:
    """Return the actions as one sentence, as the letter would write it."""
    rest = [action[0].lower() + action[1:] for action in actions[1:]]
    return "; ".join([actions[0], *rest])


def _union(lists: Any) -> list[Any]:
    """Return the items of all lists in order, each once."""
    found: list[Any] = []
    for items in lists:
        found += [item for item in items if item not in found]
    return found


def _replace(old: list[Obligation], new: list[Obligation], what: CorrectionKind, by: Person, at: datetime) -> None:
    """Drop the old and keep, on each of old and new, what became of what."""
    before = [{"obligation": one.pk, "action": one.action} for one in old]
    after = [{"obligation": one.pk, "action": one.action} for one in new]
    for one in old:
        one.state = ObligationState.DROPPED
        one.confirmed_by = one.confirmed_at = None
        save_changed(one)
    Correction.objects.bulk_create(
        Correction(obligation=one, what=what, before=before, after=after, by=by, at=at) for one in [*old, *new]
    )
