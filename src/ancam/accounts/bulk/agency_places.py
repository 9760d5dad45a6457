"""Which agency each row of a list speaks of, and which is above it."""

from collections import defaultdict
from collections.abc import Sequence

from ancam.accounts.agency_rules import CODE, DEEPEST, exist_together, kept_code
from ancam.accounts.bulk.agency_drafts import DAYS, LIMITS, Draft
from ancam.accounts.bulk.cells import Cells, day_text, parse_day
from ancam.accounts.bulk.columns import heading_of
from ancam.accounts.bulk.errors import (
    AgencyAmbiguous,
    AgencyUnknown,
    CellMissing,
    CodeRefused,
    CodeTaken,
    NamesakeEnded,
    TooDeep,
    UnderItself,
)
from ancam.accounts.bulk.references import Tree, split_names
from ancam.engines.tables.model import Row
from ancam.kit.folding import sort_key, squeeze

# A name that so many rows bear says nothing of which is meant.
_MOST_NAMESAKES = 300


class Places:
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
        draft = Draft(row, Cells(row.cells))
        cells = draft.cells
        draft.name, draft.code = cells.line("name", LIMITS["name"]), kept_code(cells.line("code", LIMITS["code"]))
        begins_on, ends_on = (parse_day(squeeze(cells.raw(name))) for name in DAYS)
        draft.days = (begins_on, ends_on)
        if draft.code and not CODE.fullmatch(draft.code) and draft.code not in self._tree.by_code:
            draft.refusals.append(CodeRefused(text=draft.code))
        draft.reference = cells.line("parent", LIMITS["parent"])
        cells.require(name=draft.name)
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
