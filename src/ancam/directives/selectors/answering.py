"""Who answers today for what was given to agencies that were reorganised since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ancam.accounts.models import Agency, Reorganisation
from ancam.accounts.selectors import answering_today, function_names, function_of_duties
from ancam.accounts.succession_rules import Verdict
from ancam.directives.models import Assignment, Document
from ancam.directives.selectors.people import assignable_agencies


@dataclass(frozen=True, slots=True)
class AnsweringNow:
    """Who answers for an assignment by the rule, and what a person has confirmed.

    candidates: one when the rule is sure, several when a person must choose, none when the rule knows nobody.
    function: the function by which it was decided, in words; empty when the kind of duty belongs to none.
    grounds: the reorganisations that were followed.
    """

    assignment: Assignment
    candidates: list[Agency]
    function: str
    grounds: list[Reorganisation]

    @property
    def is_confirmed(self) -> bool:
        """Tell whether a person has confirmed one whom the rule names, or anyone where the rule knows nobody."""
        confirmed = self.assignment.answering_agency
        return confirmed is not None and (confirmed in self.candidates or not self.candidates)


def answering_now(given: Iterable[Assignment], on: date) -> list[AnsweringNow]:
    """Return, of these assignments, those for which another than the agency named answers on a day by the rule.

    None of them costs two queries; some cost two more. The assignments come with agencies, obligation and letter.
    """
    asked = {one: (one.agency_id, function_of_duties().get(one.obligation.kind), one.given_on) for one in given}
    answers = answering_today(asked.values(), on) if asked else {}
    moved = {one: answers[key] for one, key in asked.items() if answers[key].verdict is not Verdict.SAME}
    agencies = Agency.objects.in_bulk({pk for answer in moved.values() for pk in answer.agencies}) if moved else {}
    grounds = (
        Reorganisation.objects.in_bulk({pk for answer in moved.values() for pk in answer.followed}) if moved else {}
    )
    return [
        AnsweringNow(
            one,
            [agencies[pk] for pk in answer.agencies],
            function_names().get(asked[one][1] or "", ""),
            [grounds[pk] for pk in answer.followed],
        )
        for one, answer in moved.items()
    ]


def confirmable_agencies(document: Document, moved: Iterable[AnsweringNow], on: date) -> list[list[Agency]]:
    """Return for each the agencies that a person may confirm: the rule's, or all that can be given the letter's work.

    For assignments of one letter. One query at most, where the rule knows nobody for some of them.
    """
    rows = list(moved)
    anyone = [] if all(one.candidates for one in rows) else list(assignable_agencies(document.holder, on))
    return [one.candidates or anyone for one in rows]
