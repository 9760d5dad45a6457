"""An agency gives a duty, or a part of it, on to agencies below it, and goes on answering for the whole."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from ancam.accounts.models import Agency, Person
from ancam.audit.services import Act, Action, record_all
from ancam.directives.errors import GiveBelowRefused, TooManyPairs, WrongState
from ancam.directives.models import WORKING, Assignment, Part
from ancam.directives.selectors.giving import standing_pairs
from ancam.directives.selectors.people import agencies_below
from ancam.directives.services.assigning import locked_assignment, require_standing
from ancam.directives.services.due import begun_periods, is_over, open_periods, schedule_of
from ancam.directives.services.giving import MOST_NAMED, MOST_PAIRS
from ancam.directives.services.guards import (
    MAX_TEXT,
    bounded,
    digest_of,
    locked_document,
    require_plausible,
    require_reporter,
    shortened,
)
from ancam.directives.services.telling import tell_given
from ancam.web.clock import day_of

GIVE_BELOW = Action("directives.give_below", "Giao tiếp nhiệm vụ cho đơn vị trực thuộc")
RECEIVE_BELOW = Action("directives.receive_below", "Được cơ quan cấp trên giao tiếp nhiệm vụ")
MOST_DAYS_EARLIER = 90
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class BelowFacts:
    """What is given on: in which part, in which words when not the whole, and by when.

    due_on: for a duty that is due once, a day of the giver's own. days_earlier: for one that returns, so many days
    before its last day in each period. Without them the giver's own are the part's too.
    """

    part: Part = Part.LEAD
    words: str = ""
    due_on: date | None = None
    days_earlier: int = 0


@transaction.atomic
def give_below(
    *, assignment: Assignment, agencies: Sequence[Agency], facts: BelowFacts, by: Person, at: datetime
) -> list[Assignment]:
    """Give the duty of an assignment on to agencies below its own; those that have it already are left as they are.

    By who acts for the assigned agency, which answers what they report and reports itself as before. Raises
    `Forbidden`, `WrongState` for what was taken back or is finished, `GiveBelowRefused` for an agency that is not
    below, for a last day that is past or later than the giver's, `TooManyPairs`, `TooLong`, `DayImplausible`.
    """
    locked_document(assignment.obligation.document)  # so that no two acts give one agency the same duty at once
    assignment = locked_assignment(assignment)
    giver, on = assignment.acting_agency, day_of(at)
    require_reporter(by, assignment, _("giao tiếp nhiệm vụ"))
    require_standing(assignment, _("giao tiếp"))
    if is_over(assignment, on):
        raise WrongState(act=_("giao tiếp"), state=_("đã kết thúc"))
    words = bounded(facts.words, field="words", label=_("Phần việc"), most=MAX_TEXT)
    _check_earlier(assignment, facts, on)
    _check_day(assignment, facts, on)
    facts = _with_days_of(assignment, facts)
    if len(agencies) > MOST_PAIRS:
        raise TooManyPairs(most=MOST_PAIRS)
    _require_below(giver, agencies, on)
    have = {agency for _obligation, agency in standing_pairs([assignment.obligation])}
    made = Assignment.objects.bulk_create(
        (
            Assignment(
                obligation=assignment.obligation,
                agency=agency,
                parent=assignment,
                part=facts.part,
                words=words,
                due_on=facts.due_on,
                days_earlier=facts.days_earlier,
                assigned_by=by,
                assigned_at=at,
            )
            for agency in dict.fromkeys(agencies)
            if agency.pk not in have
        ),
        batch_size=_AT_ONCE,
    )
    if made:
        prefetch_related_objects([assignment.obligation], "schedule", "events")
        open_periods(made, on)
        _record(assignment, made, facts, words, by, at)
        tell_given(assignment.obligation.document, made, by, at)
    return made


def latest_day_below(assignment: Assignment) -> date | None:
    """Return the last day that a part given on may have: the latest that the giver's open periods have. One query."""
    open_ones = assignment.periods.filter(state__in=WORKING, due_on__isnull=False)
    return open_ones.order_by("-due_on").values_list("due_on", flat=True).first()


def returns(assignment: Assignment) -> bool:
    """Tell whether the duty of an assignment returns, so that no single day can be its last. Two queries at most."""
    return assignment.due_on is None and schedule_of(assignment).every_months is not None


def _with_days_of(assignment: Assignment, facts: BelowFacts) -> BelowFacts:
    """Return what is given on with the giver's own days where no others were said."""
    own = assignment.due_on and (latest_day_below(assignment) or assignment.due_on)
    return replace(facts, due_on=facts.due_on or own, days_earlier=facts.days_earlier or assignment.days_earlier)


def _check_earlier(assignment: Assignment, facts: BelowFacts, on: date) -> None:
    days, own = facts.days_earlier, assignment.days_earlier
    if not 0 <= days <= MOST_DAYS_EARLIER:
        raise GiveBelowRefused(
            field="days_earlier", what=_("số ngày sớm hơn phải từ 0 đến %(most)d") % {"most": MOST_DAYS_EARLIER}
        )
    if 0 < days < own:
        values = {"days": own}
        raise GiveBelowRefused(
            field="days_earlier", what=_("cơ quan giao phải xong sớm hơn hạn chung %(days)d ngày") % values
        )
    further = timedelta(days=max(days - own, 0))
    begun = begun_periods(assignment, on) if further else []
    if any(one.ends_on and one.due_on and one.due_on - further < one.begins_on for one in begun):
        raise GiveBelowRefused(field="days_earlier", what=_("hạn sẽ rơi vào trước ngày kỳ bắt đầu"))


def _check_day(assignment: Assignment, facts: BelowFacts, on: date) -> None:
    if facts.due_on is None:
        return
    require_plausible(facts.due_on, field="due_on")
    if returns(assignment):
        raise GiveBelowRefused(field="due_on", what=_("nhiệm vụ lặp lại không có một ngày cuối cùng"))
    if facts.due_on < on:
        raise GiveBelowRefused(field="due_on", what=_("hạn riêng đã qua"))
    latest = latest_day_below(assignment)
    if latest is not None and facts.due_on > latest:
        values = {"day": f"{latest:%d/%m/%Y}"}
        raise GiveBelowRefused(field="due_on", what=_("hạn riêng muộn hơn hạn của cơ quan giao (%(day)s)") % values)


def _require_below(giver: Agency, agencies: Sequence[Agency], on: date) -> None:
    below = set(agencies_below(giver, on).values_list("pk", flat=True))
    for agency in agencies:
        if agency.pk not in below:
            values = {"agency": agency.name, "giver": giver.name}
            raise GiveBelowRefused(field="agencies", what=_("%(agency)s không trực thuộc %(giver)s") % values)


def _record(
    assignment: Assignment, made: Sequence[Assignment], facts: BelowFacts, words: str, by: Person, at: datetime
) -> None:
    """Record the whole on the giver's assignment, and on each new one what it was given."""
    actor = by.as_actor(assignment.acting_agency)
    what = {
        "part": facts.part.value,
        "words": words,
        "due_on": facts.due_on and facts.due_on.isoformat(),
        "days_earlier": facts.days_earlier,
    }
    names = [one.agency.name for one in made]
    whole = {
        **what,
        "count": len(made),
        "pairs_digest": digest_of(sorted(one.agency_id for one in made)),
        "agencies": names if len(names) <= MOST_NAMED else [],
        "label": shortened(", ".join(names)),
    }
    acts = [Act(actor, RECEIVE_BELOW, one.as_subject(), what) for one in made]
    record_all([*acts, Act(actor, GIVE_BELOW, assignment.as_subject(), whole)], at=at)
