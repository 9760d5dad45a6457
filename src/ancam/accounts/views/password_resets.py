"""A forgotten password: asking for a link by mail, and using it."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ancam.accounts import selectors, services
from ancam.accounts.errors import ResetRefused
from ancam.accounts.jobs import mail_password_reset
from ancam.accounts.security_forms import ForgottenForm, ResetForm
from ancam.accounts.views.entry import come_in
from ancam.web import clock
from ancam.web.forms import posted
from ancam.web.jobs import enqueue


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password_forgotten(request: HttpRequest) -> HttpResponse:
    """Have a link sent to the e-mail, if it is someone's: the answer is the same when it is not.

    Without a mail server the page says whom to ask.
    """
    if not settings.SENDS_MAIL:
        return render(request, "accounts/password_forgotten.html", {"form": None})
    form = ForgottenForm(posted(request))
    if form.is_valid():
        enqueue(mail_password_reset, form.cleaned_data["email"])
        context = {"email": form.cleaned_data["email"], "minutes": services.RESET_LIVES // timedelta(minutes=1)}
        return render(request, "accounts/password_mail_sent.html", context)
    return render(request, "accounts/password_forgotten.html", {"form": form}, status=422 if form.is_bound else 200)


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def password_reset(request: HttpRequest, token: str) -> HttpResponse:
    """Let who holds the link set a new password, once, and come in; a second factor is still asked for."""
    person = selectors.reset_holder(token, clock.now())
    if person is None:
        raise ResetRefused()
    form = ResetForm(posted(request), person=person)
    if form.is_valid():
        password = form.cleaned_data["password1"]
        person = services.reset_password(token=token, password=password, at=clock.now())
        return come_in(request, person, _("Đã đặt mật khẩu mới."))
    context = {"form": form, "email": person.email}
    return render(request, "accounts/password_reset.html", context, status=422 if form.is_bound else 200)
