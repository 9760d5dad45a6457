"""Figures of a duty: which are asked, and what its agencies answered."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ancam.accounts.sign_in import signed_in
from ancam.directives import selectors, services
from ancam.directives.errors import FigureFormRefused
from ancam.directives.figure_forms import FigureFilters, figures_formset
from ancam.directives.figure_tables import figure_table, figure_workbook
from ancam.directives.views.seen import held_obligation, seen_obligation
from ancam.kit.whole_numbers import whole_number
from ancam.web import clock
from ancam.web.downloads import XLSX, download
from ancam.web.forms import posted
from ancam.web.tables import list_reply


@require_http_methods(["GET", "HEAD", "POST"])
def figures_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which figures every report on a duty must bring."""
    obligation = held_obligation(request, pk, _("đặt biểu số liệu"))
    version, figures = selectors.figures_asked(obligation)
    formset = figures_formset(posted(request), figures)
    if formset.is_bound and formset.is_valid():
        try:
            services.set_figures(
                obligation=obligation,
                figures=formset.figures(),
                version=_version(request),
                by=signed_in(request),
                at=clock.now(),
            )
        except FigureFormRefused as refused:
            formset.blame(refused)
        else:
            messages.success(request, _("Đã đặt biểu số liệu; báo cáo gửi từ nay có các số liệu này."))
            return redirect("obligation", obligation.pk)
    context = {
        "formset": formset,
        "obligation": obligation,
        "document": obligation.document,
        "version": _version(request) if formset.is_bound else version,
    }
    return render(request, "directives/figures_form.html", context, status=422 if formset.is_bound else 200)


@require_safe
def figure_list(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show what each agency answered for one period of a duty, and what the answers come to."""
    me, obligation = signed_in(request), seen_obligation(request, pk)
    periods = selectors.figure_periods(me, obligation)
    known = {period.code for period in periods}
    code = request.GET.get("code", "")
    chosen = code if code in known else next((period.code for period in periods), "")
    rows = selectors.figure_rows(me, obligation, chosen)
    filters = FigureFilters(
        {**request.GET.dict(), "code": code or chosen},
        queryset=rows,
        request=request,
        periods=[(period.code, period.label) for period in periods],
    )
    shown = list(filters.qs) if filters.is_valid() else []
    figures = selectors.figures_of_rows(obligation, shown)
    if request.method == "GET" and request.GET.get("xuat") == "xlsx" and filters.is_valid():
        content = figure_workbook(figures, shown)
        return download(content, f"so-lieu-{slugify(obligation.clause) or obligation.pk}-{chosen}.xlsx", XLSX)
    context: dict[str, Any] = {
        "obligation": obligation,
        "document": obligation.document,
        "summary": selectors.figure_summary(obligation, shown),
        "may_hold": selectors.may_hold(me, obligation.document.holder),
    }
    return list_reply(
        request,
        template="directives/figure_list.html",
        filters=filters,
        table_class=figure_table(figures),
        file_name=f"so-lieu-{chosen}",
        context=context,
    )


def _version(request: HttpRequest) -> int:
    version = whole_number(request.POST.get("version", ""))
    return -1 if version is None else version
