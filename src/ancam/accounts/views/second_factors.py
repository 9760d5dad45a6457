"""One's own second factors: an authenticator app and recovery codes; taking them from someone who lost theirs."""

from io import BytesIO

import qrcode
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from qrcode.image.svg import SvgPathImage

from ancam.accounts import selectors, services
from ancam.accounts.confirmation import confirmed
from ancam.accounts.errors import CodeRefused, NothingToClear
from ancam.accounts.lockout import count_failure, require_unlocked
from ancam.accounts.one_time_codes import app_address, new_secret
from ancam.accounts.sealed import SECOND_FACTORS
from ancam.accounts.second_factor import instance_name, note_proof
from ancam.accounts.security_forms import CodeForm
from ancam.accounts.sign_in import signed_in
from ancam.accounts.views.people import seen_person
from ancam.web import clock
from ancam.web.forms import posted
from ancam.web.secrets import SecretClosed

# The secret of an app that is being added waits here, sealed, until a code proves that the app has it.
PENDING = "totp_secret"


@require_safe
def second_factor_setup(request: HttpRequest) -> HttpResponse:
    """Say which second factors there are; whose role demands one comes here first."""
    me = signed_in(request)
    if not selectors.lacks_second_factor(me):
        return redirect("profile")
    return render(request, "accounts/second_factor_setup.html", {"person": me})


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def totp_add(request: HttpRequest) -> HttpResponse:
    """Add an authenticator app; the answer shows the recovery codes, once."""
    me = signed_in(request)
    if selectors.security_of(me).app_added_at:
        return redirect("totp_remove")
    secret = _pending_secret(request)
    form = CodeForm(posted(request))
    if form.is_valid():
        require_unlocked(request, me)
        try:
            code, kept = form.cleaned_data["code"], request.session.session_key or ""
            added = services.add_totp(person=me, secret=secret, code=code, kept=kept, at=clock.now())
        except CodeRefused as refused:
            count_failure(request, me)
            form.add_error("code", str(refused))
        else:
            del request.session[PENDING]
            note_proof(request, added.authenticator)
            return after_adding(request, _("Đã thêm ứng dụng tạo mã."), added.recovery_codes)
    groups = [secret[place : place + 4] for place in range(0, len(secret), 4)]
    context = {"form": form, "groups": groups, "is_demanded": selectors.lacks_second_factor(me)}
    return render(request, "accounts/totp_add.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_safe
def totp_picture(request: HttpRequest) -> HttpResponse:
    """Draw what the app reads with its camera, while an app is being added."""
    if PENDING not in request.session:
        raise Http404
    me = signed_in(request)
    address = app_address(SECOND_FACTORS.unseal(request.session[PENDING]), issuer=instance_name(), name=me.email)
    picture = BytesIO()
    qrcode.make(address, image_factory=SvgPathImage).save(picture)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def totp_remove(request: HttpRequest) -> HttpResponse:
    """Take the app away, after saying what that changes."""
    me = signed_in(request)
    if request.method == "POST":
        services.remove_totp(person=me, at=clock.now())
        messages.success(request, _("Đã gỡ ứng dụng tạo mã."))
        return redirect("profile")
    return render(request, "accounts/totp_remove.html", {"security": selectors.security_of(me)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes, after saying what that changes; the answer shows them, once."""
    me = signed_in(request)
    if request.method == "POST":
        codes = services.renew_recovery_codes(person=me, at=clock.now())
        return after_adding(request, _("Đã tạo mã dự phòng mới."), codes)
    return render(request, "accounts/recovery_codes_renew.html", {"security": selectors.security_of(me)})


@require_http_methods(["GET", "HEAD", "POST"])
def second_factors_clear(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the second factors from someone who lost theirs, after saying what that changes."""
    person, me = seen_person(request, pk, _("gỡ xác thực hai lớp")), signed_in(request)
    if request.method == "POST":
        services.clear_second_factors(person=person, by=me, at=clock.now())
        messages.success(request, _("Đã gỡ xác thực hai lớp của người dùng."))
        return redirect("person", person.pk)
    security = selectors.security_of(person)
    if not security.has_second_factor:
        raise NothingToClear(person=person.full_name)
    return render(request, "accounts/second_factors_clear.html", {"person": person, "security": security})


def after_adding(request: HttpRequest, sentence: str, codes: list[str]) -> HttpResponse:
    """Show new recovery codes in the answer itself, for they are shown once; without any, go to the profile."""
    messages.success(request, sentence)
    if not codes:
        return redirect("profile")
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "lines": len(codes)})


def _pending_secret(request: HttpRequest) -> str:
    """Return the secret that waits in the session; a new one when there is none, or its key has gone meanwhile."""
    try:
        return SECOND_FACTORS.unseal(request.session.get(PENDING, ""))
    except SecretClosed:
        secret = new_secret()
        request.session[PENDING] = SECOND_FACTORS.seal(secret)
        return secret
