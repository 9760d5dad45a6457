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
    below = {name: selectors.duties_left(found, ROWS + 1) for name, found in lists.below.items()}
    papers = waiting_papers(me)[:ROWS]
    questions = list(selectors.waiting_questions(me, today)[: ROWS + 1])
    waits = bool(papers or questions)
    context = {
        "lists": {name: rows[:ROWS] for name, rows in shown.items()},
        "below": {name: rows[:ROWS] for name, rows in below.items()},
        "more": {name: max(len(rows), len(below.get(name, ()))) > ROWS for name, rows in shown.items()},
        "papers": papers,
        "questions": questions[:ROWS],
        "more_questions": len(questions) > ROWS,
        "waiting": waits or any(shown[name] for name in names[:4]),
        "nothing": not waits and not any(shown.values()) and not any(below.values()),
        "has_documents": selectors.first_document(me) is not None,
        "may_receive": bool(selectors.holding_agencies(me)),
        "administers": me.has_perm("accounts.administer_any"),
        "reporting_ids": {agency.pk for agency in selectors.reporting_agencies(me)},
        "today": today,
    }
    return render(request, "directives/home.html", context)
