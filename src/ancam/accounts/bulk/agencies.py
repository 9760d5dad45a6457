"""What each row of a list of agencies means: a new agency, a change, nothing, or a refusal."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from ancam.accounts.agency_rules import DEEPEST, exist_together, takes_unit
from ancam.accounts.bulk.agency_drafts import DAYS, LIMITS, Draft
from ancam.accounts.bulk.agency_places import Places
from ancam.accounts.bulk.cells import day_text
from ancam.accounts.bulk.errors import (
    EndsBeforeBeginning,
    FromAboveOnly,
    KindUnknown,
    NameTaken,
    NotAdministered,
    ParentRefused,
    RootDoesNotEnd,
    RootStays,
    TakesNoMore,
    TierContradicts,
    TooDeep,
    TwiceInFile,
    UnderItself,
)
from ancam.accounts.bulk.outcomes import Change, Outcome, Verdict
from ancam.accounts.bulk.references import KnownAgency, Tree
from ancam.engines.tables.model import Row
from ancam.kit.folding import fold, sort_key


class Kinds:
    """The kinds of agency: their names and tiers, the names of the tiers, and which an agency can be today."""

    def __init__(
        self, names: Mapping[str, str], tiers: Mapping[str, str], tier_names: Mapping[str, str], today: Iterable[str]
    ) -> None:
        self.names, self.tiers, self.tier_names = names, tiers, tier_names
        self._today = frozenset(today)
        self._meant = {fold(name): id for id, name in names.items()} | {id: id for id in names}

    def meant(self, text: str, present: str) -> str:
        """Return the id of the kind that a cell means; an ended kind only where it is the present one."""
        kind = self._meant.get(fold(text), "")
        return kind if kind == present or kind in self._today else ""


def check_agency_rows(rows: Sequence[Row], tree: Tree, kinds: Kinds) -> tuple[list[Outcome], list[Draft]]:
    """Return what becomes of each row, in the file's order, and the drafts of the rows to be written.

    Nothing is read or written. An empty cell leaves what is. A later row may be the parent of an earlier one. Rows
    that speak of the same agency are refused together: which of them is right is not known. A new agency hangs from
    what the person administers; kind and parent of one that exists are changed from above only.
    """
    drafts = Places(rows, tree).understood()
    by_node = {draft.node: draft for draft in drafts if draft.node}
    for draft in drafts:
        _read(draft, tree, kinds)
        if draft.node:
            _require_permission(draft, tree, by_node)
    _refuse_doubles(drafts, tree)
    _refuse_circles(by_node, tree)
    _refuse_under_refused(drafts, by_node)
    outcomes = [_outcome(draft) for draft in drafts]
    return outcomes, [draft for draft, outcome in zip(drafts, outcomes, strict=True) if outcome.writes]


def _read(draft: Draft, tree: Tree, kinds: Kinds) -> None:
    """Fill in what the row sets and what that changes."""
    cells, old = draft.cells, tree.by_id.get(draft.node)
    values: dict[str, Any] = {"name": draft.name}
    values |= {name: cells.line(name, LIMITS[name]) for name in ("place", "symbol")}
    values |= {"code": draft.code, **{name: cells.day(name) for name in DAYS}}
    draft.values = {name: value for name, value in values.items() if value}
    _read_kind(draft, kinds, old)
    if draft.is_new:
        cells.require(kind=cells.raw("kind"), place=values["place"])
    begins, ends = _period(draft, tree)
    if begins and ends and ends < begins:
        draft.refusals.append(EndsBeforeBeginning(begins_on=day_text(begins), ends_on=day_text(ends)))
    if old is not None:
        _compare(draft, old, tree, kinds)


def _period(draft: Draft, tree: Tree) -> tuple[date | None, date | None]:
    """Return the days of the row's agency as they will be."""
    old = tree.by_id.get(draft.node)
    begins_on, ends_on = (draft.values.get(name) or getattr(old, name, None) for name in DAYS)
    return begins_on, ends_on


def _read_kind(draft: Draft, kinds: Kinds, old: KnownAgency | None) -> None:
    text, tier_text = (draft.cells.line(name, LIMITS[name]) for name in ("kind", "tier"))
    present = old.kind if old else ""
    kind = kinds.meant(text, present) if text else present
    if text and not kind:
        draft.refusals.append(KindUnknown(text=text[:80]))
        return
    tier = old.tier if old and kind == old.kind else kinds.tiers.get(kind, "")
    if tier_text and tier and fold(tier_text) not in (fold(kinds.tier_names[tier]), tier):
        draft.refusals.append(TierContradicts(text=tier_text, tier=kinds.tier_names[tier]))
    if kind and tier:
        draft.values |= {"kind": kind, "tier": tier}


def _compare(draft: Draft, old: KnownAgency, tree: Tree, kinds: Kinds) -> None:
    """Keep of what the row sets only what is not so already."""
    draft.values = {name: value for name, value in draft.values.items() if getattr(old, name) != value}
    for name, value in draft.values.items():
        draft.changes.append(Change(name, _text(name, getattr(old, name), kinds), _text(name, value, kinds)))
    if draft.parent is not None and draft.parent == tree.parent_of[old.id]:
        draft.parent = None
    if draft.parent is not None:
        above = tree.parent_of[old.id]
        before = tree.by_id[above].name if above is not None and tree.sees(above) else ""
        draft.changes.append(Change("parent", before, draft.reference))


def _text(name: str, value: Any, kinds: Kinds) -> str:
    if name in DAYS:
        return day_text(value)
    if name == "kind":
        return kinds.names.get(value, value)
    return kinds.tier_names.get(value, value) if name == "tier" else str(value)


