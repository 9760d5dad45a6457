"""Every room's addresses."""

from django.urls import path

from ancam.web.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
]
