"""The second step of signing in, and the same proof once more before something sensitive."""

from allauth.account import views as allauth_views
from allauth.account.internal.decorators import login_stage_required
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ancam.accounts import selectors, services
from ancam.accounts.errors import CodeRefused
from ancam.accounts.lockout import count_failure, require_unlocked
from ancam.accounts.models import Person
from ancam.accounts.security_forms import CodeForm
from ancam.accounts.sign_in import signed_in
from ancam.web import clock


@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")  # type: ignore[untyped-decorator]
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """After the password, ask for a code of the app or a recovery code."""
    stage = request._login_stage  # type: ignore[attr-defined]  # set by the decorator
    person = Person.objects.get(pk=stage.login.user.pk)
    if not person.is_active:
        stage.abort()
        return redirect("account_inactive")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if used := _accepted(request, form, person):
        post_authentication(request, used)
        response: HttpResponse = stage.exit()
        return response
    return _page(request, form, person, "accounts/second_step.html")


@method_decorator([never_cache, sensitive_post_parameters("code")], name="dispatch")
class ReauthenticateByCodeView(allauth_views.BaseReauthenticateView):  # type: ignore[misc]  # the library is untyped
    """Give a code once more before something sensitive: for those without a password here."""

    http_method_names = ("get", "head", "options", "post")

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        if used := _accepted(request, form, signed_in(request)):
            post_authentication(request, used, reauthenticated=True)
            response: HttpResponse = self.form_valid(form)
            return response
        return self._page(form)

    def _page(self, form: Form) -> HttpResponse:
        return _page(self.request, form, signed_in(self.request), "accounts/reauthenticate_code.html")


def _accepted(request: HttpRequest, form: Form, person: Person) -> Authenticator | None:
    """Return what the code came from; None, with the reason beside the field, for a wrong one, which is counted."""
    if not form.is_valid():
        return None
    require_unlocked(request, person)
    try:
        return services.accept_code(person=person, code=form.cleaned_data["code"], at=clock.now())
    except CodeRefused as refused:
        count_failure(request, person)
        form.add_error("code", str(refused))
        return None


def _page(request: HttpRequest, form: Form, person: Person, template: str) -> HttpResponse:
    context = {
        "form": form,
        "security": selectors.security_of(person),
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "sign_in": reverse("account_login"),
    }
    return render(request, template, context, status=422 if form.is_bound else 200)
