"""A new e-mail to sign in with: asked for, confirmed by the link that its mailbox got, withdrawn."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ancam.accounts import selectors, services
from ancam.accounts.confirmation import confirmed
from ancam.accounts.errors import AccountsError, EmailLinkOfAnother, EmailLinkRefused
from ancam.accounts.jobs import mail_email_change, tell_old_address
from ancam.accounts.mail_limits import count_mail
from ancam.accounts.models import Person
from ancam.accounts.particulars_forms import EmailChangeForm
from ancam.accounts.sign_in import signed_in
from ancam.accounts.views.people import seen_person
from ancam.web import clock
from ancam.web.addresses import public_address
from ancam.web.forms import posted
from ancam.web.jobs import enqueue
from ancam.web.rate_limits import TooOften

HOURS = services.EMAIL_CHANGE_LIVES // timedelta(hours=1)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def own_email_change(request: HttpRequest) -> HttpResponse:
    """Ask for another e-mail to sign in with; without a mail server the page says whom to ask."""
    me = signed_in(request)
    if not settings.SENDS_MAIL:
        return render(request, "accounts/email_change.html", {"person": me, "form": None, "is_own": True})
    return _ask_page(request, me, is_own=True)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def email_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for another e-mail for a person; without a mail server the answer shows the link that confirms it, once."""
    act = _("đổi thư điện tử của người dùng")
    person, me = seen_person(request, pk, act), signed_in(request)
    if person.pk == me.pk:
        return redirect("own_email_change")
    services.require_administrator_of_all(me, person, act)
    return _ask_page(request, person, is_own=False)


@require_POST
def own_email_withdraw(request: HttpRequest) -> HttpResponse:
    """Withdraw one's own waiting change."""
    me = signed_in(request)
    services.withdraw_email_change(person=me, by=me, at=clock.now())
    messages.success(request, _("Thư điện tử giữ nguyên, không còn yêu cầu đổi nào."))
    return redirect("profile")


@require_POST
def email_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw the waiting change of a person."""
    person = seen_person(request, pk, _("đổi thư điện tử của người dùng"))
    services.withdraw_email_change(person=person, by=signed_in(request), at=clock.now())
    messages.success(request, _("Thư điện tử giữ nguyên, không còn yêu cầu đổi nào."))
    return redirect("person", person.pk)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def email_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Let who holds the link confirm the new e-mail, once; who has come in before signs in for it."""
    change = selectors.email_change_of(token, clock.now())
    if change is None:
        raise EmailLinkRefused()
    me = request.user if isinstance(request.user, Person) else None
    is_new = not services.has_come_in(change.person)
    if not is_new and me != change.person:
        if me is None:
            return redirect_to_login(request.get_full_path())
        raise EmailLinkOfAnother()
    if request.method != "POST":
        return render(request, "accounts/email_confirm.html", {"change": change, "is_new": is_new})
    kept = request.session.session_key or ""
    done = services.confirm_email_change(token=token, by=me, kept=kept, at=clock.now())
    messages.success(request, _("Đã đổi thư điện tử. Từ nay đăng nhập bằng %(email)s.") % {"email": done.person.email})
    return redirect("welcome", done.token) if done.token else redirect("profile")


def _ask_page(request: HttpRequest, person: Person, *, is_own: bool) -> HttpResponse:
    form = EmailChangeForm(posted(request))
    if form.is_valid():
        try:
            token = _ask(request, person, form.cleaned_data["new_email"])
        except (AccountsError, TooOften) as refused:
            form.add_error("new_email", str(refused))
        else:
            return _asked(request, person, token, is_own=is_own)
    context = {"person": person, "form": form, "is_own": is_own, "by_mail": settings.SENDS_MAIL, "hours": HOURS}
    return render(request, "accounts/email_change.html", context, status=422 if form.is_bound else 200)


def _ask(request: HttpRequest, person: Person, new_email: str) -> str:
    """Have the change wait, with its mails: the new address is sent the link, the old one is told."""
    at, by_mail = clock.now(), settings.SENDS_MAIL
    if by_mail:
        count_mail(person, at)
    by = signed_in(request)
    token = services.ask_email_change(person=person, new_email=new_email, by=by, by_mail=by_mail, at=at)
    waiting = selectors.waiting_email(person, at)
    if by_mail and waiting:
        enqueue(tell_old_address, waiting.pk)
        enqueue(mail_email_change, waiting.pk)
    return token


def _asked(request: HttpRequest, person: Person, token: str, *, is_own: bool) -> HttpResponse:
    """Show the link in the answer itself when no mail carries it: nothing but its digest is kept anywhere."""
    if token:
        address = public_address(reverse("email_confirm", args=[token]))
        context = {"person": person, "address": address, "hours": HOURS}
        return render(request, "accounts/email_link.html", context)
    messages.success(request, _("Đang gửi đường dẫn xác nhận đến địa chỉ mới. Địa chỉ cũ dùng được đến khi xác nhận."))
    return redirect("profile") if is_own else redirect("person", person.pk)
