"""Functions of state management, as the reference lists them: which duty belongs to which, which kind received it."""

from dataclasses import dataclass
from functools import cache

from ancam.reference import reference


@dataclass(frozen=True, slots=True)
class Function:
    """A function: its id in the reference and its name. `general`: what every agency does for itself."""

    id: str
    name: str
    general: bool


@cache
def functions() -> dict[str, Function]:
    """Return every function by its id, as the reference lists them."""
    rows = reference("functions")["functions"]
    return {row["id"]: Function(row["id"], row["name"], row.get("general", False)) for row in rows}


def transferable_functions() -> list[Function]:
    """Return the functions that can go to an agency of their own; what is general goes with the rest."""
    return [function for function in functions().values() if not function.general]


def function_names() -> dict[str, str]:
    """Return the words for each function, by its id."""
    return {function.id: function.name for function in functions().values()}


@cache
def function_of_duties() -> dict[str, str]:
    """Return the function to which each kind of duty belongs; a kind that is missing belongs to none that is known."""
    rows = reference("functions")["functions"]
    return {kind: row["id"] for row in rows for kind in row["duty_kinds"]}


@cache
def transfers_of(kind: str) -> dict[str, str]:
    """Return, for a kind of agency that has ended, which kind received each function: a suggestion."""
    rows = reference("functions")["transfers"]
    return {row["function"]: row["successor"] for row in rows if row["predecessor"] == kind}
