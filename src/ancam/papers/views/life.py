"""The way of a paper: submitted, approved or returned, issued, and what becomes of it."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ancam.accounts.sign_in import signed_in
from ancam.papers import selectors, services
from ancam.papers.errors import PapersError
from ancam.papers.forms import IssueForm, ReturnForm, SupersedeForm, WithdrawForm
from ancam.papers.models import Paper
from ancam.papers.views.seen import paper_for, seen_paper
from ancam.web import clock
from ancam.web.forms import blame, posted

_form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_POST
def paper_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay the draft before the leaders."""
    services.submit_paper(paper=seen_paper(request, pk), by=signed_in(request), at=clock.now())
    messages.success(request, _("Đã trình lãnh đạo duyệt."))
    return redirect("paper", pk)


@require_POST
def paper_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a submitted draft back."""
    services.take_back_paper(paper=seen_paper(request, pk), by=signed_in(request), at=clock.now())
    messages.success(request, _("Đã rút lại; văn bản trở về dự thảo."))
    return redirect("paper", pk)


@require_POST
def paper_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the draft that stands on the page."""
    seen = request.POST.get("seen", "")
    services.approve_paper(paper=seen_paper(request, pk), seen=seen, by=signed_in(request), at=clock.now())
    messages.success(request, _("Đã duyệt. Văn bản chờ cấp số và ngày."))
    return redirect("paper", pk)


@_form_page
def paper_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, and give the draft up."""
    paper = paper_for(request, pk, "discard")
    if request.method == "POST":
        services.discard_paper(paper=paper, by=signed_in(request), at=clock.now())
        messages.success(request, _("Đã bỏ dự thảo."))
        return redirect("paper", pk)
    return render(request, "papers/discard.html", {"paper": paper})


@_form_page
def paper_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, and send the draft back."""
    paper, form = paper_for(request, pk, "return"), ReturnForm(posted(request))

    def act() -> None:
        reason = form.cleaned_data["reason"]
        services.return_paper(paper=paper, reason=reason, by=signed_in(request), at=clock.now())

    return _asked(request, paper, form, act, "papers/return.html", _("Đã trả lại người lập dự thảo."))


@_form_page
def paper_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for number and day, and issue what was approved."""
    paper, today = paper_for(request, pk, "issue"), clock.today()
    standing = selectors.register_standing(paper.agency, paper.symbol, today.year)
    form = IssueForm(posted(request), initial={"number": standing.next_number, "issued_on": today})

    def act() -> None:
        services.issue_paper(paper=paper, **form.cleaned_data, by=signed_in(request), at=clock.now())

    context = {"standing": standing, "year": today.year}
    return _asked(request, paper, form, act, "papers/issue.html", _("Đã phát hành văn bản."), **context)


@_form_page
def paper_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, and withdraw an issued paper."""
    paper, form = paper_for(request, pk, "withdraw"), WithdrawForm(posted(request))

    def act() -> None:
        reason = form.cleaned_data["reason"]
        services.withdraw_paper(paper=paper, reason=reason, by=signed_in(request), at=clock.now())

    return _asked(request, paper, form, act, "papers/withdraw.html", _("Đã thu hồi văn bản."))


@_form_page
def paper_supersede(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask which paper takes the place of an issued one."""
    paper = paper_for(request, pk, "supersede")
    successors = selectors.successors_of(paper, signed_in(request))
    form = SupersedeForm(posted(request), successors=successors)

    def act() -> None:
        services.supersede_paper(paper=paper, **form.cleaned_data, by=signed_in(request), at=clock.now())

    return _asked(request, paper, form, act, "papers/supersede.html", _("Đã ghi văn bản thay thế."))


def _asked(
    request: HttpRequest,
    paper: Paper,
    form: forms.Form,
    act: Callable[[], None],
    template: str,
    done: str,
    **context: object,
) -> HttpResponse:
    """Show the form, or act on it and go to the paper; a refusal stands beside its field."""
    if form.is_valid():
        try:
            act()
        except PapersError as refused:
            blame(form, refused)
        else:
            messages.success(request, done)
            return redirect("paper", paper.pk)
    values = {"paper": paper, "form": form, **context}
    return render(request, template, values, status=422 if form.is_bound else 200)
