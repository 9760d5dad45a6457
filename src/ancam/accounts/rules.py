"""Who may do what to agencies and people. Predicates over plain attributes."""

from collections.abc import Collection, Iterable
from datetime import timedelta

import rules

ADMINISTRATOR, LEADER, OFFICER, APPRAISER, AUDITOR, READER = (
    "administrator",
    "leader",
    "officer",
    "appraiser",
    "auditor",
    "reader",
)

# Who reads the ledger of an agency and of what is under it.
OVERSEERS = (AUDITOR, ADMINISTRATOR)

# Who follows the duties of an agency.
FOLLOWING = (LEADER, OFFICER)

# How far before or after today the last day of someone who leaves may lie.
LAST_DAY_WITHIN = timedelta(days=366)

# An administrator could make the role their own, and an auditor watches the others: neither is stood in for.
DELEGABLE = (LEADER, OFFICER, APPRAISER, READER)


def may_be_delegated(role: str) -> bool:
    """Tell whether someone may stand in for the holder of this role."""
    return role in DELEGABLE


def must_have_second_factor(roles: Iterable[str], demanding: Collection[str]) -> bool:
    """Tell whether one of a person's roles is among those that demand a second factor."""
    return any(role in demanding for role in roles)


def holds_any(*roles: str) -> rules.Predicate:
    """Return the predicate: the person holds one of these roles at exactly the agency in question."""

    @rules.predicate(f"holds:{'|'.join(roles)}")
    def held(person, agency):  # type: ignore[no-untyped-def]  # the library counts a predicate's parameters
        return agency is not None and bool(person.roles_at(agency) & set(roles))

    return held


@rules.predicate
def administers(person, agency):  # type: ignore[no-untyped-def]
    """The person is administrator of the agency or of one above it."""
    return agency is not None and ADMINISTRATOR in person.roles_over(agency)


@rules.predicate
def administers_from_above(person, agency):  # type: ignore[no-untyped-def]
    """The person is administrator above the agency, of which there is no above at the root. One query."""
    return agency is not None and ADMINISTRATOR in person.roles_over(agency.parent or agency)


@rules.predicate
def administers_any(person):  # type: ignore[no-untyped-def]
    """The person is administrator somewhere."""
    return any(membership.role == ADMINISTRATOR for membership in person.current_memberships)


@rules.predicate
def oversees_any(person):  # type: ignore[no-untyped-def]
    """The person is auditor or administrator somewhere."""
    return any(membership.role in OVERSEERS for membership in person.current_memberships)


rules.add_perm("accounts.administer", administers)
# An office of its parent acts for the parent: who could make one of their own agency would rise above it.
rules.add_perm("accounts.reclassify", administers_from_above)
rules.add_perm("accounts.administer_any", administers_any)
rules.add_perm("accounts.read_ledger", oversees_any)
rules.add_perm("accounts.name_places", holds_any(LEADER, OFFICER) | administers)
