"""Agency × duty: rows of the tree, folded; what hangs from a folded one is counted in its row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Left

from ancam.accounts.models import Agency, Person
from ancam.directives.models import DuePeriod, DutyKind, Obligation
from ancam.directives.rules import assigns_for_its_parent
from ancam.directives.selectors.following import GIVEN, by_acting, counted, tallies, with_sign
from ancam.directives.tally import Tally

ROWS_AT_ONCE = 25
COLUMNS_AT_ONCE = 50
AGENCIES_AT_ONCE = 300
"""Of folded rows so many agencies are counted with the page; rows beyond are counted each by a request of its own."""

_SHOWN_OF_DUTY = (
    "clause",
    "position",
    "action",
    "kind",
    "document__number",
    "document__signed_on",
    "document__received_at",
    "document__symbol",
    "document__kind",
    "document__file_name",
    "document__subject",
)
_END = Agency.alphabet[-1] * Agency.steplen
"""No path under an agency's comes after its own followed by this."""


@dataclass(slots=True)
class Row:
    """An agency's row: its own periods, and when it is folded those of all below it.

    cells: for each duty's id, how its periods stand. in_all: how those of every duty stand. is_counted: both are
    known; a row of a great many agencies is counted apart.
    """

    agency: Agency
    is_folded: bool
    has_below: bool
    cells: dict[int, Tally] = field(default_factory=dict)
    in_all: Tally = field(default_factory=Tally)
    is_counted: bool = False


def reach(person: Person) -> list[str]:
    """Return the tree paths under which a person's rows stand, none of them under another. No query.

    The office of a committee gives out work in the committee's place, and so looks from there.
    """
    paths = set()
    for agency in person.agencies_as():
        office = assigns_for_its_parent(agency.kind) and not agency.is_root()
        paths.add(agency.path[: -Agency.steplen] if office else agency.path)
    return highest(paths)


def highest(paths: Iterable[str]) -> list[str]:
    """Return those of the paths that lie under no other of them, in the tree's order."""
    kept: list[str] = []
    for path in sorted(paths):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return kept


def tops(found: QuerySet[DuePeriod], person: Person) -> list[str]:
    """Return the paths at which the rows begin: a person's own agencies, and those elsewhere that answer to them.

    Elsewhere: moved or reorganised since a duty was given. At most two queries, none at the root.
    """
    own = reach(person)
    if is_everything(own):
        return own
    elsewhere = {path for part, at in by_acting(found) for path in _outside(part, at, own, person)}
    return highest({*own, *elsewhere})


def _outside(part: QuerySet[DuePeriod], at: str, own: list[str], person: Person) -> QuerySet[Any, Any]:
    """Return the paths of the answering agencies that lie outside one's own; entered where an index leads."""
    if at == GIVEN:
        part = part.filter(person.scope("assignment__obligation__document__holder__path"))
    return part.order_by().exclude(_under_any(own, f"{at}path")).values_list(f"{at}path", flat=True).distinct()


def _under(path: str, field: str) -> Q:
    return Agency(path=path).subtree(field)


def columns(found: QuerySet[DuePeriod], within: Sequence[str], *, narrowed: bool) -> list[Obligation]:
    """Return the duties of the periods under these paths: by kind, letter and place in the letter.

    narrowed: whether conditions keep few of the periods. Of all those at the root each duty is asked whether it has
    any, which ends at the first; else the periods are asked for their duties. One query at the root, elsewhere three.
    """
    duties = Obligation.objects.select_related("document").only(*_SHOWN_OF_DUTY)
    found = found.order_by()
    if not is_everything(within):
        parts = [part.filter(_under_any(within, f"{at}path")) for part, at in by_acting(found)]
        duties = duties.filter(pk__in={pk for part in parts for pk in _duties_of(part)})
    elif narrowed:
        duties = duties.filter(pk__in=_duties_of(found))
    else:
        duties = duties.filter(Exists(found.filter(assignment__obligation=OuterRef("pk"))))
    places = {kind: place for place, kind in enumerate(DutyKind.values)}
    return sorted(duties.order_by(), key=lambda one: (places[one.kind], one.document_id, one.position, one.pk))


