"""Coming in: the first run, the first password, signing in, one's own page."""

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancam.accounts import selectors, services
from ancam.accounts.errors import AlreadyBegun, LanguageRefused, LinkRefused
from ancam.accounts.forms import RegisterForm, WelcomeForm
from ancam.accounts.lockout import release
from ancam.accounts.models import Language, Person
from ancam.accounts.sign_in import signed_in
from ancam.web import clock
from ancam.web.forms import posted


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def register_instance(request: HttpRequest, token: str) -> HttpResponse:
    """Register the agency that runs this instance and its first administrator, once."""
    if selectors.instance_has_people():
        raise AlreadyBegun()
    link = selectors.link_holder(token, clock.now())
    if link is None or link.person is not None:
        raise LinkRefused()
    form = RegisterForm(posted(request))
    if form.is_valid():
        person = services.register_instance(
            token=token,
            agency=form.facts(),
            administrator=form.administrator(),
            password=form.cleaned_data["password1"],
            at=clock.now(),
        )
        return come_in(request, person, _("Đã đăng ký cơ quan. Việc tiếp theo: thêm cơ quan trực thuộc và người dùng."))
    context = {"form": form, "places": selectors.province_names()}
    return render(request, "accounts/register.html", context, status=422 if form.is_bound else 200)


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Let a person who was added set their password, once, and come in."""
    link = selectors.link_holder(token, clock.now())
    if link is None or link.person is None:
        raise LinkRefused()
    form = WelcomeForm(posted(request), person=link.person)
    if form.is_valid():
        password = form.cleaned_data["password1"]
        person = services.set_first_password(token=token, password=password, at=clock.now())
        return come_in(request, person, _("Đã đặt mật khẩu."))
    context = {"form": form, "newcomer": link.person}
    return render(request, "accounts/welcome.html", context, status=422 if form.is_bound else 200)


@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """Show a person who they are here and what they may do."""
    me = signed_in(request)
    devices = selectors.devices_in_words(me, request.session.session_key or "", clock.now())
    context = {
        "person": me,
        "waiting_email": selectors.waiting_email(me, clock.now()),
        "security": selectors.security_of(me),
        "devices": devices,
        "planned": selectors.planned_departures(me, me),
    }
    return render(request, "accounts/profile.html", context)


@login_not_required
@require_POST
def language_choose(request: HttpRequest) -> HttpResponse:
    """Answer in another language from now on, and go back to the page that was open."""
    chosen = request.POST.get("language", "")
    if chosen not in Language.values:
        raise LanguageRefused(language=chosen[:20])
    if isinstance(request.user, Person):
        services.choose_language(person=request.user, language=Language(chosen), at=clock.now())
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    answer = redirect(back if is_ours else "/")
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


class RefusedWith422:
    """An allauth form that is refused answers 422, as every form of ours; it is opened and sent, nothing else."""

    http_method_names = ("get", "head", "options", "post")

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]  # of allauth's view beside this
        response.status_code = 422
        return response


@method_decorator(login_not_required, name="dispatch")
class SignInView(RefusedWith422, allauth_views.LoginView):  # type: ignore[misc]  # the library is untyped
    """Sign in; says where the first link is as long as nobody can."""

    template_name = "accounts/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ours = {
            "has_people": selectors.instance_has_people(),
            "saml_name": settings.SAML_NAME if settings.SAML_METADATA else "",
            "single_sign_on_name": settings.OIDC_NAME if settings.OIDC_ISSUER else "",
        }
        return {**super().get_context_data(**kwargs), **ours}


class SignOutView(allauth_views.LogoutView):  # type: ignore[misc]  # as above
    """Sign out, on POST; asks on GET."""

    template_name = "accounts/logout.html"


class PasswordChangeView(RefusedWith422, allauth_views.PasswordChangeView):  # type: ignore[misc]  # as above
    """Change one's own password; allauth makes the change, in one transaction with its audit line."""

    template_name = "accounts/password_change.html"

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        services.note_password_change(
            person=signed_in(self.request), kept=self.request.session.session_key or "", at=clock.now()
        )
        response: HttpResponse = super().form_valid(form)
        return response


class ReauthenticateView(RefusedWith422, allauth_views.ReauthenticateView):  # type: ignore[misc]  # as above
    """Give the password once more before something sensitive."""

    template_name = "accounts/reauthenticate.html"


@method_decorator(login_not_required, name="dispatch")
class InactiveView(allauth_views.AccountInactiveView):  # type: ignore[misc]  # as above
    """Say that the account was stopped."""

    template_name = "accounts/account_inactive.html"


def come_in(request: HttpRequest, person: Person, sentence: str) -> HttpResponse:
    """Sign in someone who has just set their password, and send them to their first page.

    As after the password itself: whoever has a second factor is asked for it.
    """
    logout(request)
    if not selectors.second_factors(person).exists():
        release(request, person)
    messages.success(request, sentence)
    response: HttpResponse = perform_password_login(request, {"email": person.email}, Login(user=person))
    return response
