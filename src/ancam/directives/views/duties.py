"""What a person does to one duty on the review page, and the duty's own page."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancam.accounts.models import Person
from ancam.accounts.sign_in import signed_in
from ancam.directives import selectors, services
from ancam.directives.due_forms import schedule_in_words
from ancam.directives.errors import ChangedMeanwhile, DirectivesError
from ancam.directives.forms import COLUMNS_OF, AnsweringForm, FieldForm, ObligationForm, SplitForm
from ancam.directives.models import ExampleField, Obligation
from ancam.directives.views.review import duty_reply, to_review
from ancam.directives.views.seen import held_obligation, seen_obligation
from ancam.kit.whole_numbers import whole_number
from ancam.web import clock
from ancam.web.forms import blame, posted

MOST_LISTED, MOST_MOVED = 50, 20
"""So many agencies of a duty stand on its page, and so many of those for which another answers; the others in lists."""


@require_safe
def obligation_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a duty: what, for whom, by when and why, who works on it, what was corrected."""
    me = signed_in(request)
    obligation = seen_obligation(request, pk)
    document = obligation.document
    whole = selectors.sees_whole(me, document)
    today, may_hold = clock.today(), selectors.may_hold(me, document.holder)
    rows = list(selectors.assignments(me).filter(obligation=obligation))
    families, shown = selectors.first_of(selectors.as_families(rows), MOST_LISTED)
    prefetch_related_objects(shown, "periods")
    every_moved = sorted(selectors.answering_now(rows, today), key=lambda one: one.is_confirmed)
    moved = every_moved[:MOST_MOVED]
    answers = [selectors.may_hold(me, one.assignment.giver) for one in moved]
    offered = selectors.confirmable_agencies(document, moved, today) if any(answers) else [[] for _one in moved]
    context = {
        "obligation": obligation,
        "document": document,
        "whole": whole,
        "may_hold": may_hold,
        "moved": [
            (one, AnsweringForm(offered=among, auto_id=f"id_{one.assignment.pk}_%s") if answer else None)
            for one, among, answer in zip(moved, offered, answers, strict=True)
        ],
        "more_moved": len(every_moved) - len(moved),
        "assignments": families,
        "listed": len(shown),
        "given": len(rows),
        "transfers": selectors.transfers_of(obligation, me),
        "schedule": schedule_in_words(obligation),
        "moved_by": selectors.later_document_of(obligation, me),
        "events": selectors.events_of(obligation, me),
        "since": selectors.measured_from(document),
        "compared": _compared(me, obligation, today) if whole else [],
        "words": [document.text[start:end] for start, end in obligation.spans],
        "corrections": selectors.corrections_of(obligation) if whole else [],
        "today": today,
        **_figures(me, obligation),
    }
    return render(request, "directives/obligation.html", context)


def _figures(me: Person, obligation: Obligation) -> dict[str, Any]:
    """Return what the answers to the duty's figures come to, for the latest period; nothing when none were asked."""
    periods = selectors.figure_periods(me, obligation) if selectors.has_figures(obligation) else []
    if not periods:
        return {}
    rows = list(selectors.figure_rows(me, obligation, periods[0].code))
    return {"summary": selectors.figure_summary(obligation, rows), "figure_period": periods[0]}


def _compared(me: Person, obligation: Obligation, today: date) -> list[selectors.Compared]:
    """Return what is declared of the duty, parts of another's left out, beside what is measured of the holder."""
    declared = selectors.due_periods(me).filter(assignment__obligation=obligation, assignment__parent=None)
    told = selectors.declared_of(declared, today)
    return selectors.compared(obligation, obligation.document.holder, told, person=me, on=today)


@require_POST
def obligation_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Stand behind a duty."""
    obligation = held_obligation(request, pk, _("xác nhận nhiệm vụ"))
    done = services.confirm_obligation(
        obligation=obligation, version=_version(request), by=signed_in(request), at=clock.now()
    )
    return duty_reply(request, done)


@require_http_methods(["GET", "HEAD", "POST"])
def obligation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a duty, in its place or on a page of its own."""
    obligation = held_obligation(request, pk, _("sửa nhiệm vụ"))
    if request.method != "POST":
        return _form_reply(request, obligation, ObligationForm.of(obligation), 200)
    form = ObligationForm(request.POST, auto_id=f"id_%s_{obligation.pk}")
    if form.is_valid():
        try:
            done = services.edit_obligation(
                obligation=obligation,
                facts=form.facts(),
                version=form.cleaned_data["version"] or 0,
                confirm="confirm" in request.POST,
                by=signed_in(request),
                at=clock.now(),
            )
        except ChangedMeanwhile as refused:
            blame(form, refused)
            return _form_reply(request, obligation, _over_newer(form, obligation), 422, newer=True)
        except DirectivesError as refused:
            blame(form, refused)
        else:
            return duty_reply(request, done)
    return _form_reply(request, obligation, form, 422)


