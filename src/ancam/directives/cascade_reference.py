"""What comparing letters takes from the reference data: the field's words, and the Directive's duties."""

from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from ancam.directives.cascade_rules import Body, Branch, Duty, Field
from ancam.reference import reference


@cache
def cascade_field() -> Field:
    """Return the field's words for comparing duties."""
    agencies = reference("agencies")["agencies"]
    content = reference("duty-cascade")
    return Field(
        branches=tuple(_branch(item) for item in content["branches"]),
        tiers={item["id"]: item["tier"] for item in agencies},
        groups=frozenset(item["id"] for item in agencies if item["group"]),
        successors={
            item["id"]: {row["id"]: row["from"] for row in item["successors"]}
            for item in agencies
            if "successors" in item
        },
        committees=frozenset(content["committees"]),
        everyone=frozenset(content["everyone"]),
        gathered=frozenset(content["gathered"]),
        near=tuple(frozenset(item["kinds"]) for item in content["near"]),
    )


def _branch(item: dict[str, Any]) -> Branch:
    return Branch(item["id"], item["name"], frozenset(item["agencies"]), frozenset(item["tiers"]))


@cache
def directive_code() -> str:
    """Return the id of the directive whose duties are reference data."""
    code: str = reference("directive-23")["id"]
    return code


def directive_number() -> str:
    """Return the number under which letters cite the directive."""
    number: str = reference("directive-23")["number"]
    return number


def directive_title() -> str:
    """Return the directive as a line names it: `Chỉ thị 23/CT-TTg ngày 26/12/2022`."""
    content = reference("directive-23")
    kind, number, day = content["kind"].capitalize(), content["number"], f"{content['issued_on']:%d/%m/%Y}"
    return _("%(kind)s %(number)s ngày %(day)s") % {"kind": kind, "number": number, "day": day}


@cache
def directive_duties() -> tuple[Duty, ...]:
    """Return the directive's duties, given to the local bodies that answer for them.

    What a ministry has done by an instrument of its own is no body's below it.
    """
    return tuple(_directive_duty(item) for item in reference("directive-23")["duties"])


def _directive_duty(item: dict[str, Any]) -> Duty:
    kinds = () if "outcome_instrument" in item else _addressed(item)
    deadline = item["deadline"]
    last_day: date | None = deadline["date"]
    return Duty(
        key=item["id"],
        clause=item["clause"],
        kind=item["kind"],
        action=item["action"],
        leads=tuple(Body(_names()[kind], kind) for kind in kinds),
        last_day=last_day,
        due_words=deadline["text"] or "",
        is_local=bool(kinds),
    )


def _addressed(item: dict[str, Any]) -> tuple[str, ...]:
    for row in reference("duty-cascade")["addressed"]:
        if row.get("duty") == item["id"] or row.get("clause") == item["clause"]:
            return tuple(row["agencies"])
    return ()


@cache
def _names() -> dict[str, str]:
    return {item["id"]: item["name"] for item in reference("agencies")["agencies"]}
