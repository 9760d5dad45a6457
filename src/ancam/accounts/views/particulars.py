"""A person's name and position: corrected by an administrator, the position also by themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ancam.accounts import services
from ancam.accounts.errors import ParticularsChanged
from ancam.accounts.models import Person
from ancam.accounts.particulars_forms import OwnPositionForm, ParticularsForm
from ancam.accounts.sign_in import signed_in
from ancam.accounts.views.people import seen_person
from ancam.web import clock
from ancam.web.forms import posted


@require_http_methods(["GET", "HEAD", "POST"])
def person_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a person's name and position."""
    person = seen_person(request, pk, _("sửa thông tin người dùng"))
    me = signed_in(request)
    services.require_administrator_of_all(me, person, _("sửa thông tin người dùng"))
    form = ParticularsForm(posted(request), person=person)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            services.change_particulars(person=person, facts=form.facts(), seen=seen, by=me, at=clock.now())
        except ParticularsChanged as changed:
            return _form_page(request, person, form, changed)
        messages.success(request, _("Đã lưu thông tin của người dùng."))
        return redirect("person", person.pk)
    return _form_page(request, person, form)


@require_http_methods(["GET", "HEAD", "POST"])
def own_position(request: HttpRequest) -> HttpResponse:
    """Correct one's own position."""
    me = signed_in(request)
    form = OwnPositionForm(posted(request), person=me)
    if form.is_valid():
        entered = form.cleaned_data
        try:
            services.change_own_position(person=me, position=entered["position"], seen=entered["seen"], at=clock.now())
        except ParticularsChanged as changed:
            return _form_page(request, me, form, changed)
        messages.success(request, _("Đã lưu chức vụ."))
        return redirect("profile")
    return _form_page(request, me, form)


def _form_page(
    request: HttpRequest, person: Person, form: OwnPositionForm, changed: ParticularsChanged | None = None
) -> HttpResponse:
    """Show the form; what others wrote meanwhile stands above what was entered, which may then be sent over it."""
    if changed:
        person.refresh_from_db()
        form.add_error(None, str(changed))
        form.over(person)
    is_own = not isinstance(form, ParticularsForm)
    context = {"person": person, "form": form, "is_own": is_own, "changed": changed is not None}
    return render(request, "accounts/particulars.html", context, status=422 if form.is_bound else 200)
