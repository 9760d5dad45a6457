"""What a signed-in person is shown stays out of every cache, so that the next person at the machine cannot go back."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class NoStoreMiddleware:
    """Mark every answer to a browser with a session `no-store, private`. Static files are answered before this.

    The cookie decides, not the session: asking who it is would cost a query, and fail while the database is away.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        kept_out = "no-store" in response.get("Cache-Control", "")
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not kept_out:
            response["Cache-Control"] = "no-store, private"
        return response
