"""How a refusal reaches a person, in three parts, in the page or beside the field; and how a job's state does."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from ancam.kit.errors import AnCamError, Explanation


class Forbidden(AnCamError):
    """The person's role does not allow this act. Values: `act` (a verb phrase), `who` (who may)."""

    what = "Chưa {act} được"
    ground = "việc này dành cho {who}"
    next_step = "Đề nghị liên hệ quản trị của cơ quan nếu cần thêm vai trò"


class RefusalMiddleware:
    """Turn an `AnCamError` that a view let through into a page: 403 for `Forbidden`, else 422.

    The bare 405 of a view that does not take the method becomes a page too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return method_refused(request, response) if isinstance(response, HttpResponseNotAllowed) else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, AnCamError):
            return None
        return refusal(request, exception)


def refusal(request: HttpRequest, error: AnCamError) -> HttpResponse:
    """Return the refusal as a page, or as a fragment when htmx asked."""
    status = 403 if isinstance(error, Forbidden) else 422
    template = "web/_refusal.html" if getattr(request, "htmx", False) else "web/refusal.html"
    return render(request, template, {"explanation": error.explain()}, status=status)


def job_state(request: HttpRequest, template: str, context: Mapping[str, object], *, is_over: bool) -> HttpResponse:
    """Return the state of a job as the fragment that htmx asked for; when it is over, htmx loads the page anew."""
    answer = render(request, template, dict(context))
    if is_over:
        answer["HX-Refresh"] = "true"
    return answer


def method_refused(request: HttpRequest, response: HttpResponseNotAllowed) -> HttpResponse:
    """Return the page for a method that the address does not take, with the way to the page it belongs to."""
    if "POST" in response["Allow"] and request.method in ("GET", "HEAD"):
        explanation = Explanation(
            what=_("Trang này chỉ nhận biểu mẫu được gửi"),
            ground=_("có thể phiên làm việc đã hết nên nội dung chưa được gửi"),
            next_step=_("Đề nghị mở trang chứa biểu mẫu, xem nội dung đã được lưu chưa rồi gửi lại"),
        )
    else:
        explanation = Explanation(
            what=_("Trang này chỉ để xem, không nhận biểu mẫu"),
            ground=_("địa chỉ này chỉ nhận %(methods)s") % {"methods": response["Allow"]},
            next_step=_("Đề nghị mở lại trang rồi làm lại"),
        )
    template = "web/_refusal.html" if getattr(request, "htmx", False) else "web/refusal.html"
    values = {"explanation": explanation, "page": parent_page(request.path_info)}
    page = render(request, template, values, status=405)
    page["Allow"] = response["Allow"]
    return page


def parent_page(path: str) -> str:
    """Return the nearest address above this one that another view answers; the first page when there is none."""
    view = _view_at(path)
    parent = path
    while parent.strip("/"):
        parent = parent.rstrip("/").rpartition("/")[0] + "/"
        above = _view_at(parent)
        if above is not None and above is not view:
            return parent
    return "/"


def _view_at(path: str) -> Callable[..., object] | None:
    try:
        return resolve(path).func
    except Resolver404:
        return None


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page for a form whose token is missing or stale."""
    explanation = Explanation(
        what=_("Biểu mẫu đã hết hạn hoặc không được gửi từ trang của hệ thống"),
        ground=_("mã xác nhận của biểu mẫu không khớp"),
        next_step=_("Đề nghị tải lại trang rồi gửi lại"),
    )
    return render(request, "web/refusal.html", {"explanation": explanation}, status=403)
