"""What may be sent at all: an answer before the body is read, so that nobody holds a thread with what is refused."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from ancam.kit.bounds import size_in_words
from ancam.kit.errors import AnCamError
from ancam.kit.whole_numbers import whole_number

# A form's own fields beside the largest file.
FIELDS_BYTES = 1_000_000
# Who has not signed in sends only a sign-in form or a new password; pages that take more are named in the settings.
ANONYMOUS_BYTES = 64_000


class BodyRefused(AnCamError):
    """A request is refused for what it announces of its body. Values: `limit`."""

    status = 413
    what = "Nội dung gửi lên vượt quá giới hạn"
    ground = "mỗi lần gửi tối đa {limit}"
    next_step = "Đề nghị tách hoặc nén tệp rồi gửi lại"


class AnonymousBodyRefused(BodyRefused):
    """Too much from a browser without a session. Values: `limit`."""

    what = "Chưa nhận nội dung gửi lên"
    ground = "chưa đăng nhập hoặc phiên làm việc đã hết; khi chưa đăng nhập chỉ gửi được tối đa {limit}"
    next_step = "Đề nghị đăng nhập rồi gửi lại"


class LengthUnknown(BodyRefused):
    """A form is sent without its length."""

    status = 411
    what = "Chưa nhận nội dung gửi lên"
    ground = "yêu cầu không cho biết độ dài nội dung"
    next_step = "Đề nghị gửi lại bằng trình duyệt, hoặc kiểm tra máy chủ trung gian"


class BodyGuardMiddleware:
    """Refuse by the headers alone what is too long, or of unknown length. Stands before all that reads the body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        refused = body_refusal(request)
        return self.get_response(request) if refused is None else _page(refused)


def body_refusal(request: HttpRequest) -> BodyRefused | None:
    """Return why the body will not be read, or None. Looks at headers and cookies only."""
    text = request.META.get("CONTENT_LENGTH") or ""
    length = whole_number(text)
    if length is None:
        return LengthUnknown() if request.method == "POST" or text else None
    limit = settings.MAX_UPLOAD_BYTES + FIELDS_BYTES
    if length > limit:
        return BodyRefused(limit=size_in_words(limit))
    if length > ANONYMOUS_BYTES and settings.SESSION_COOKIE_NAME not in request.COOKIES:
        limit = _anonymous_limit(request.path)
        return AnonymousBodyRefused(limit=size_in_words(limit)) if length > limit else None
    return None


def _anonymous_limit(path: str) -> int:
    larger = settings.LARGER_ANONYMOUS_BODIES.items()
    return next((limit for name, limit in larger if reverse(name) == path), ANONYMOUS_BYTES)


def _page(refused: BodyRefused) -> HttpResponse:
    # Without the request: a context of the frame would ask who is signed in.
    page = render_to_string("web/turned_away.html", {"explanation": refused.explain()})
    return HttpResponse(page, status=refused.status)
