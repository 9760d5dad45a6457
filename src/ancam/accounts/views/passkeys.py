"""Passkeys: adding, renaming and taking away one's own; signing in with one."""

from typing import Any

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ancam.accounts import keys, selectors, services
from ancam.accounts.confirmation import confirmed
from ancam.accounts.errors import AccountsError, KeyRefused
from ancam.accounts.lockout import count_failure, require_unlocked
from ancam.accounts.second_factor import note_proof
from ancam.accounts.security_forms import KeyForm, KeyNameForm, NewKeyForm
from ancam.accounts.sign_in import signed_in
from ancam.accounts.views.second_factors import after_adding
from ancam.web import clock
from ancam.web.forms import blame, posted
from ancam.web.rate_limits import limited


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("entry")
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a key alone: the challenge on GET, for the script; the key's answer on POST."""
    if request.user.is_authenticated:
        return redirect("home")
    if request.method == "POST":
        return _signed_in_by(request, KeyForm(request.POST))
    if request.headers.get("Accept") != "application/json":
        return redirect("account_login")
    return HttpResponse(keys.options_to_sign_in(), content_type="application/json")


def _signed_in_by(request: HttpRequest, form: KeyForm) -> HttpResponse:
    """Sign in whoever holds the key, whose device has checked them: no second step follows."""
    if not form.is_valid():
        raise KeyRefused()
    answer = form.cleaned_data["credential"]
    holder = keys.holder_named_in(answer)
    require_unlocked(request, holder)
    try:
        key = keys.key_signing_in(holder, answer)
    except KeyRefused:
        count_failure(request, holder)
        raise
    login = Login(user=holder, redirect_url=get_next_redirect_url(request))
    response: HttpResponse = perform_passwordless_login(request, key, login)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def passkey_add(request: HttpRequest) -> HttpResponse:
    """Add a key; the answer shows the recovery codes, once, when it is the first factor."""
    me = signed_in(request)
    form = NewKeyForm(posted(request))
    if form.is_valid():
        answer, name = form.cleaned_data["credential"], form.cleaned_data["name"]
        try:
            keys.require_new_key(answer)
            kept = request.session.session_key or ""
            added = services.add_passkey(person=me, name=name, credential=answer, kept=kept, at=clock.now())
        except AccountsError as refused:
            blame(form, refused)
        else:
            note_proof(request, added.authenticator)
            return after_adding(request, _("Đã thêm khóa truy cập."), added.recovery_codes)
    context = {"form": form, "options": keys.options_to_add(me), "is_demanded": selectors.lacks_second_factor(me)}
    return render(request, "accounts/passkey_add.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def passkey_rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Call one's key otherwise."""
    key = _own_key(request, pk)
    form = KeyNameForm(posted(request), initial={"name": key.data["name"]})
    if form.is_valid():
        try:
            services.rename_passkey(key=key, name=form.cleaned_data["name"], at=clock.now())
        except AccountsError as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("Đã đổi tên khóa truy cập."))
            return redirect("profile")
    return render(request, "accounts/passkey_rename.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def passkey_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's key away, after saying what that changes."""
    key = _own_key(request, pk)
    if request.method == "POST":
        services.remove_passkey(key=key, at=clock.now())
        messages.success(request, _("Đã gỡ khóa truy cập."))
        return redirect("profile")
    others = selectors.second_factors(signed_in(request)).exclude(pk=key.pk).exists()
    return render(request, "accounts/passkey_remove.html", {"name": key.data["name"], "others": others})


def _own_key(request: HttpRequest, pk: int) -> Authenticator:
    found: Any = get_object_or_404(selectors.passkeys(signed_in(request)), pk=pk)
    return found
