"""Names of places: what an old or new one stands for today, and the local names of this instance."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ancam.accounts import selectors, services
from ancam.accounts.errors import AliasNotNeeded, AliasTaken
from ancam.accounts.place_forms import PlaceAliasForm
from ancam.accounts.place_words import heading, why
from ancam.accounts.sign_in import signed_in
from ancam.kit.places import Era, Place
from ancam.kit.places.resolve import MOST_CHARACTERS
from ancam.web import clock
from ancam.web.forms import posted


@require_safe
def place_search(request: HttpRequest) -> HttpResponse:
    """Say what a name stands for today; without a name, the provinces and what they were formed from."""
    text = request.GET.get("ten", "").strip()
    if not text:
        context = {"provinces": selectors.gazetteer().provinces, "most": MOST_CHARACTERS}
        return render(request, "accounts/place_search.html", context)
    lookup = selectors.look_up(text, signed_in(request))
    answer = lookup.answer
    shown = answer.places[: selectors.MOST_PLACES]
    context = {
        "text": text,
        "most": MOST_CHARACTERS,
        "lookup": lookup,
        "answer": answer,
        "heading": heading(answer.verdict),
        "why": why(lookup),
        "former": [place for place in answer.meant if place.era is Era.FORMER][: selectors.MOST_PLACES],
        "found": _with_agencies(request, shown),
        "left_out": len(answer.places) - len(shown),
        "may_name": bool(selectors.naming_agencies(signed_in(request))),
    }
    return render(request, "accounts/place_search.html", context)


def _with_agencies(request: HttpRequest, places: tuple[Place, ...]) -> list[tuple[Place, list[object]]]:
    """Return each place with the visible agencies there. One query for all of them."""
    agencies = list(selectors.agencies_in_places(signed_in(request), places))
    return [(place, [agency for agency in agencies if selectors.is_at(agency, place)]) for place in places]


@require_http_methods(["GET", "HEAD", "POST"])
def place_aliases(request: HttpRequest) -> HttpResponse:
    """List the local names; add one."""
    me = signed_in(request)
    naming = selectors.naming_agencies(me)
    if request.method == "POST" and not naming:
        services.require_may_name(me, None, _("thêm tên gọi địa phương"))
    form = PlaceAliasForm(posted(request), initial={"name": request.GET.get("ten", "")}, agencies=naming)
    if form.is_valid():
        name, place, agency = (form.cleaned_data[field] for field in ("name", "place", "agency"))
        try:
            services.add_place_alias(agency=agency, name=name, place=place, by=me, at=clock.now())
        except (AliasTaken, AliasNotNeeded) as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("Đã ghi “%(name)s” là %(place)s.") % {"name": name, "place": place.full_title})
            return redirect("place_aliases")
    context = {
        "form": form,
        "aliases": [
            (alias, selectors.place_of(alias), me.has_perm("accounts.name_places", alias.agency))
            for alias in selectors.place_aliases(me)
        ],
        "may_name": bool(naming),
    }
    return render(request, "accounts/place_aliases.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def place_alias_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a local name away, after saying what that changes."""
    me = signed_in(request)
    alias = get_object_or_404(selectors.place_aliases(me), pk=pk)
    services.require_may_name(me, alias.agency, _("bỏ tên gọi địa phương"))
    if request.POST.get("name") == alias.name:  # what was asked about, and nothing else
        services.remove_place_alias(alias=alias, by=me, at=clock.now())
        messages.success(request, _("Đã bỏ tên gọi “%(name)s”.") % {"name": alias.name})
        return redirect("place_aliases")
    context = {"alias": alias, "place": selectors.place_of(alias)}
    return render(request, "accounts/place_alias_remove.html", context, status=422 if request.method == "POST" else 200)
