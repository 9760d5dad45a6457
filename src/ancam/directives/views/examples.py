"""Labelled examples: what people confirmed and corrected of what was read, for who administers."""

import json

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancam.accounts.sign_in import signed_in
from ancam.directives import selectors, services
from ancam.directives.example_words import example_labels, examples_workbook
from ancam.directives.filters import ExampleFilters
from ancam.directives.tables import ExampleTable
from ancam.web import clock
from ancam.web.downloads import XLSX, download, stream_download
from ancam.web.replies import Forbidden
from ancam.web.tables import filters_in_words, list_reply

FORMS = ("csv", "json", "xlsx")


@require_safe
def example_list(request: HttpRequest) -> HttpResponseBase:
    """List the examples, or hand them out as the address says: `xuat=json` as labels, `xuat=xlsx` or `csv` in rows."""
    me = signed_in(request)
    if not selectors.may_see_examples(me):
        raise Forbidden(act=_("xem ví dụ đọc văn bản"), who=_("quản trị"))
    filters = ExampleFilters(request.GET, queryset=selectors.reading_examples(me), request=request)
    form, today = request.GET.get("xuat", ""), clock.today()
    if filters.is_valid() and form in FORMS:
        # Made before it is recorded, so that a refusal leaves no line of what nobody took.
        made = _handed_out(filters, form, f"vi-du-doc-{today:%Y-%m-%d}")
        services.note_examples_export(by=me, form=form, filters=filters_in_words(filters.form), at=clock.now())
        if made:
            return made
    return list_reply(
        request,
        template="directives/reading_examples.html",
        filters=filters,
        table_class=ExampleTable,
        file_name=f"vi-du-doc-{today:%Y-%m-%d}",
        context={"workbook": True, "none_at_all": not selectors.reading_examples(me).exists()},
    )


def _handed_out(filters: ExampleFilters, form: str, name: str) -> HttpResponseBase | None:
    """Return the file of exactly what the conditions keep, None for the rows that any list hands out."""
    if form == "json":
        content = json.dumps(example_labels(filters.qs), ensure_ascii=False, indent=1)
        return download(content.encode(), f"{name}.json", "application/json")
    return stream_download(examples_workbook(filters.qs), f"{name}.xlsx", XLSX) if form == "xlsx" else None
