"""Signing in by allauth, in Vietnamese, without sign-up; what axes needs to know of an attempt."""

from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up alone: an administrator adds people."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đã ngừng. Đề nghị liên hệ quản trị của cơ quan."),
        "email_password_mismatch": _(
            "Thư điện tử hoặc mật khẩu chưa đúng. Sau 5 lần sai, tài khoản tạm khóa 15 phút. "
            "Quên mật khẩu: đề nghị quản trị của cơ quan cấp đường dẫn mới."
        ),
        "incorrect_password": _("Mật khẩu chưa đúng."),
        "enter_current_password": _("Mật khẩu hiện tại chưa đúng."),
        "same_as_current": _("Mật khẩu mới phải khác mật khẩu hiện tại."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, request: HttpRequest, level: int, message_template: str | None = None, **kwargs: Any) -> None:
        """Say nothing: the page that follows shows what happened, and allauth's sentences are English."""


class SignInForm(allauth_forms.LoginForm):
    """E-mail and password, labelled in Vietnamese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Thư điện tử")
        self.fields["password"].label = _("Mật khẩu")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["login"].widget.attrs["autofocus"] = True


class PasswordChangeForm(allauth_forms.ChangePasswordForm):
    """The present password, and the new one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _label(self.fields, {"oldpassword": _("Mật khẩu hiện tại"), "password1": _("Mật khẩu mới")})
        _label(self.fields, {"password2": _("Nhập lại mật khẩu mới")})
        self.fields["password1"].help_text = _("Ít nhất 10 ký tự, không chỉ gồm chữ số, không quá phổ biến.")


class ReauthenticateForm(allauth_forms.ReauthenticateForm):
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
    return str(given or "").strip().lower()[:254]


def client_address(request: HttpRequest) -> str | None:
    """Return the address that the attempt came from, as the server saw it; a header could be forged."""
    return request.META.get("REMOTE_ADDR")
