"""People: their list, each person's page, adding them, their roles and links."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancam.accounts import selectors, services
from ancam.accounts.errors import EmailTaken, RoleHeld
from ancam.accounts.filters import PeopleFilters
from ancam.accounts.forms import LinkForm, PersonForm, RoleForm
from ancam.accounts.jobs import mail_link
from ancam.accounts.models import Person
from ancam.accounts.person_states import state_of
from ancam.accounts.sign_in import signed_in
from ancam.accounts.tables import PeopleTable
from ancam.accounts.workbooks import links_workbook, people_workbook
from ancam.audit.selectors import SHOWN_LINES
from ancam.web import clock
from ancam.web.addresses import public_address
from ancam.web.downloads import XLSX, download
from ancam.web.forms import posted
from ancam.web.jobs import enqueue
from ancam.web.rate_limits import TooOften
from ancam.web.tables import filters_in_words, list_reply


@require_safe
def people_list(request: HttpRequest) -> HttpResponseBase:
    """List the people of the administrator's agencies."""
    me = require_administrator(request, _("xem danh sách người dùng"))
    filters = PeopleFilters(request.GET, queryset=selectors.people(me), request=request)
    if request.method == "GET" and request.GET.get("xuat") and filters.is_valid():
        services.note_people_export(by=me, filters=filters_in_words(filters.form), at=clock.now())
    if request.GET.get("xuat") == "xlsx" and filters.is_valid():
        return download(people_workbook(me, filters.qs), "nguoi-dung.xlsx", XLSX)
    return list_reply(
        request,
        template="accounts/people_list.html",
        filters=filters,
        table_class=PeopleTable,
        file_name="nguoi-dung",
        context={"workbook": True},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person_add(request: HttpRequest) -> HttpResponse:
    """Add a person; their one-time link goes by mail, or the answer shows it, once."""
    me = require_administrator(request, _("thêm người dùng"))
    initial = {"agency": request.GET.get("agency", "")}
    form = PersonForm(posted(request), by=me, initial=initial)
    if form.is_valid():
        chosen = {"agency": form.cleaned_data["agency"], "role": form.chosen_role(), "by_mail": form.by_mail()}
        try:
            person, token = services.add_person(facts=form.facts(), **chosen, by=me, at=clock.now())
        except EmailTaken as taken:
            form.add_error("email", str(taken))
        else:
            return link_reply(request, person, token, is_new=True)
    return render(request, "accounts/person_add.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
def person_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person: facts, roles, history."""
    person = seen_person(request, pk, _("xem người dùng"))
    if request.method == "GET":
        services.note_person_read(person=person, by=signed_in(request), at=clock.now())
    return _person_page(request, person, RoleForm(by=signed_in(request)))


@never_cache
@require_POST
def role_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a further role; when that closed their ways in, the answer shows their one-time link, once."""
    person = seen_person(request, pk, _("giao vai trò"))
    me = signed_in(request)
    form = RoleForm(request.POST, by=me)
    if form.is_valid():
        agency = form.cleaned_data["agency"]
        try:
            token = services.add_role(person=person, agency=agency, role=form.chosen_role(), by=me, at=clock.now())
        except RoleHeld as held:
            form.add_error("role", str(held))
        else:
            if token:
                return link_reply(request, person, token, is_new=False)
            messages.success(request, _("Đã giao vai trò. Đường dẫn dùng một lần đã cấp trước đó không còn dùng được."))
            return redirect("person", person.pk)
    return _person_page(request, person, form)


@require_http_methods(["GET", "HEAD", "POST"])
def role_remove(request: HttpRequest, pk: int, role_pk: int) -> HttpResponse:
    """Take a role away, after saying what that changes."""
    person = seen_person(request, pk, _("bỏ vai trò"))
    me = signed_in(request)
    membership = get_object_or_404(selectors.memberships_of(person, me), pk=role_pk)
    services.require_administrator(me, membership.agency, _("bỏ vai trò"))
    if request.method == "POST":
        services.remove_role(membership=membership, by=me, at=clock.now())
        messages.success(request, _("Đã bỏ vai trò."))
        still_seen = selectors.people(me).filter(pk=person.pk).exists()
        return redirect("person", person.pk) if still_seen else redirect("people")
    return render(request, "accounts/role_remove.html", {"person": person, "membership": membership})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a new one-time link, after saying what that changes; it goes by mail, or the answer shows it, once."""
    person, at = seen_person(request, pk, _("cấp đường dẫn")), clock.now()
    form = LinkForm(posted(request))
    if form.is_valid():
        try:
            token = services.issue_link(person=person, by=signed_in(request), at=at, by_mail=form.by_mail())
        except TooOften as refused:
            form.add_error(None, str(refused))
        else:
            return link_reply(request, person, token, is_new=False)
    context = {"person": person, "form": form}
    return render(request, "accounts/link_issue.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def links_issue(request: HttpRequest) -> HttpResponseBase:
    """Issue links to all who wait for one; they go by mail, or the answer is a workbook of them, once."""
    me, at = require_administrator(request, _("cấp đường dẫn")), clock.now()
    form = LinkForm(posted(request))
    if form.is_valid():
        made = services.issue_waiting_links(by=me, by_mail=form.by_mail(), at=at)
        if not form.by_mail():
            links = [(one, public_address(reverse("welcome", args=[token]))) for one, token in made]
            return download(links_workbook(links), "duong-dan.xlsx", XLSX)
        for person, _token in made:
            enqueue(mail_link, person.pk)
        messages.success(request, _("Đang gửi đường dẫn đặt mật khẩu cho %(count)s người.") % {"count": len(made)})
        return redirect("people")
    context = {
        "form": form,
        "waiting": selectors.awaiting_link(me, at).count(),
        "most": services.MOST_LINKS,
        "days": services.LINK_LIVES.days,
    }
    return render(request, "accounts/links_issue.html", context)


@require_POST
def link_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End the one-time link that waits."""
    person = seen_person(request, pk, _("thu hồi đường dẫn"))
    services.withdraw_issued_link(person=person, by=signed_in(request), at=clock.now())
    messages.success(request, _("Không còn đường dẫn nào dùng được."))
    return redirect("person", person.pk)


@require_safe
def standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what stopping the account changes, or restarting it."""
    return render(request, "accounts/standing.html", {"person": seen_person(request, pk, _("ngừng tài khoản"))})


@require_POST
def account_stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop the account."""
    person = seen_person(request, pk, _("ngừng tài khoản"))
    services.stop_account(person=person, by=signed_in(request), at=clock.now())
    messages.success(request, _("Đã ngừng tài khoản. Các phiên đang mở đã kết thúc."))
    return redirect("person", person.pk)


@require_POST
def account_restart(request: HttpRequest, pk: int) -> HttpResponse:
    """Restart the account."""
    person = seen_person(request, pk, _("mở lại tài khoản"))
    services.restart_account(person=person, by=signed_in(request), at=clock.now())
    messages.success(request, _("Đã mở lại tài khoản."))
    return redirect("person", person.pk)


def _person_page(request: HttpRequest, person: Person, form: RoleForm) -> HttpResponse:
    me, at = signed_in(request), clock.now()
    is_last = person.memberships.count() == 1
    context = {
        "person": person,
        "state": state_of(person, at),
        "link": person.live_link(at),
        "may_change": services.administers_all(me, person),
        "waiting_email": selectors.waiting_email(person, at),
        "has_identity": person.external_identities.exists(),
        "has_second_factor": selectors.second_factors(person).exists(),
        "held": [
            (role, not is_last and me.has_perm("accounts.administer", role.agency))
            for role in selectors.memberships_of(person, me)
        ],
        "planned": selectors.planned_departures(person, me),
        "form": form,
        "history": selectors.visible_history(me, person.as_subject())[:SHOWN_LINES],
    }
    return render(request, "accounts/person.html", context, status=422 if form.is_bound else 200)


def link_reply(request: HttpRequest, person: Person, token: str, *, is_new: bool) -> HttpResponse:
    """Show the link in the answer itself, for nothing but its digest is kept anywhere; without one, have it mailed."""
    if not token:
        enqueue(mail_link, person.pk)
        messages.success(request, _("Đang gửi đường dẫn đặt mật khẩu đến %(email)s.") % {"email": person.email})
        return redirect("person", person.pk)
    address = public_address(reverse("welcome", args=[token]))
    days = services.LINK_LIVES.days
    return render(request, "accounts/link.html", {"person": person, "address": address, "days": days, "is_new": is_new})


def require_administrator(request: HttpRequest, act: str) -> Person:
    """Return who is signed in, who must administer some agency."""
    me = signed_in(request)
    services.require_administrator_somewhere(me, act)
    return me


def seen_person(request: HttpRequest, pk: int, act: str) -> Person:
    """Return a person whom an administrator may see: 404 when not seen, 403 for who administers nothing."""
    person: Person = get_object_or_404(selectors.people(signed_in(request)), pk=pk)
    require_administrator(request, act)
    return person
