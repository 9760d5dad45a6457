"""The law as loaded: regimes and instruments, with what is uncertain about each."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from ancam.accounts.sign_in import signed_in
from ancam.directives import selectors
from ancam.directives.cascade_reference import directive_code
from ancam.directives.filters import InstrumentFilters
from ancam.directives.tables import InstrumentTable
from ancam.web import clock
from ancam.web.tables import list_reply


@require_safe
def instrument_list(request: HttpRequest) -> HttpResponseBase:
    """List regimes and instruments; the law is everybody's."""
    signed_in(request)
    return list_reply(
        request,
        template="directives/instrument_list.html",
        filters=InstrumentFilters(request.GET, queryset=selectors.instruments(), request=request),
        table_class=InstrumentTable,
        file_name="can-cu-phap-ly",
        context={"regimes": selectors.current_regimes(), "now": selectors.regime_at(clock.today())},
    )


@require_safe
def instrument_page(request: HttpRequest, code: str) -> HttpResponse:
    """Show an instrument: its facts, its provisions, what is uncertain, where this was read."""
    signed_in(request)
    instrument = get_object_or_404(selectors.instruments(), code=code)
    content = instrument.content
    context = {
        "instrument": instrument,
        "has_duties": code == directive_code(),
        "status": selectors.status_names().get(instrument.status, instrument.status),
        "replaces": selectors.instruments().filter(code__in=content.get("replaces") or []),
        "replaced_by": selectors.instruments().filter(code__in=content.get("replaced_by") or []),
        "regimes": [one for one in selectors.current_regimes() if code in (one.content.get("instruments") or [])],
    }
    return render(request, "directives/instrument.html", context)