@require_http_methods(["GET", "HEAD", "POST"])
def obligation_field(request: HttpRequest, pk: int, field: str) -> HttpResponse:
    """Confirm or correct one field of a duty, in its place or on a page of its own."""
    obligation = held_obligation(request, pk, _("sửa nhiệm vụ"))
    if field not in COLUMNS_OF:
        raise Http404
    judged = ExampleField(field)
    if request.method != "POST":
        return _field_reply(request, obligation, judged, FieldForm.about(obligation, judged), 200)
    if "confirm" in request.POST:
        done = services.confirm_field(
            obligation=obligation, field=judged, version=_version(request), by=signed_in(request), at=clock.now()
        )
        return duty_reply(request, done)
    form = FieldForm.about(obligation, judged, request.POST)
    if form.is_valid():
        try:
            done = services.correct_field(
                obligation=obligation,
                field=judged,
                facts=form.facts(),
                version=form.cleaned_data["version"] or 0,
                by=signed_in(request),
                at=clock.now(),
            )
        except DirectivesError as refused:
            blame(form, refused)
        else:
            return duty_reply(request, done)
    return _field_reply(request, obligation, judged, form, 422)


def _field_reply(
    request: HttpRequest, obligation: Obligation, field: ExampleField, form: FieldForm, status: int
) -> HttpResponse:
    """Return the card with the field's form in it, or a page of its own without htmx."""
    if getattr(request, "htmx", False):
        return duty_reply(request, obligation, field=field.value, form=form, status=status)
    context = {
        "obligation": obligation,
        "document": obligation.document,
        "field": field.value,
        "field_name": field.label,
        "field_form": form,
    }
    return render(request, "directives/obligation_field.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def obligation_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Split a duty, in its place or on a page of its own."""
    obligation = held_obligation(request, pk, _("tách nhiệm vụ"))
    form = SplitForm(posted(request), initial=_cut(obligation), auto_id=f"id_%s_{obligation.pk}")
    if form.is_valid():
        try:
            made = services.split_obligation(
                obligation=obligation,
                parts=form.part_texts(),
                version=form.cleaned_data["version"],
                by=signed_in(request),
                at=clock.now(),
            )
        except DirectivesError as refused:
            form.add_error("parts", str(refused))
        else:
            messages.success(request, _("Đã tách thành %(count)d nhiệm vụ.") % {"count": len(made)})
            return to_review(request, obligation.document, made[0].pk)
    return _form_reply(request, obligation, form, 422 if form.is_bound else 200)


@require_POST
def obligation_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that this is no duty."""
    obligation = held_obligation(request, pk, _("bỏ nhiệm vụ"))
    done = services.drop_obligation(
        obligation=obligation, version=_version(request), by=signed_in(request), at=clock.now()
    )
    return duty_reply(request, done)


@require_POST
def obligation_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a dropped duty again."""
    obligation = held_obligation(request, pk, _("khôi phục nhiệm vụ"))
    done = services.restore_obligation(
        obligation=obligation, version=_version(request), by=signed_in(request), at=clock.now()
    )
    return duty_reply(request, done)


@require_safe
def obligation_card(request: HttpRequest, pk: int) -> HttpResponse:
    """Give back the card of a duty whose form is closed without saving."""
    return duty_reply(request, held_obligation(request, pk, _("sửa nhiệm vụ")))


def _version(request: HttpRequest) -> int | None:
    """Return the version of the duty that the person saw, None when the form did not say."""
    return whole_number(request.POST.get("version", ""))


def _cut(obligation: Obligation) -> dict[str, object]:
    """Return a duty's words cut at semicolons, as a beginning."""
    parts = [part.strip() for part in obligation.action.replace("\n", ";").split(";")]
    return {"parts": "\n\n".join(part for part in parts if part), "version": obligation.version}


def _over_newer(form: ObligationForm, obligation: Obligation) -> ObligationForm:
    """Return the form as it was sent, over the version that another wrote meanwhile and that is now shown beside it."""
    obligation.refresh_from_db()
    form.data = {**form.data, "version": str(obligation.version)}
    return form


def _form_reply(
    request: HttpRequest,
    obligation: Obligation,
    form: ObligationForm | SplitForm,
    status: int,
    *,
    newer: bool = False,
) -> HttpResponse:
    splitting = isinstance(form, SplitForm)
    context = {
        "obligation": obligation,
        "document": obligation.document,
        "form": form,
        "splitting": splitting,
        "newer": newer,
    }
    template = "directives/_duty_form.html" if getattr(request, "htmx", False) else "directives/obligation_form.html"
    return render(request, template, context, status=status)
