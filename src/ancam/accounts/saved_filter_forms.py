"""What is entered to keep a filter."""

from urllib.parse import parse_qsl, urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from ancam.accounts.forms import LineField
from ancam.accounts.models.saved_filter import LONGEST_QUERY
from ancam.accounts.saved_lists import saved_list
from ancam.web.tables import MOST_CHARACTERS

MOST_CONDITIONS = 50


class FilterNameForm(forms.Form):
    """A filter's name, and whether its list opens with it."""

    name = LineField(label=_("Tên bộ lọc"), max_length=80)
    is_default = forms.BooleanField(label=_("Mở danh sách cùng bộ lọc này"), required=False)


class SaveFilterForm(FilterNameForm):
    """The list and its conditions, as the list's page sends them along."""

    page = forms.CharField(max_length=30, widget=forms.HiddenInput)
    query = forms.CharField(max_length=LONGEST_QUERY, widget=forms.HiddenInput)

    def clean_page(self) -> str:
        page: str = self.cleaned_data["page"]
        if saved_list(page) is None:
            raise forms.ValidationError(_("Danh sách này không lưu bộ lọc được."))
        return page

    def clean_query(self) -> str:
        """Return the conditions written anew, so that nothing but names and values is kept."""
        try:
            pairs = parse_qsl(self.cleaned_data["query"], max_num_fields=MOST_CONDITIONS)
        except ValueError as exc:
            raise forms.ValidationError(_("Bộ lọc có quá nhiều điều kiện.")) from exc
        return urlencode([(name, value) for name, value in pairs if len(value) <= MOST_CHARACTERS])
