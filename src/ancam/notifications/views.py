"""A person's notices, how they want to hear of them, and their calendar."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancam.accounts.sign_in import signed_in
from ancam.notifications import selectors, services
from ancam.notifications.calendars import calendar_of
from ancam.notifications.forms import NoticeFilters, PreferencesForm
from ancam.notifications.tables import NoticeTable
from ancam.reference.working_days import public_calendar
from ancam.web import clock
from ancam.web.addresses import public_address
from ancam.web.forms import posted
from ancam.web.rate_limits import limited
from ancam.web.tables import list_reply


@require_safe
def notice_list(request: HttpRequest) -> HttpResponseBase:
    """List what the person was told."""
    me = signed_in(request)
    return list_reply(
        request,
        template="notifications/notice_list.html",
        filters=NoticeFilters(request.GET, queryset=selectors.notices(me), request=request),
        table_class=NoticeTable,
        file_name="thong-bao",
        context={"unread": selectors.unread_count(me)},
    )


@require_safe
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to where something can be done about a notice, which is read with that."""
    me = signed_in(request)
    notice = get_object_or_404(selectors.notices(me), pk=pk)
    services.mark_read(person=me, notice=notice, at=clock.now())
    return redirect(notice.address)


@require_POST
def notice_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read and come back to the list as it was."""
    me = signed_in(request)
    services.mark_read(person=me, notice=get_object_or_404(selectors.notices(me), pk=pk), at=clock.now())
    return redirect(f"{reverse('notices')}?{request.GET.urlencode()}")


@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark every notice of the person as read."""
    count = services.mark_read(person=signed_in(request), at=clock.now())
    messages.success(request, _("Đã đánh dấu %(n)d thông báo là đã đọc.") % {"n": count})
    return redirect("notices")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Say how to be told of each kind of thing."""
    me = signed_in(request)
    form = PreferencesForm(posted(request), person=me)
    if form.is_valid():
        services.set_preferences(person=me, channels=form.cleaned_data, at=clock.now())
        messages.success(request, _("Đã lưu cách nhận thông báo."))
        return redirect("notification_preferences")
    context = {"form": form, "sends_mail": settings.SENDS_MAIL, "known_through": public_calendar().known_through}
    return render(request, "notifications/preferences.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_settings(request: HttpRequest) -> HttpResponse:
    """Open or close the address at which a calendar program reads what is due; the answer shows it, once."""
    me, at, address = signed_in(request), clock.now(), ""
    if "close" in request.POST:
        services.close_calendar(person=me, at=at)
        messages.success(request, _("Đã đóng lịch đăng ký; địa chỉ cũ không đọc được nữa."))
        return redirect("calendar_settings")
    if "open" in request.POST:
        address = public_address(reverse("calendar_feed", args=[services.open_calendar(person=me, at=at)]))
    context = {"feed": selectors.calendar_feed(me), "address": address}
    senseless = request.method == "POST" and not address
    return render(request, "notifications/calendar.html", context, status=422 if senseless else 200)


@login_not_required
@never_cache
@limited("calendar")
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Hand over a person's calendar to whoever has its address."""
    feed, at = selectors.feed_of_token(token), clock.now()
    if feed is None:
        raise Http404
    services.note_calendar_read(feed, at)
    return HttpResponse(calendar_of(feed.person, at), content_type="text/calendar; charset=utf-8")
