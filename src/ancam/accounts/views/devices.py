"""Ending one's sessions elsewhere."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ancam.accounts import selectors, services
from ancam.accounts.sign_in import signed_in
from ancam.web import clock


@require_POST
def device_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out of one of one's browsers; of this one too, when it is this."""
    me = signed_in(request)
    device = get_object_or_404(selectors.live_devices(me, clock.now()), pk=pk)
    is_this = device.session_key == request.session.session_key
    services.end_device(device=device, by=me, at=clock.now())
    if is_this:
        request.session.flush()
        return redirect("account_login")
    messages.success(request, _("Đã kết thúc phiên trên thiết bị đó."))
    return redirect("profile")


@require_POST
def devices_end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere else."""
    services.end_other_devices(person=signed_in(request), kept=request.session.session_key or "", at=clock.now())
    messages.success(request, _("Đã kết thúc phiên trên mọi thiết bị khác."))
    return redirect("profile")
