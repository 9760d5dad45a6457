"""The health page that monitors and start-up scripts ask."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ancam import __version__
from ancam.web import clock, jobs


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 only when the database answers and a worker's heartbeat is young, else 503."""
    database = jobs_state = "failed"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        database = "ok"
        jobs_state = "ok" if jobs.jobs_are_running(clock.now()) else "failed"
    except DatabaseError:
        pass
    status = "ok" if database == jobs_state == "ok" else "failed"
    body = {"status": status, "database": database, "jobs": jobs_state, "version": __version__}
    return JsonResponse(body, status=200 if status == "ok" else 503)
