"""Addresses of this room."""

from django.urls import path

from ancam.notifications import views

urlpatterns = [
    path("thong-bao/", views.notice_list, name="notices"),
    path("thong-bao/da-doc/", views.notices_read, name="notices_read"),
    path("ho-so/lich/", views.calendar_settings, name="calendar_settings"),
    path("lich-han/<str:token>/ancam.ics", views.calendar_feed, name="calendar_feed"),
    path("ho-so/thong-bao/", views.preferences, name="notification_preferences"),
]
