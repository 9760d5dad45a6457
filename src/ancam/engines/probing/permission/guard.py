"""The one door: an authorisation's bytes, who is trusted, the time and the place → what is permitted, or a refusal."""

from dataclasses import dataclass
from datetime import datetime

from ancam.engines.probing.errors import (
    Expired,
    NothingAllowed,
    NotYetValid,
    OutsideHours,
    RangeAlwaysDenied,
    TooLongValid,
    TooManyAddresses,
    TrustMissing,
    UnsignedRefused,
)
from ancam.engines.probing.permission.addresses import AddressSet
from ancam.engines.probing.permission.authorisation import Authorisation, read_authorisation
from ancam.engines.probing.permission.ceilings import LONGEST, MOST_ADDRESSES, Limits, bounded
from ancam.engines.probing.permission.scope import LOOPBACK, REASONS, Scope, always_denied_in
from ancam.engines.probing.permission.signatures import require_signed
from ancam.engines.probing.permission.surroundings import Surroundings
from ancam.engines.probing.permission.trust import EnrolledKey, Trust
from ancam.engines.probing.permission.windows import in_words, instant_in_words, is_open


@dataclass(frozen=True, slots=True)
class Permit:
    """What may be done now. `limits` are under the ceilings; `keys` those of owner and assessor, none when unsigned."""

    authorisation: Authorisation
    scope: Scope
    limits: Limits
    is_unsigned: bool
    keys: tuple[EnrolledKey, ...]


def permit(data: bytes, *, trust: Trust | None, now: datetime, unsigned: bool, surroundings: Surroundings) -> Permit:
    """Return what an authorisation permits at an aware instant. Raises `ProbingRefused`; without a permit nothing runs.

    trust: the enrolled keys, None when there is no such file. unsigned: signatures are not asked for, which is accepted
    only where no real device can be reached. Source: the contract of `ancam assess`, "The guard".
    """
    authorisation = read_authorisation(data)
    keys: tuple[EnrolledKey, ...] = ()
    if unsigned:
        _require_laboratory(authorisation, surroundings)
    else:
        if trust is None:
            raise TrustMissing(path="trust.yaml")
        authorisation.require_complete()
        keys = require_signed(authorisation, trust)
        require_within_ceilings(authorisation)
    _require_now(authorisation, now)
    return Permit(
        authorisation, scope_of(authorisation, trust), bounded(authorisation.limits, unsigned=unsigned), unsigned, keys
    )


def scope_of(authorisation: Authorisation, trust: Trust | None) -> Scope:
    """Return where an authorisation leads. Raises `NothingAllowed`."""
    enrolled = trust.prefixes_of(authorisation.owner.unit) if trust else ()
    scope = Scope.of(authorisation.allow, authorisation.deny, enrolled)
    if not scope.allowed:
        raise NothingAllowed()
    return scope


def require_within_ceilings(authorisation: Authorisation) -> None:
    """Raise `TooLongValid` or `TooManyAddresses` for more than may be signed."""
    if (length := authorisation.valid_to - authorisation.valid_from) > LONGEST:
        days = -(-length // (LONGEST / LONGEST.days))
        raise TooLongValid(days=days, most=LONGEST.days)
    if (count := AddressSet.of(authorisation.allow).count) > MOST_ADDRESSES:
        raise TooManyAddresses(count=f"{count:,}".replace(",", "."), most=f"{MOST_ADDRESSES:,}".replace(",", "."))


def require_signable(authorisation: Authorisation, now: datetime) -> None:
    """Raise why nobody should sign this: not filled in, beyond the ceilings, over, or listing what is always denied."""
    authorisation.require_complete()
    require_within_ceilings(authorisation)
    for network in authorisation.allow:
        if kind := always_denied_in(network):
            raise RangeAlwaysDenied(range=network, kind=REASONS[kind].removeprefix("luôn cấm: "))
    if not authorisation.allow:
        raise NothingAllowed()
    if now >= authorisation.valid_to:
        raise Expired(until=instant_in_words(authorisation.valid_to))


def _require_laboratory(authorisation: Authorisation, surroundings: Surroundings) -> None:
    if AddressSet.of(authorisation.allow) - LOOPBACK and (reason := surroundings.reaches_out()):
        raise UnsignedRefused(reason=reason)


def _require_now(authorisation: Authorisation, now: datetime) -> None:
    if now < authorisation.valid_from:
        raise NotYetValid(since=instant_in_words(authorisation.valid_from))
    if now >= authorisation.valid_to:
        raise Expired(until=instant_in_words(authorisation.valid_to))
    if not is_open(authorisation, now):
        raise OutsideHours(now=instant_in_words(now), hours=in_words(authorisation.daily))
