"""The first page: what is late, what is due, what waits for the person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ancam.accounts.sign_in import signed_in
from ancam.directives import selectors
from ancam.papers.selectors import waiting_papers
from ancam.web import clock

ROWS = 8


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the person's lists, each cut, with links to the whole."""
    me, today = signed_in(request), clock.today()
    lists = selectors.home(me, today)
    names = ("to_review", "to_assign", "to_answer", "returned", "overdue", "soon", "next", "later")
    shown = {name: list(getattr(lists, name)[: ROWS + 1]) for name in names}
    questions = list(selectors.waiting_questions(me, today)[: ROWS + 1])
    papers = waiting_papers(me)[:ROWS]
    context = {
        "lists": {name: rows[:ROWS] for name, rows in shown.items()},
        "more": {name: len(rows) > ROWS for name, rows in shown.items()},
        "questions": questions[:ROWS],
        "more_questions": len(questions) > ROWS,
        "papers": papers,
        "waiting": bool(papers or questions) or any(shown[name] for name in names[:4]),
        "nothing": not papers and not questions and not any(shown.values()),
        "has_documents": selectors.first_document(me) is not None,
        "may_receive": bool(selectors.holding_agencies(me)),
        "administers": me.has_perm("accounts.administer_any"),
        "reporting_ids": {agency.pk for agency in selectors.reporting_agencies(me)},
        "today": today,
    }
    return render(request, "directives/home.html", context)
