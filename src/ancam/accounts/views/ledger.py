"""The ledger: its page and each line's, one's own acts, what is taken away of it, and checks of the whole."""

from collections.abc import Iterable, Iterator
from datetime import UTC
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ancam.accounts import selectors, services
from ancam.accounts.ledger_forms import CheckForm, LedgerFilters
from ancam.accounts.models import Person
from ancam.accounts.sign_in import signed_in
from ancam.audit.errors import HeadRefused
from ancam.audit.exports import export_rows
from ancam.audit.models import CheckState, Entry
from ancam.audit.rules import parse_head
from ancam.audit.selectors import ledger_head, page_of, sealed_lines
from ancam.audit.words import change_rows, thing_words
from ancam.kit.whole_numbers import whole_number
from ancam.web import clock
from ancam.web.exports import csv_response

SHOWN_CHECKS = 20
LARGEST_NUMBER = 2**62


@require_safe
def ledger(request: HttpRequest) -> HttpResponseBase:
    """Show the lines that an auditor or an administrator may read, or hand them over as CSV or as proof."""
    me = signed_in(request)
    services.require_overseer(me, _("xem sổ nhật ký"))
    form = LedgerFilters(request.GET, reader=me)
    return _lines_reply(request, "accounts/ledger.html", selectors.ledger_lines(me), form)


@require_safe
def own_acts(request: HttpRequest) -> HttpResponseBase:
    """Show a person what they did themselves."""
    me = signed_in(request)
    return _lines_reply(request, "accounts/own_acts.html", selectors.own_lines(me), LedgerFilters({}, reader=me))


@require_safe
def ledger_line(request: HttpRequest, number: int) -> HttpResponse:
    """Show all that is sealed in a line, and what changed, in words."""
    me = signed_in(request)
    entry: Entry = get_object_or_404(selectors.ledger_lines(me), number=min(number, LARGEST_NUMBER))
    context = {
        "entry": entry,
        "thing": thing_words(entry.object_type),
        "thing_page": _page_of_thing(entry, me),
        "changes": change_rows(entry.object_type, entry.change),
        "reads_ledger": me.has_perm("accounts.read_ledger"),
        "sealed_at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
    }
    return render(request, "accounts/ledger_line.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ledger_checks(request: HttpRequest) -> HttpResponse:
    """Say how an auditor proves that nothing was removed, and have the ledger checked."""
    me = signed_in(request)
    services.require_overseer(me, _("kiểm tra sổ nhật ký"))
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = CheckForm(*sent, request=request)
    if form.is_valid():
        try:
            check = services.request_check(by=me, at=clock.now(), kept_head=form.head())
        except HeadRefused as refused:
            form.add_error("kept_head", str(refused))
        else:
            return redirect("ledger_check", check.pk)
    checks = selectors.visible_checks(me)
    context = {
        "form": form,
        "head": ledger_head(),
        "today": clock.today(),
        "checks": checks[:SHOWN_CHECKS],
        "daily": checks.filter(actor_id="").exclude(state=CheckState.RUNNING).first(),
    }
    return render(request, "accounts/ledger_checks.html", context, status=422 if form.is_bound else 200)


@require_safe
def ledger_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a check has come and what it found; htmx asks for the state alone while it goes on."""
    me = signed_in(request)
    services.require_overseer(me, _("xem kết quả kiểm tra sổ"))
    check = get_object_or_404(selectors.visible_checks(me), pk=pk)
    kept = parse_head(check.kept_head)
    context = {"check": check, "kept_number": kept[0] if kept else None}
    fragment = getattr(request, "htmx", False)
    return render(request, "accounts/_ledger_check.html" if fragment else "accounts/ledger_check.html", context)


def _lines_reply(request: HttpRequest, template: str, lines: QuerySet[Entry], form: LedgerFilters) -> HttpResponseBase:
    found = form.narrow(lines)
    asked_form = request.GET.get("xuat")
    if form.is_valid() and asked_form in ("csv", "jsonl") and request.method == "GET":
        return _export(request, found, asked_form, form.in_words())
    before, after = _number(request, "truoc"), _number(request, "sau")
    page = page_of(found, before=before, after=after)
    rows = [(entry, thing_words(entry.object_type).name) for entry in page.lines]
    context = {"filters": {"form": form}, "page": page, "rows": rows}
    return render(request, template, context, status=200 if form.is_valid() else 422)


def _export(request: HttpRequest, lines: QuerySet[Entry], form: str, filters: str) -> HttpResponseBase:
    """Hand over the lines up to the head at this moment, oldest first, once it is written down that they leave."""
    me, at = signed_in(request), clock.now()
    head = services.note_ledger_export(by=me, form=form, filters=filters, at=at)
    sealed = sealed_lines(1, int(head.partition(":")[0]), lines.order_by())
    name = f"nhat-ky-{at.astimezone(clock.VIETNAM):%Y%m%d-%H%M}"
    if form == "csv":
        return csv_response(name, _headings(), _csv_rows(sealed))
    made_at = at.astimezone(UTC).isoformat(timespec="microseconds")
    rows = export_rows(sealed, head=head, made_at=made_at, filters=filters)
    response = StreamingHttpResponse(rows, content_type="application/jsonl; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.jsonl") or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _headings() -> list[str]:
    return [
        _("Dòng"),
        _("Thời điểm (UTC)"),
        _("Người làm"),
        _("Cơ quan"),
        _("Việc"),
        _("Loại đối tượng"),
        _("Đối tượng"),
        _("Thay đổi"),
        _("Mã dòng"),
    ]


def _csv_rows(lines: Iterable[dict[str, Any]]) -> Iterator[list[Any]]:
    for line in lines:
        changes = [
            f"{row.field}: {row.before} → {row.after}" if row.before is not None else f"{row.field}: {row.after}"
            for row in change_rows(line["object_type"], line["change"])
        ]
        yield [
            line["number"],
            line["at"],
            line["actor_name"],
            line["agency_name"],
            line["action_name"],
            thing_words(line["object_type"]).name,
            line["object_name"],
            "; ".join(changes),
            line["digest"],
        ]


def _page_of_thing(entry: Entry, reader: Person) -> str:
    words = thing_words(entry.object_type)
    if not words.url_name or (words.permission and not reader.has_perm(words.permission)):
        return ""
    try:
        return reverse(words.url_name, args=[entry.object_id])
    except NoReverseMatch:
        return ""


def _number(request: HttpRequest, name: str) -> int | None:
    return whole_number(request.GET.get(name, ""))
