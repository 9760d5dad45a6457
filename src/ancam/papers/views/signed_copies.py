"""The signed copies of a paper: attached, handed over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ancam.accounts.sign_in import signed_in
from ancam.engines.reading.errors import StateSecret
from ancam.kit.file_names import RunnableName
from ancam.papers import selectors, services
from ancam.papers.errors import PapersError
from ancam.papers.forms import SignedCopyForm
from ancam.papers.views.seen import paper_for
from ancam.web import clock
from ancam.web.downloads import download
from ancam.web.forms import blame
from ancam.web.uploads import uploaded_bytes


@require_http_methods(["GET", "HEAD", "POST"])
def signed_copy_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a signed file or a scan, and show on the paper's page what was found in it."""
    paper = paper_for(request, pk, "attach")
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = SignedCopyForm(*sent, request=request)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        file = {"name": upload.name, "data": uploaded_bytes(upload)}
        try:
            services.attach_signed_copy(paper=paper, **file, by=signed_in(request), at=clock.now())
        except (PapersError, RunnableName, StateSecret) as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Đã đính bản đã ký."))
            return redirect("paper", paper.pk)
    context = {"paper": paper, "form": form}
    return render(request, "papers/signed_copy_add.html", context, status=422 if form.is_bound else 200)


@require_safe
def signed_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over an attached copy as it came."""
    copy = get_object_or_404(selectors.signed_copies(signed_in(request)), pk=pk)
    return download(selectors.kept_bytes(copy.paper, copy.digest), copy.file_name)
