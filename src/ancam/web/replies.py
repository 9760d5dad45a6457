"""How a refusal reaches a person: three parts, in the page or beside the field, with the right status."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ancam.kit.errors import AnCamError, Explanation


class Forbidden(AnCamError):
    """The person's role does not allow this act. Values: `act` (a verb phrase), `who` (who may)."""

    what = "Chưa {act} được"
    ground = "việc này dành cho {who}"
    next_step = "Đề nghị liên hệ quản trị của cơ quan nếu cần thêm vai trò"


class RefusalMiddleware:
    """Turn an `AnCamError` that a view let through into a page: 403 for `Forbidden`, else 422."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, AnCamError):
            return None
        return refusal(request, exception)


def refusal(request: HttpRequest, error: AnCamError) -> HttpResponse:
    """Return the refusal as a page, or as a fragment when htmx asked."""
    status = 403 if isinstance(error, Forbidden) else 422
    template = "web/_refusal.html" if getattr(request, "htmx", False) else "web/refusal.html"
    return render(request, template, {"explanation": error.explain()}, status=status)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page for a form whose token is missing or stale."""
    explanation = Explanation(
        what="Biểu mẫu đã hết hạn hoặc không được gửi từ trang của hệ thống",
        ground="mã xác nhận của biểu mẫu không khớp",
        next_step="Đề nghị tải lại trang rồi gửi lại",
    )
    return render(request, "web/refusal.html", {"explanation": explanation}, status=403)
