"""What browsers are told of an answer beside the content policy: what to keep, what to lend, who may embed it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class NoStoreMiddleware:
    """Mark every answer `no-store, private`, so that the next person at the machine cannot go back to it.

    Also those to who has not signed in: a one-time link stands in the address of such a page. Static files are answered
    before this.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "no-store" not in response.get("Cache-Control", ""):
            response["Cache-Control"] = "no-store, private"
        return response


class BrowserHeadersMiddleware:
    """Tell browsers that our pages use none of a device's senses, and that other sites may not load what is ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.permissions = ", ".join(f"{name}=()" for name in settings.PERMISSIONS_REFUSED)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Permissions-Policy"] = self.permissions
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        return response
