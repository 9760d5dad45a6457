"""The law as loaded: what holds now and what held."""

from datetime import date

from django.db.models import F, QuerySet

from ancam.directives.models import Instrument, Regime
from ancam.directives.rules import RegimePeriod, regime_of
from ancam.reference import reference


def current_regimes() -> QuerySet[Regime]:
    """Return the regimes in their present wording, newest first."""
    return Regime.objects.filter(superseded_on=None)


def regime_at(on: date) -> Regime | None:
    """Return the regime under which a letter of this day is written. One query."""
    regimes = {regime.code: regime for regime in current_regimes()}
    code = regime_of(on, on, [RegimePeriod(regime.code, regime.law_in_force_from) for regime in regimes.values()])
    return regimes.get(code or "")


def instruments() -> QuerySet[Instrument]:
    """Return the instruments in their present wording, newest first."""
    return Instrument.objects.filter(superseded_on=None).order_by(F("issued_on").desc(nulls_last=True), "code")


def status_names() -> dict[str, str]:
    """Return the words for each status of an instrument or regime."""
    names: dict[str, str] = reference("legal-instruments")["statuses"]
    return names
