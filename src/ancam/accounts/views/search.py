"""The search in the top bar: everything a person may find, grouped by kind."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ancam.accounts.sign_in import signed_in
from ancam.web import search


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Show what holds every word of `tu`: at most six of each kind, with the way to all of them."""
    me = signed_in(request)
    text = request.GET.get("tu", "").strip()
    refusal = search.refusal_of(text) if text else ""
    found = search.find(me, text) if text and not refusal else []
    context = {"text": text, "refusal": refusal, "found": found}
    return render(request, "accounts/search.html", context, status=422 if refusal else 200)
