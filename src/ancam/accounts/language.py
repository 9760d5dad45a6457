"""The language of a page: Vietnamese, unless the person chose another."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from ancam.accounts.models import Language, Person


class LanguageMiddleware:
    """Answer in the language that the person chose; before sign-in, in the one that the browser was told to keep.

    What a browser asks for by itself does not count: most browsers in offices were installed in English.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = chosen_language(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Cookie"])
        return response


def chosen_language(request: HttpRequest) -> str:
    """Return the language in which this request is answered."""
    if isinstance(request.user, Person):
        return request.user.language
    kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return kept if kept in Language.values else settings.LANGUAGE_CODE
