"""What is entered of a person who is there already."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ancam.accounts.forms import EmailField, LineField, PositionField
from ancam.accounts.models import Person
from ancam.accounts.services import Particulars


class OwnPositionForm(forms.Form):
    """One's own position, over the values that were shown."""

    position = PositionField()
    seen = forms.CharField(widget=forms.HiddenInput, max_length=32, required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        held = Particulars.of(person)
        kwargs["initial"] = {"full_name": held.full_name, "position": held.position, "seen": held.mark}
        super().__init__(*args, **kwargs)

    def over(self, person: Person) -> None:
        """Carry from now on the mark of what the person is by now; what was entered stays."""
        self.data = {**self.data.dict(), "seen": Particulars.of(person).mark}  # type: ignore[attr-defined]


class ParticularsForm(OwnPositionForm):
    """The name too, which an administrator enters."""

    full_name = LineField(label=_("Họ và tên"), max_length=120)
    field_order = ["full_name", "position", "seen"]

    def facts(self) -> Particulars:
        """Return what was entered."""
        return Particulars(self.cleaned_data["full_name"], self.cleaned_data["position"])


class EmailChangeForm(forms.Form):
    """The e-mail to sign in with from now on."""

    new_email = EmailField(
        help_text=_("Địa chỉ của riêng người này, đọc được thư gửi đến."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_email"].label = _("Thư điện tử mới")
