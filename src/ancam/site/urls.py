"""Every room's addresses."""

from django.urls import include, path

from ancam.web.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("ancam.accounts.urls")),
    path("", include("ancam.papers.urls")),
    path("", include("ancam.notifications.urls")),
    path("", include("ancam.directives.urls")),
]
