"""What is entered about one's own ways of signing in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ancam.accounts.forms import EmailField, LineField, PasswordTwiceForm
from ancam.accounts.models import Person

MOST_CREDENTIAL_CHARACTERS = 20_000


class CodeForm(forms.Form):
    """A code of the authenticator app, or a recovery code, as people type it: with blanks or without."""

    code = forms.CharField(
        label=_("Mã xác thực"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )

    def clean_code(self) -> str:
        return "".join(sign for sign in self.cleaned_data["code"] if sign.isalnum())


class CredentialField(forms.JSONField):
    """What a browser answers for a key: an object, no longer than any key makes it."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > MOST_CREDENTIAL_CHARACTERS:
            raise forms.ValidationError(_("Câu trả lời của khóa dài quá mức."))
        found = super().to_python(value)
        if found is not None and not isinstance(found, dict):
            raise forms.ValidationError(_("Câu trả lời của khóa chưa đúng dạng."))
        return found


class KeyForm(forms.Form):
    """A key's answer to the challenge."""

    credential = CredentialField()


class KeyNameForm(forms.Form):
    """What its owner calls a key."""

    name = LineField(label=_("Tên khóa"), max_length=60, help_text=_("Để sau này nhận ra, ví dụ: Điện thoại cơ quan."))


class NewKeyForm(KeyNameForm, KeyForm):
    """A new key and its name."""

    field_order = ["name", "credential"]


class ForgottenForm(forms.Form):
    """Whose password was forgotten."""

    email = EmailField(widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}))


class ResetForm(PasswordTwiceForm):
    """A new password in place of the forgotten one."""

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
