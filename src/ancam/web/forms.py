"""What every page with a form does with what was sent, and with the refusal of what was meant by it."""

from django import forms
from django.http import HttpRequest, QueryDict

from ancam.kit.errors import AnCamError


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, an empty form too, or None when nothing was."""
    return request.POST if request.method == "POST" else None


def blame(form: forms.Form, error: AnCamError, *, otherwise: str | None = None) -> None:
    """Put a refusal beside the field it names; beside `otherwise`, or above the form, when the form has no such."""
    field = error.values.get("field")
    form.add_error(field if field in form.fields else otherwise, str(error))
