"""What every page with a form does with what was sent, and with the refusal of what was meant by it."""

from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from ancam.kit.errors import AnCamError


class NeededField(forms.CharField):
    """A text that must be written, starred as such; an empty one is refused by the service, in its own words.

    Not by the browser, which would say so in its own language and hold back an act of the form that needs no text.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.use_required_attribute = lambda initial: False

    def validate(self, value: Any) -> None:
        """Leave an empty text to the service."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "aria-required": "true"}


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, an empty form too, or None when nothing was."""
    return request.POST if request.method == "POST" else None


def blame(form: forms.Form, error: AnCamError, *, otherwise: str | None = None) -> None:
    """Put a refusal beside the field it names; beside `otherwise`, or above the form, when the form has no such."""
    field = error.values.get("field")
    form.add_error(field if field in form.fields else otherwise, str(error))
