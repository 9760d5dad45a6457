"""What is entered of local names of places."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ancam.accounts import selectors
from ancam.accounts.forms import LineField
from ancam.accounts.models import Agency
from ancam.kit.places import Place, blind_key, resolve

NAMED_IN_REFUSAL = 5


class PlaceAliasForm(forms.Form):
    """A local name, and the one place of today that it stands for."""

    agency = forms.TypedChoiceField(
        label=_("Dùng tại cơ quan"), help_text=_("Cơ quan này và các cơ quan trực thuộc cùng tra cứu được.")
    )
    name = LineField(
        label=_("Tên gọi địa phương"),
        max_length=120,
        help_text=_("Như cán bộ và người dân vẫn gọi, ví dụ: thị trấn cũ, khu phố chợ."),
    )
    place = LineField(
        label=_("Là địa danh nào hiện nay"),
        max_length=200,
        help_text=_("Tên xã, phường, đặc khu hoặc tỉnh hiện nay, ví dụ: xã Vĩnh Linh, tỉnh Quảng Trị."),
    )

    def __init__(self, *args: Any, agencies: Sequence[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_key = {str(agency.pk): agency for agency in agencies}
        field: Any = self.fields["agency"]
        field.choices = [(key, agency.name) for key, agency in by_key.items()]
        field.coerce = by_key.__getitem__
        if len(by_key) == 1:
            field.widget, field.initial = forms.HiddenInput(), next(iter(by_key))

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if len(blind_key(name)) < 2:
            raise forms.ValidationError(_("Tên gọi cần ít nhất hai chữ cái hoặc chữ số."))
        return name

    def clean_place(self) -> Place:
        """Return the one place that was named."""
        text: str = self.cleaned_data["place"]
        places = resolve(text, selectors.gazetteer()).places
        if len(places) == 1:
            return places[0]
        if not places:
            raise forms.ValidationError(
                _("Chưa tìm thấy địa danh “%(text)s”. Đề nghị ghi đủ xã, tỉnh hiện nay."), params={"text": text}
            )
        raise forms.ValidationError(self._several(text, places))

    def _several(self, text: str, places: tuple[Place, ...]) -> Any:
        words = {
            "text": text,
            "count": len(places),
            "some": "; ".join(place.full_title for place in places[:NAMED_IN_REFUSAL]),
        }
        return _now("“%(text)s” có thể là %(count)s nơi: %(some)s. Đề nghị ghi một nơi.") % words
