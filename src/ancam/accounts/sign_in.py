"""Signing in by allauth, in Vietnamese, without sign-up; what axes needs to know of an attempt."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.core import context
from django import forms
from django.contrib import messages
from django.contrib.auth.password_validation import UserAttributeSimilarityValidator, validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ancam.accounts.lockout import require_unlocked
from ancam.accounts.models import Person
from ancam.accounts.selectors import second_factors

# What allauth would say in English, by the name of its template; the rest goes without saying.
_SENTENCES = {"account/messages/password_changed.txt": _("Đã đổi mật khẩu.")}

# The same for Django's password validators, by the code of the refusal.
_WEAK = {
    "password_too_short": _("Mật khẩu cần ít nhất 10 ký tự."),
    "password_too_common": _("Mật khẩu này quá phổ biến, dễ đoán."),
    "password_entirely_numeric": _("Mật khẩu không được chỉ gồm chữ số."),
    "password_too_similar": _("Mật khẩu quá giống họ tên hoặc thư điện tử."),
}
PASSWORD_HELP = _("Ít nhất 10 ký tự, không chỉ gồm chữ số, không quá phổ biến.")


def require_strong_password(password: str, person: Person | None = None) -> None:
    """Raise `ValidationError`, in Vietnamese, when the validators of the settings refuse the password."""
    try:
        validate_password(password, person)
        # The settings' own looks at first_name and the like; our people have one name.
        UserAttributeSimilarityValidator(("full_name",)).validate(password, person)
    except ValidationError as refusal:
        codes = [error.code or "" for error in refusal.error_list]
        raise ValidationError([ValidationError(_WEAK[code], code) for code in codes]) from refusal


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """Nobody signs up alone: an administrator adds people."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đã ngừng. Đề nghị liên hệ quản trị của cơ quan."),
        "email_password_mismatch": _(
            "Thư điện tử hoặc mật khẩu chưa đúng. Sau 5 lần sai, tài khoản tạm khóa 15 phút. "
            "Quên mật khẩu: mở trang quên mật khẩu, ngay dưới đây."
        ),
        "incorrect_password": _("Mật khẩu chưa đúng."),
        "enter_current_password": _("Mật khẩu hiện tại chưa đúng."),
        "same_as_current": _("Mật khẩu mới phải khác mật khẩu hiện tại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def clean_password(self, password: str, user: Person | None = None) -> str:
        require_strong_password(password, user)
        return password

    def reauthenticate(self, user: Person, password: str) -> bool:
        """Ask by way of sign-in, so that axes counts a wrong guess here with those made there."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def get_reauthentication_methods(self, user: Person) -> list[dict[str, str]]:
        """Return the pages where this person may confirm who they are: the password, else a second factor."""
        if user.has_usable_password():
            return [{"id": "password", "description": "", "url": reverse("account_reauthenticate")}]
        if second_factors(user).exists():
            return [{"id": "code", "description": "", "url": reverse("mfa_reauthenticate")}]
        return []

    def pre_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse | None:
        """Hold back who is locked, whatever the way of signing in; then those who were stopped."""
        if user.is_active:
            require_unlocked(request, user)
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: allauth's mails speak English, and the ledger tells what changed."""

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("profile")

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Say it in Vietnamese, or not at all: the page that follows shows what happened."""
        if sentence := _SENTENCES.get(message_template or ""):
            messages.add_message(request, level, sentence)


class SignInForm(allauth_forms.LoginForm):  # type: ignore[misc]  # the library is untyped
    """E-mail and password, labelled in Vietnamese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self.fields, {"login": _("Thư điện tử"), "password": _("Mật khẩu")})
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs["autofocus"] = True


class PasswordChangeForm(allauth_forms.ChangePasswordForm):  # type: ignore[misc]  # the library is untyped
    """The present password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(
            self.fields,
            {
                "oldpassword": _("Mật khẩu hiện tại"),
                "password1": _("Mật khẩu mới"),
                "password2": _("Nhập lại mật khẩu mới"),
            },
        )
        self.fields["password1"].help_text = PASSWORD_HELP

    def clean_oldpassword(self) -> str:
        """Check the present password as sign-in does: a session left open is no place to guess without end."""
        given = str(self.cleaned_data["oldpassword"])
        if not get_adapter().reauthenticate(self.user, given):
            raise get_adapter().validation_error("enter_current_password")
        return given

    def clean(self) -> dict[str, Any]:
        """Compare the two new passwords, in our words; the library's are English."""
        values = forms.Form.clean(self) or {}
        if values.get("password1") and values.get("password2") and values["password1"] != values["password2"]:
            self.add_error("password2", _("Hai lần nhập mật khẩu mới chưa giống nhau."))
        return values


class ReauthenticateForm(allauth_forms.ReauthenticateForm):  # type: ignore[misc]  # the library is untyped
    """The password once more, before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self.fields, {"password": _("Mật khẩu")})


def _label(fields: dict[str, forms.Field], labels: dict[str, Any]) -> None:
    for name, label in labels.items():
        fields[name].label = label
        fields[name].widget.attrs.pop("placeholder", None)


def attempted_email(request: HttpRequest | None, credentials: dict[str, Any] | None = None) -> str:
    """Return the e-mail of a sign-in attempt, so that axes counts one person's attempts in any spelling."""
    given = (credentials or {}).get("email") or (credentials or {}).get("username")
    if not given and request is not None:
        given = request.POST.get("login", "")
    return Person.objects.normalize_email(given)[:254]


def signed_in(request: HttpRequest) -> Person:
    """Return who is signed in; pages that anyone may open do not ask."""
    if not isinstance(request.user, Person):
        raise PermissionDenied
    return request.user
