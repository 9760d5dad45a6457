"""A person's own filters: the list, keeping one, renaming, removing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ancam.accounts import selectors, services
from ancam.accounts.errors import AccountsError
from ancam.accounts.models import SavedFilter
from ancam.accounts.saved_filter_forms import FilterNameForm, SaveFilterForm
from ancam.accounts.saved_lists import require_list, saved_list
from ancam.accounts.sign_in import signed_in
from ancam.web import clock
from ancam.web.forms import blame, posted


@require_safe
def saved_filter_list(request: HttpRequest) -> HttpResponse:
    """List one's own filters, each with the list it opens."""
    rows = [(one, saved_list(one.page)) for one in selectors.saved_filters(signed_in(request))]
    context = {"rows": [(one, known) for one, known in rows if known], "most": services.MOST_FILTERS}
    return render(request, "accounts/saved_filters.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def saved_filter_add(request: HttpRequest) -> HttpResponse:
    """Keep the conditions that a list's page sends along."""
    sent = {name: request.GET.get(name, "").replace("\0", "") for name in ("page", "query")}
    form = SaveFilterForm(posted(request), initial=sent)
    if form.is_valid():
        try:
            saved = services.save_filter(by=signed_in(request), at=clock.now(), **form.cleaned_data)
        except AccountsError as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Đã lưu bộ lọc “%(name)s”.") % {"name": saved.name})
            return redirect(_opened(saved))
    return render(request, "accounts/saved_filter_add.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def saved_filter_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a filter, or have its list open with it."""
    me = signed_in(request)
    saved = get_object_or_404(selectors.saved_filters(me), pk=pk)
    form = FilterNameForm(posted(request), initial={"name": saved.name, "is_default": saved.is_default})
    if form.is_valid():
        try:
            services.change_filter(saved=saved, by=me, at=clock.now(), **form.cleaned_data)
        except AccountsError as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Đã sửa bộ lọc."))
            return redirect("saved_filters")
    context = {"form": form, "saved": saved}
    return render(request, "accounts/saved_filter_change.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def saved_filter_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a filter, after saying what goes."""
    me = signed_in(request)
    saved = get_object_or_404(selectors.saved_filters(me), pk=pk)
    if request.method == "POST":
        services.remove_filter(saved=saved, by=me, at=clock.now())
        messages.success(request, _("Đã xóa bộ lọc “%(name)s”.") % {"name": saved.name})
        return redirect("saved_filters")
    return render(request, "accounts/saved_filter_remove.html", {"saved": saved})


def _opened(saved: SavedFilter) -> str:
    return f"{reverse(require_list(saved.page).url_name)}?{saved.query}"
