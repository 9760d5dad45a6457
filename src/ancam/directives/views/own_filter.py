"""The filter with which a person has these views open."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from ancam.accounts.selectors import default_query
from ancam.accounts.sign_in import signed_in
from ancam.directives.following_filters import FOLLOWING

View = Callable[[HttpRequest], HttpResponseBase]


def opens_with_own_filter(view: View) -> View:
    """Send who asks for the bare page on to it with the filter they chose for it; any condition asked for wins."""

    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponseBase:
        query = default_query(signed_in(request), FOLLOWING) if not request.GET else ""
        return redirect(f"{request.path}?{query}") if query else view(request)

    return opened
