"""What each row of a list of agencies means: a new agency, a change, nothing, or a refusal."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ancam.accounts.agency_rules import CODE, DEEPEST, exist_together, kept_code, takes_unit
from ancam.accounts.bulk.cells import Cells, day_text, parse_day
from ancam.accounts.bulk.columns import heading_of
from ancam.accounts.bulk.errors import (
    AgencyAmbiguous,
    AgencyUnknown,
    CellMissing,
    CodeRefused,
    CodeTaken,
    EndsBeforeBeginning,
    FromAboveOnly,
    KindUnknown,
    NamesakeEnded,
    NameTaken,
    NotAdministered,
    ParentRefused,
    RootDoesNotEnd,
    RootStays,
    RowRefused,
    TakesNoMore,
    TierContradicts,
    TooDeep,
    TwiceInFile,
    UnderItself,
)
from ancam.accounts.bulk.outcomes import Change, Outcome, Verdict
from ancam.accounts.bulk.references import KnownAgency, Tree, split_names
from ancam.engines.tables.model import Row
from ancam.kit.folding import fold, sort_key, squeeze

# A name that so many rows bear says nothing of which is meant.
_MOST_NAMESAKES = 300
_LIMITS = {"name": 200, "place": 120, "symbol": 30, "code": 35, "parent": 800}
_TEXTS = ("name", "place", "symbol", "code")
_DAYS = ("begins_on", "ends_on")


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


@dataclass(slots=True)
class Draft:
    """A row while it is being understood.

    `node` is the agency it speaks of: an id of the tree, or the row's number below zero for a new one. `parent` is
    the node above it, None where the row leaves that as it is. `days` are those of the row, `values` the columns that
    it sets.
    """

    row: Row
    name: str = ""
    code: str = ""
    reference: str = ""
    days: tuple[date | None, date | None] = (None, None)
    node: int = 0
    parent: int | None = None
    values: dict[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    refusals: list[RowRefused] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        return self.node < 0


def check_agency_rows(rows: Sequence[Row], tree: Tree, kinds: Kinds) -> tuple[list[Outcome], list[Draft]]:
    """Return what becomes of each row, in the file's order, and the drafts of the rows to be written.

    Nothing is read or written. An empty cell leaves what is. A later row may be the parent of an earlier one. Rows
    that speak of the same agency are refused together: which of them is right is not known. A new agency hangs from
    what the person administers; kind and parent of one that exists are changed from above only.
    """
    drafts = _Places(rows, tree).understood()
    by_node = {draft.node: draft for draft in drafts if draft.node}
    for draft in drafts:
        _read(draft, tree, kinds)
        if draft.node:
            _require_permission(draft, tree, by_node)
    _refuse_doubles(drafts, tree)
    _refuse_circles(by_node, tree)
    _refuse_under_refused(drafts, by_node)
    outcomes = [_outcome(draft) for draft in drafts]
    told = {Verdict.NEW, Verdict.CHANGED}
    return outcomes, [draft for draft, outcome in zip(drafts, outcomes, strict=True) if outcome.verdict in told]


class _Places:
    """Finds which agency each row speaks of, and which is above it, through the tree and through the other rows."""

    def __init__(self, rows: Sequence[Row], tree: Tree) -> None:
        self._tree = tree
        self._drafts = [self._draft(row) for row in rows]
        self._by_number = {draft.row.number: draft for draft in self._drafts}
        self._coded: dict[str, list[Draft]] = defaultdict(list)
        self._named: dict[str, list[Draft]] = defaultdict(list)
        for draft in self._drafts:
            if draft.code:
                self._coded[draft.code].append(draft)
            self._named[sort_key(draft.name)].append(draft)
        self._open: set[int] = set()
        self._done: set[int] = set()

    def understood(self) -> list[Draft]:
        """Return the drafts with their nodes and parents, or why these are not known."""
        for draft in self._drafts:
            self._place(draft)
        return self._drafts

    def _draft(self, row: Row) -> Draft:
        cells = Cells(row.cells)
        draft = Draft(row)
        draft.name, draft.code = cells.line("name", _LIMITS["name"]), kept_code(cells.line("code", _LIMITS["code"]))
        begins_on, ends_on = (parse_day(squeeze(cells.raw(name))) for name in _DAYS)
        draft.days = (begins_on, ends_on)
        if draft.code and not CODE.fullmatch(draft.code) and draft.code not in self._tree.by_code:
            cells.refusals.append(CodeRefused(text=draft.code))
        draft.reference = cells.line("parent", _LIMITS["parent"])
        cells.require(name=draft.name)
        draft.refusals = cells.refusals
        return draft

    def _place(self, draft: Draft) -> None:
        """Fill in the node and the parent. Goes up from row to row, at most as deep as a tree may be."""
        if draft.row.number in self._done or draft.refusals:
            return
        self._open.add(draft.row.number)
        parent = self._parent(draft)
        self._open.discard(draft.row.number)
        self._done.add(draft.row.number)
        node = self._same(draft, parent)
        if node is not None and parent is not None and parent == node:
            draft.refusals.append(UnderItself())
        elif node is not None:
            draft.node, draft.parent = node, parent

    def _parent(self, draft: Draft) -> int | None:
        if not draft.reference:
            return None
        if len(self._open) > DEEPEST:
            draft.refusals.append(TooDeep(limit=DEEPEST))
            return None
        found = self._meant(draft.reference)
        if len(found) == 1:
            return found.pop()
        heading = heading_of("parent")
        if found:
            draft.refusals.append(AgencyAmbiguous(heading=heading, text=draft.reference))
        elif self._awaited(draft.reference):
            draft.refusals.append(UnderItself())
        else:
            draft.refusals.append(AgencyUnknown(heading=heading, text=draft.reference))
        return None

    def _meant(self, text: str) -> set[int]:
        """Return the nodes that a reference can mean, of the tree and of the rows."""
        code = kept_code(text)
        rows = [one for one in self._coded.get(code, []) if one.row.number not in self._open]
        by_code = self._tree.by_code.get(code)
        if rows or (by_code is not None and self._tree.sees(by_code)):
            return set(self._tree.meant(text)) | self._nodes(rows)
        names = split_names(text)
        rows = [one for one in self._named.get(names[-1], [])[:_MOST_NAMESAKES] if one.row.number not in self._open]
        nodes = self._nodes(rows)
        return set(self._tree.meant(text)) | {node for node in nodes if self._hangs_so(node, names[:-1])}

    def _awaited(self, text: str) -> bool:
        """Tell whether a row that is being placed right now is the one that is meant."""
        rows = [*self._coded.get(kept_code(text), []), *self._named.get(split_names(text)[-1], [])[:_MOST_NAMESAKES]]
        return any(one.row.number in self._open for one in rows)

    def _nodes(self, rows: Sequence[Draft]) -> set[int]:
        for draft in rows:
            self._place(draft)
        # A row that is refused for its own parent is still what is meant here.
        return {draft.node or -draft.row.number for draft in rows}

    def _hangs_so(self, node: int, names: Sequence[str]) -> bool:
        """Tell whether these are the names of what is above the node, from the nearest upwards."""
        for name in reversed(names):
            above = self._tree.parent_of[node] if node > 0 else self._by_number[-node].parent
            if above is None or self._key(above) != name:
                return False
            node = above
        return True

    def _key(self, node: int) -> str:
        return self._tree.by_id[node].name_key if node > 0 else sort_key(self._by_number[-node].name)

    def _same(self, draft: Draft, parent: int | None) -> int | None:
        """Return the node of the row: the agency of its code, or of its name at its place; else a new one."""
        tree = self._tree
        by_code = tree.by_code.get(draft.code) if draft.code else None
        if by_code is not None:
            if tree.sees(by_code):
                return by_code
            draft.refusals.append(CodeTaken(code=draft.code))
            return None
        if draft.refusals:
            return None
        if parent is not None:
            return self._under(draft, tree.children_named.get((parent, sort_key(draft.name)), []))
        return self._without_parent(draft)

    def _under(self, draft: Draft, namesakes: Sequence[int]) -> int | None:
        """Return which agency of this name and place in the tree a row speaks of; a new one when it is of another time.

        What has ended is never taken for the one of today.
        """
        found = self._of_its_time(draft, namesakes)
        if len(found) == 1:
            return found[0]
        if found:
            draft.refusals.append(AgencyAmbiguous(heading=heading_of("name"), text=draft.name))
            return None
        if namesakes and not any(draft.days):
            ended_on = max(filter(None, (self._tree.by_id[id].ends_on for id in namesakes)))
            draft.refusals.append(NamesakeEnded(name=draft.name, ended_on=day_text(ended_on)))
            return None
        return -draft.row.number

    def _of_its_time(self, draft: Draft, ids: Sequence[int]) -> list[int]:
        """Return which of several agencies a row can mean by its days.

        Those with just these days; else those that can exist together with it; without days, those that have not ended.
        """
        periods = {id: (self._tree.by_id[id].begins_on, self._tree.by_id[id].ends_on) for id in ids}
        exact = [id for id in ids if periods[id] == draft.days]
        if exact:
            return exact
        if any(draft.days):
            return [id for id in ids if exist_together(*draft.days, *periods[id])]
        return [id for id in ids if not self._tree.has_ended(id)]

    def _without_parent(self, draft: Draft) -> int | None:
        """Return the agency that a row without a parent speaks of: one at the top of what the person sees, first."""
        tree = self._tree
        named = tree.named.get(sort_key(draft.name), [])
        tops = [id for id in named if (above := tree.parent_of[id]) is None or not tree.sees(above)]
        found = tops if len(tops) == 1 else named
        if len(found) > 1:
            found = self._of_its_time(draft, found) or found
        if len(found) == 1:
            return found[0]
        ambiguous, missing = (
            AgencyAmbiguous(heading=heading_of("name"), text=draft.name),
            CellMissing(heading=heading_of("parent")),
        )
        draft.refusals.append(ambiguous if found else missing)
        return None


def _read(draft: Draft, tree: Tree, kinds: Kinds) -> None:
    """Fill in what the row sets and what that changes."""
    cells = Cells(draft.row.cells)
    old = tree.by_id.get(draft.node)
    values: dict[str, Any] = {name: cells.line(name, _LIMITS[name]) for name in _TEXTS}
    values |= {"code": draft.code, **{name: cells.day(name) for name in _DAYS}}
    draft.values = {name: value for name, value in values.items() if value}
    _read_kind(draft, cells, kinds, old)
    if draft.is_new:
        cells.require(kind=cells.raw("kind"), place=values["place"])
    begins, ends = _period(draft, tree)
    if begins and ends and ends < begins:
        cells.refusals.append(EndsBeforeBeginning(begins_on=day_text(begins), ends_on=day_text(ends)))
    told = {(type(one), str(one)) for one in draft.refusals}
    draft.refusals += [one for one in cells.refusals if (type(one), str(one)) not in told]
    if old is not None:
        _compare(draft, old, tree, kinds)


def _period(draft: Draft, tree: Tree) -> tuple[date | None, date | None]:
    """Return the days of the row's agency as they will be."""
    old = tree.by_id.get(draft.node)
    begins_on, ends_on = (draft.values.get(name) or getattr(old, name, None) for name in _DAYS)
    return begins_on, ends_on


def _read_kind(draft: Draft, cells: Cells, kinds: Kinds, old: KnownAgency | None) -> None:
    text, tier_text = cells.line("kind", 200), cells.line("tier", 60)
    present = old.kind if old else ""
    kind = kinds.meant(text, present) if text else present
    if text and not kind:
        cells.refusals.append(KindUnknown(text=text[:80]))
        return
    tier = old.tier if old and kind == old.kind else kinds.tiers.get(kind, "")
    if tier_text and tier and fold(tier_text) not in (fold(kinds.tier_names[tier]), tier):
        cells.refusals.append(TierContradicts(text=tier_text, tier=kinds.tier_names[tier]))
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
    if name in _DAYS:
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
