"""Giving obligations to agencies: what it would do, and doing it, set by set, in one act."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from ancam.accounts.errors import AgencyEnded
from ancam.accounts.models import Agency, Person
from ancam.audit.services import Act, Action, record_all
from ancam.directives.errors import NotAssignable, TooManyPairs, WrongState
from ancam.directives.models import Assignment, Document, Obligation, ObligationState, Part
from ancam.directives.selectors.giving import Wanted, directory_of, standing_pairs, wanted_as_suggested
from ancam.directives.selectors.people import assignable_agencies
from ancam.directives.services.due import begun_periods, open_periods
from ancam.directives.services.guards import digest_of, locked_document, require_holder, require_tracked, shortened
from ancam.directives.services.telling import tell_given
from ancam.web.clock import day_of

ASSIGN = Action("directives.assign", "Giao nhiệm vụ")
GIVE = Action("directives.give_obligations", "Giao nhiệm vụ cho cơ quan")

MOST_PAIRS = 20_000
"""How many assignments one act may make: about every agency of the largest province with five duties."""

MOST_NAMED = 60
"""Up to so many pairs a line of the ledger names each; beyond, their digest stands for them."""

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Planned:
    """What giving a duty would do.

    new: those that would get it; standing: those that have it already, in whatever part. refusal: why the duty
    cannot be given, empty when it can. periods: how many open for each new one.
    """

    obligation: Obligation
    part: Part
    new: tuple[Agency, ...]
    standing: tuple[Agency, ...]
    refusal: str
    periods: int

    @property
    def opened(self) -> int:
        """Return how many periods would open in all."""
        return self.periods * len(self.new)


def plan_giving(*, wanted: Sequence[Wanted], at: datetime) -> list[Planned]:
    """Return what giving would do, duty by duty; nothing is changed. Three queries, whatever the number of agencies."""
    obligations = _with_schedules(row.obligation for row in wanted)
    have = standing_pairs(obligations)
    return [_planned(row, have, at) for row in wanted]


@transaction.atomic
def give(*, document: Document, wanted: Sequence[Wanted], by: Person, at: datetime) -> list[Assignment]:
    """Give each duty to its agencies; pairs that stand already are left as they are.

    One line of the ledger for the whole, which names every pair or holds their digest, and one for each agency of what
    it was given, because not each may read of the others. The number of queries grows with the assignments by one for
    about 500. Raises `Forbidden`, `NotTracked`, `NotAssignable`, `AgencyEnded`, `TooManyPairs`, `WrongState` for a duty
    that is not confirmed.
    """
    document = locked_for_giving(document, by)
    if sum(len(row.agencies) for row in wanted) > MOST_PAIRS:
        raise TooManyPairs(most=MOST_PAIRS)
    obligations = _confirmed(document, [row.obligation for row in wanted])
    _require_assignable(document.holder, {agency for row in wanted for agency in row.agencies}, day_of(at))
    have = standing_pairs(obligations.values())
    made = Assignment.objects.bulk_create(
        (
            Assignment(obligation=obligations[pk], agency=agency, part=part, assigned_by=by, assigned_at=at)
            for (pk, agency), part in _pairs(wanted).items()
            if (pk, agency.pk) not in have
        ),
        batch_size=_AT_ONCE,
    )
    if made:
        open_periods(made, day_of(at))
        _record(document, made, by, at)
        tell_given(document, made, by, at)
    return made


def assign(
    *,
    document: Document,
    obligations: Sequence[Obligation],
    agencies: Sequence[Agency],
    part: Part,
    by: Person,
    at: datetime,
) -> list[Assignment]:
    """Give each of the obligations to each of the agencies. Raises as `give` does."""
    wanted = [Wanted(obligation, part, tuple(agencies)) for obligation in obligations]
    return give(document=document, wanted=wanted, by=by, at=at)


def assign_as_suggested(
    *, document: Document, obligations: Sequence[Obligation], by: Person, at: datetime
) -> list[Assignment]:
    """Give each of the obligations to the agencies that its own lead and supporting bodies mean, as a person has seen.

    Raises as `give` does.
    """
    directory = directory_of(assignable_agencies(document.holder, day_of(at)))
    return give(document=document, wanted=wanted_as_suggested(obligations, directory), by=by, at=at)


def locked_for_giving(document: Document, by: Person) -> Document:
    """Return a letter, locked, whose duties the person may give out; raise `Forbidden`, `NotTracked`."""
    document = locked_document(document)
    require_holder(by, document.holder, _("giao nhiệm vụ"))
    require_tracked(document)
    return document


def digest_of_plan(plan: Sequence[Planned]) -> str:
    """Return a digest by which it is known that what is given is what the person saw."""
    return digest_of([[row.obligation.pk, row.part.value, sorted(one.pk for one in row.new)] for row in plan])


def _planned(row: Wanted, have: set[tuple[int, int]], at: datetime) -> Planned:
    obligation = row.obligation
    confirmed = obligation.state == ObligationState.CONFIRMED
    new = tuple(agency for agency in row.agencies if (obligation.pk, agency.pk) not in have)
    standing = tuple(agency for agency in row.agencies if (obligation.pk, agency.pk) in have)
    one = Assignment(obligation=obligation, part=row.part, assigned_at=at)
    refusal = "" if confirmed else _("nhiệm vụ chưa được xác nhận")
    return Planned(
        obligation, row.part, new if confirmed else (), standing, refusal, len(begun_periods(one, day_of(at)))
    )


def _pairs(wanted: Iterable[Wanted]) -> dict[tuple[int, Agency], Part]:
    """Return each pair once; who leads does not support too."""
    found: dict[tuple[int, Agency], Part] = {}
    for row in wanted:
        for agency in row.agencies:
            if row.part == Part.LEAD:
                found[row.obligation.pk, agency] = row.part
            else:
                found.setdefault((row.obligation.pk, agency), row.part)
    return found


def _record(document: Document, made: Sequence[Assignment], by: Person, at: datetime) -> None:
    actor = by.as_actor(document.holder)
    given: dict[Agency, list[Assignment]] = {}
    for one in made:
        given.setdefault(one.agency, []).append(one)
    acts = [Act(actor, GIVE, agency.as_subject(), _told(document, rows)) for agency, rows in given.items()]
    record_all([*acts, Act(actor, ASSIGN, document.as_subject(), _in_words(made, len(given)))], at=at)


def _told(document: Document, rows: Sequence[Assignment]) -> dict[str, object]:
    labels = ", ".join(f"{one.obligation.label} ({one.get_part_display().lower()})" for one in rows)
    return {"label": shortened(f"{document.title}: {labels}"), "count": len(rows)}


def _in_words(made: Sequence[Assignment], agencies: int) -> dict[str, object]:
    """Return what the ledger keeps of the whole: its duties, how many, each pair or their digest."""
    keys = sorted([one.obligation_id, one.agency_id, str(one.part)] for one in made)
    labels = list(dict.fromkeys(one.obligation.label for one in made))
    change: dict[str, object] = {
        "obligations": labels,
        "count": len(made),
        "agency_count": agencies,
        "pairs_digest": digest_of(keys),
    }
    if len(made) > MOST_NAMED:
        return {**change, "label": shortened(f"{', '.join(labels)} → {agencies} cơ quan")}
    pairs = [f"{one.obligation.label} → {one.agency.name} ({one.get_part_display().lower()})" for one in made]
    return {**change, "pairs": pairs, "label": shortened(", ".join(pairs))}


def _with_schedules(obligations: Iterable[Obligation]) -> list[Obligation]:
    rows = list({one.pk: one for one in obligations}.values())
    prefetch_related_objects(rows, "schedule", "events")
    return rows


def _confirmed(document: Document, obligations: Sequence[Obligation]) -> dict[int, Obligation]:
    chosen = {obligation.pk for obligation in obligations}
    rows = document.obligations.filter(pk__in=chosen).select_related("schedule").prefetch_related("events")
    for row in rows:
        if row.state != ObligationState.CONFIRMED:
            raise WrongState(act=f"giao {row.label.lower()}", state=row.get_state_display())
    return {row.pk: row for row in rows}


def _require_assignable(holder: Agency, agencies: Iterable[Agency], on: date) -> None:
    reachable = set(assignable_agencies(holder, on).values_list("pk", flat=True))
    for agency in agencies:
        if agency.has_ended_on(on):
            raise AgencyEnded(agency=agency.name, ended_on=agency.ends_on)
        if agency.pk not in reachable:
            raise NotAssignable(agency=agency.name, holder=holder.name)