def _require_permission(draft: Draft, tree: Tree, by_node: Mapping[int, Draft]) -> None:
    """Refuse what the person may not do: see `services.agencies` for the same of one agency."""
    if draft.is_new:
        above = draft.parent
        while above is not None and above < 0:
            above = by_node[above].parent if above in by_node else None
        if above is not None and not tree.administers(above):
            draft.refusals.append(NotAdministered(agency=tree.by_id[above].name))
        _require_parent_of_its_time(draft, tree)
        return
    if not draft.changes:
        return
    name, over = tree.by_id[draft.node].name, tree.parent_of[draft.node]
    if not tree.administers(draft.node):
        draft.refusals.append(NotAdministered(agency=name))
        return
    from_above = over is None or tree.administers(over)
    if not from_above and (draft.parent is not None or "kind" in draft.values):
        draft.refusals.append(FromAboveOnly(agency=name))
    if draft.parent is not None and over is None:
        draft.refusals.append(RootStays())
    if "ends_on" in draft.values and over is None:
        draft.refusals.append(RootDoesNotEnd())
    if draft.parent is not None and draft.parent > 0 and not tree.administers(draft.parent):
        draft.refusals.append(NotAdministered(agency=tree.by_id[draft.parent].name))
    _require_parent_of_its_time(draft, tree)


def _require_parent_of_its_time(draft: Draft, tree: Tree) -> None:
    """Refuse to hang from what has ended what has not ended with it."""
    if draft.parent is None or draft.parent < 0:
        return
    parent, ends_on = tree.by_id[draft.parent], _period(draft, tree)[1] if draft.is_new else None
    if not takes_unit(parent.ends_on, ends_on, today=tree.today):
        draft.refusals.append(TakesNoMore(agency=parent.name, ended_on=day_text(parent.ends_on)))


def _refuse_doubles(drafts: Sequence[Draft], tree: Tree) -> None:
    """Refuse rows that speak of one agency twice, and names and codes that another agency has."""
    claims: dict[tuple[Any, ...], list[Draft]] = defaultdict(list)
    named: dict[tuple[Any, ...], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if not draft.node:
            continue
        over = draft.parent if draft.parent is not None or draft.is_new else tree.parent_of[draft.node]
        key = sort_key(draft.name)
        claims["node", draft.node].append(draft)
        named[over, key].append(draft)
        if draft.code:
            claims["code", draft.code].append(draft)
        holders = (tree.by_id[id] for id in tree.children_named.get((over, key), []) if id != draft.node)
        if any(exist_together(*_period(draft, tree), one.begins_on, one.ends_on) for one in holders):
            parent = tree.by_id[over].name if over is not None else ""
            draft.refusals.append(NameTaken(name=draft.name, parent=parent))
    for same in claims.values():
        for draft in same if len(same) > 1 else []:
            _refuse_double(draft, next(one for one in same if one is not draft))
    for same in named.values():
        _refuse_namesakes(same, tree)


def _refuse_namesakes(drafts: Sequence[Draft], tree: Tree) -> None:
    """Refuse those of one name and place that exist together with another. In one pass from the first to begin."""
    last: Draft | None = None
    for draft in sorted(drafts, key=lambda one: _period(one, tree)[0] or date.min):
        if last is not None and exist_together(*_period(draft, tree), *_period(last, tree)):
            _refuse_double(draft, last)
            _refuse_double(last, draft)
        if last is None or (_period(draft, tree)[1] or date.max) > (_period(last, tree)[1] or date.max):
            last = draft


def _refuse_double(draft: Draft, other: Draft) -> None:
    """Say once of a row that another says the same."""
    if not any(isinstance(one, TwiceInFile) for one in draft.refusals):
        draft.refusals.append(TwiceInFile(row=other.row.number))


def _refuse_circles(by_node: Mapping[int, Draft], tree: Tree) -> None:
    """Refuse agencies that would hang from themselves, or too deep."""
    placed = {node: one.parent for node, one in by_node.items() if one.parent is not None}
    for node in placed:
        walked = [node]
        above = _above(node, placed, tree)
        while above is not None and above not in walked and len(walked) < DEEPEST:
            walked.append(above)
            above = _above(above, placed, tree)
        if above == node:
            by_node[node].refusals.append(UnderItself())
        elif above not in walked and len(walked) + tree.levels_under(node) + (above is not None) > DEEPEST:
            by_node[node].refusals.append(TooDeep(limit=DEEPEST))


def _above(node: int, placed: Mapping[int, int | None], tree: Tree) -> int | None:
    return placed[node] if node in placed else tree.parent_of.get(node)


def _refuse_under_refused(drafts: Sequence[Draft], by_node: Mapping[int, Draft]) -> None:
    """Refuse, down to the lowest, every row whose new parent is refused."""
    below: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.parent is not None and draft.parent < 0:
            below[draft.parent].append(draft)
    waiting = [node for node in below if node not in by_node or by_node[node].refusals]
    while waiting:
        node = waiting.pop()
        for draft in below.pop(node, []):
            draft.refusals.append(ParentRefused(row=-node))
            waiting.append(draft.node)


def _outcome(draft: Draft) -> Outcome:
    outcome = Outcome(draft.row.number, draft.name or draft.code, Verdict.SAME, meant=(draft.node, draft.parent))
    if draft.refusals:
        return replace(outcome, verdict=Verdict.REFUSED, refusals=tuple(draft.refusals), meant=())
    if draft.is_new:
        return replace(outcome, verdict=Verdict.NEW)
    return replace(outcome, verdict=Verdict.CHANGED, changes=tuple(draft.changes)) if draft.changes else outcome
