"""The second step of signing in, and the same proof once more before something sensitive."""

from allauth.account import views as allauth_views
from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ancam.accounts import keys, selectors, services
from ancam.accounts.errors import AccountsError, CodesLocked
from ancam.accounts.lockout import code_counted, count_failure, require_unlocked
from ancam.accounts.models import Person
from ancam.accounts.second_factor import lacks_proof
from ancam.accounts.security_forms import CodeForm, KeyForm
from ancam.accounts.sign_in import signed_in
from ancam.web import clock
from ancam.web.forms import blame

# By this code of an error the answer is 429.
LOCKED = "locked"


@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")  # type: ignore[untyped-decorator]
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """After the password, ask for a code of the app, a recovery code or a key."""
    stage = request._login_stage  # type: ignore[attr-defined]  # set by the decorator
    person = Person.objects.get(pk=stage.login.user.pk)
    if not person.is_active:
        stage.abort()
        return redirect("account_inactive")
    form = _form(request)
    if used := _accepted(request, form, person):
        post_authentication(request, used)
        response: HttpResponse = stage.exit()
        return response
    return _page(request, form, person, "accounts/second_step.html")


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class ReauthenticateByCodeView(allauth_views.BaseReauthenticateView):  # type: ignore[misc]  # the library is untyped
    """Give a code once more: for those without a password here, and in a session that began without a code."""

    http_method_names = ("get", "head", "options", "post")

    def _check_reauthentication_method_available(self, request: HttpRequest) -> HttpResponse | None:
        """Let whoever has a second factor show it; the library sends those who have a password to that page."""
        if selectors.second_factors(signed_in(request)).exists():
            return None
        sent: HttpResponse | None = super()._check_reauthentication_method_available(request)
        return sent

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(_form(request))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = _form(request)
        if used := _accepted(request, form, signed_in(request)):
            post_authentication(request, used, reauthenticated=True)
            response: HttpResponse = self.form_valid(form)
            return response
        return self._page(form)

    def _page(self, form: Form) -> HttpResponse:
        return _page(self.request, form, signed_in(self.request), "accounts/reauthenticate_code.html")


def _form(request: HttpRequest) -> Form:
    """Return what was sent: a key's answer or a code; an empty form for a code when nothing was."""
    if request.method != "POST":
        return CodeForm()
    return KeyForm(request.POST) if "credential" in request.POST else CodeForm(request.POST)


def _accepted(request: HttpRequest, form: Form, person: Person) -> Authenticator | None:
    """Return the factor that proved the person; None, with the reason in the form, for a wrong one, which counts."""
    if not form.is_valid():
        return None
    require_unlocked(request, person)
    try:
        if isinstance(form, KeyForm):
            return keys.key_confirming(person, form.cleaned_data["credential"])
        at = clock.now()
        with code_counted(person, at):
            return services.accept_code(person=person, code=form.cleaned_data["code"], at=at)
    except CodesLocked as locked:
        form.add_error("code", ValidationError(str(locked), LOCKED))
        return None
    except AccountsError as refused:
        count_failure(request, person)
        blame(form, refused)
        return None


def _page(request: HttpRequest, form: Form, person: Person, template: str) -> HttpResponse:
    """Show the form for a code, with a refusal above it when it was a key that was refused; the key's beside it."""
    security = selectors.security_of(person)
    context = {
        "form": form if isinstance(form, CodeForm) else CodeForm(),
        "refused": form.non_field_errors() if isinstance(form, KeyForm) else [],
        "security": security,
        "options": keys.options_to_confirm(person) if security.passkeys else "",
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "sign_in": reverse("account_login"),
        "is_led_here": lacks_proof(request, person),
    }
    refused = 429 if form.has_error("code", LOCKED) else 422
    return render(request, template, context, status=refused if form.is_bound else 200)
