"""A person's notices, and how they want to hear of them."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancam.accounts.sign_in import signed_in
from ancam.notifications import selectors, services
from ancam.notifications.calendars import calendar_of
from ancam.notifications.forms import NoticeFilters, PreferencesForm
from ancam.notifications.tables import NoticeTable
from ancam.web import clock
from ancam.web.addresses import public_address
from ancam.web.forms import posted
from ancam.web.tables import list_reply

SHOWN_BACK = timedelta(days=90)


@require_safe
def notice_list(request: HttpRequest) -> HttpResponseBase:
    """List what the person was told."""
    me = signed_in(request)
    rows = selectors.notices(me)
    return list_reply(
        request,
        template="notifications/notice_list.html",
        filters=NoticeFilters(request.GET, queryset=rows, request=request),
        table_class=NoticeTable,
        file_name="thong-bao",
        context={"unread": selectors.unread_count(me)},
    )


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark every notice of the person as read."""
    services.mark_read(person=signed_in(request), at=clock.now())
    messages.success(request, _("Đã đánh dấu đã đọc."))
    return redirect("notices")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Say how to be told of each kind of thing."""
    me = signed_in(request)
    form = PreferencesForm(posted(request), person=me)
    if form.is_valid():
        services.set_preferences(person=me, channels=form.cleaned_data, at=clock.now())
        messages.success(request, _("Đã lưu cách nhận thông báo."))
        return redirect("profile")
    return render(request, "notifications/preferences.html", {"form": form}, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_settings(request: HttpRequest) -> HttpResponse:
    """Open or close the address at which a calendar program reads what is due; the answer shows it, once."""
    me, at = signed_in(request), clock.now()
    address = ""
    if "close" in request.POST:
        services.close_calendar(person=me, at=at)
        messages.success(request, _("Đã đóng lịch đăng ký; địa chỉ cũ không đọc được nữa."))
        return redirect("calendar_settings")
    if request.method == "POST":
        address = public_address(reverse("calendar_feed", args=[services.open_calendar(person=me, at=at)]))
    context = {"feed": selectors.calendar_feed(me), "address": address}
    return render(request, "notifications/calendar.html", context)


@login_not_required
@never_cache
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Hand over a person's calendar to whoever has its address."""
    person = selectors.calendar_reader(token)
    if person is None:
        raise Http404
    written = calendar_of(person, since=clock.today() - SHOWN_BACK, at=clock.now())
    return HttpResponse(written, content_type="text/calendar; charset=utf-8")