def _duties_of(found: QuerySet[DuePeriod]) -> QuerySet[Any, Any]:
    return found.values_list("assignment__obligation", flat=True).distinct()


def is_everything(within: Sequence[str]) -> bool:
    """Tell whether the paths hold the root, under which everything stands."""
    return any(len(path) == Agency.steplen for path in within)


def _under_any(paths: Sequence[str], field: str) -> Q:
    under = Q(pk__in=[])
    for path in paths:
        under |= _under(path, field)
    return under


def rows_under(found: QuerySet[DuePeriod], parent: str) -> QuerySet[Agency]:
    """Return the agencies directly under a path in whose subtree there is anything, in the tree's order."""
    below: QuerySet[Agency] = Agency.objects.filter(_under(parent, "path"), depth=len(parent) // Agency.steplen + 1)
    return _with_anything(found, below)


def rows_at(found: QuerySet[DuePeriod], paths: Sequence[str]) -> QuerySet[Agency]:
    """Return the agencies at these paths in whose subtree there is anything, in the tree's order."""
    return _with_anything(found, Agency.objects.filter(path__in=paths))


def _with_anything(found: QuerySet[DuePeriod], agencies: QuerySet[Agency]) -> QuerySet[Agency]:
    """Return those of the agencies in whose subtree a period stands, and whether one stands below the agency itself.

    Asked by way of the agencies of the subtree, each by its key: asked by paths alone, PostgreSQL read every assignment
    anew for each row.
    """
    last = Concat(OuterRef("path"), Value(_END), output_field=CharField())
    inside, below = Q(pk__in=[]), Q(pk__in=[])
    for part, at in by_acting(found):
        of_one = Exists(part.order_by().filter(**{at.removesuffix("__"): OuterRef("pk")}))
        under = Agency.objects.order_by().filter(of_one, path__gte=OuterRef("path"), path__lte=last)
        inside |= Q(Exists(under))
        below |= Q(Exists(under.filter(path__gt=OuterRef("path"))))
    has_below = Case(When(below, then=Value(True)), default=Value(False))
    rows: QuerySet[Agency] = agencies.filter(inside).annotate(has_below=has_below).order_by("path")
    return rows


def fill(rows: Sequence[Row], found: QuerySet[DuePeriod], on: date) -> None:
    """Count the periods of the rows that are to be counted, by duty and in all. At most two queries, over these alone.

    The rows are at one level of the tree, or a parent unfolded with some of its children, in the tree's order.
    """
    spans = _spans(rows)
    if not spans:
        return
    counted_rows = [row for row in rows if row.is_counted]
    folded = {row.agency.path: row for row in counted_rows if row.is_folded}
    unfolded = {row.agency.path: row for row in counted_rows if not row.is_folded}
    lengths = sorted({len(path) for path in folded}, reverse=True)
    longest = max(len(row.agency.path) for row in counted_rows)
    for part, at in by_acting(found):
        signed = with_sign(part.filter(_within(spans, f"{at}path")), on).annotate(at=Left(f"{at}path", longest))
        for counts in counted(signed, "at", "assignment__obligation"):
            path = counts["at"]
            row = unfolded.get(path) or next((folded[path[:n]] for n in lengths if path[:n] in folded), None)
            if row is not None:
                row.in_all.add(counts)
                row.cells.setdefault(counts["assignment__obligation"], Tally()).add(counts)


def _spans(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Return the spans of paths that the rows to be counted cover; neighbours in the tree share one."""
    spans: list[tuple[str, str]] = []
    joined = False
    for before, row in zip((None, *rows), rows, strict=False):
        last = row.agency.path + _END if row.is_folded else row.agency.path
        if not row.is_counted:
            joined = False
        elif joined and before is not None and _are_near(before.agency.path, row.agency.path):
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((row.agency.path, last))
            joined = True
    return spans


def _are_near(first: str, second: str) -> bool:
    """Tell whether two paths are of siblings, or of a parent and a child."""
    return second[: -Agency.steplen] in (first, first[: -Agency.steplen])


def _within(spans: Sequence[tuple[str, str]], field: str) -> Q:
    within = Q(pk__in=[])
    for span in spans:
        within |= Q(**{f"{field}__range": span})
    return within


def column_totals(found: QuerySet[DuePeriod], within: Sequence[str], on: date) -> dict[int, Tally]:
    """Return how the periods under these paths stand, for each duty. At most two queries.

    At the root every period is counted, and the paths are not asked.
    """
    if is_everything(within):
        return tallies(found, "assignment__obligation", on)
    made: dict[int, Tally] = {}
    for part, at in by_acting(found):
        under = part.filter(_under_any(within, f"{at}path"))
        for counts in counted(with_sign(under, on), "assignment__obligation"):
            made.setdefault(counts["assignment__obligation"], Tally()).add(counts)
    return made


@dataclass(frozen=True, slots=True)
class Window:
    """Some rows of the matrix, how many stand at this level in all, and where the next ones begin; None for no more."""

    rows: list[Row]
    level: int
    following: int | None


def level_under(found: QuerySet[DuePeriod], parent: Agency, start: int, on: date) -> Window:
    """Return the rows directly under an agency, from one on; before the first, the agency's own row, unfolded.

    At most five queries. Rows past `AGENCIES_AT_ONCE` come uncounted.
    """
    window = _window(rows_under(found, parent.path), start)
    _choose_light(window.rows)
    own = [Row(parent, is_folded=False, has_below=True, is_counted=True)] if start == 0 else []
    fill([*own, *window.rows], found, on)
    return Window([*own, *window.rows], window.level, window.following)


def level_at(found: QuerySet[DuePeriod], paths: Sequence[str], start: int, on: date) -> Window:
    """Return the rows of the agencies at these paths, from one on, all folded. At most five queries."""
    window = _window(rows_at(found, paths), start)
    _choose_light(window.rows)
    fill(window.rows, found, on)
    return window


def folded_row(found: QuerySet[DuePeriod], agency: Agency, on: date) -> Window:
    """Return the row of one agency, folded and counted. At most two queries."""
    row = Row(agency, is_folded=True, has_below=getattr(agency, "has_below", True), is_counted=True)
    fill([row], found, on)
    return Window([row], 1, None)


def _choose_light(rows: Sequence[Row]) -> None:
    """Choose the rows that are counted together: as many as hold few agencies between them. One query."""
    if not rows:
        return
    longest = max(len(row.agency.path) for row in rows)
    below = Agency.objects.filter(path__range=(rows[0].agency.path, rows[-1].agency.path + _END)).order_by()
    sizes = list(below.annotate(at=Left("path", longest)).values_list("at").annotate(n=Count("pk")))
    left = AGENCIES_AT_ONCE
    for row in rows:
        size = sum(n for at, n in sizes if at.startswith(row.agency.path))
        row.is_counted = size <= left
        left -= size if row.is_counted else 0


def _window(agencies: QuerySet[Any], start: int) -> Window:
    found = list(agencies[start : start + ROWS_AT_ONCE])
    rows = [Row(one, is_folded=True, has_below=one.has_below) for one in found]
    level = start + len(rows) if len(rows) < ROWS_AT_ONCE and rows else agencies.count()
    following = start + ROWS_AT_ONCE
    return Window(rows, level, following if following < level else None)


def row_agency(found: QuerySet[DuePeriod], within: Sequence[str], pk: int) -> Agency | None:
    """Return the agency with this id when it has a row in the matrix, folded or not. At most two queries."""
    agency: Agency | None = Agency.objects.filter(pk=pk).first()
    if agency is None or not any(agency.path.startswith(path) for path in within):
        return None
    return rows_at(found, [agency.path]).first()
