"""Addresses of this room."""

from django.urls import path

from ancam.notifications import views

urlpatterns = [
    path("thong-bao/", views.notice_list, name="notices"),
    path("thong-bao/da-doc/", views.notices_read, name="notices_read"),
    path("thong-bao/<int:pk>/", views.notice_open, name="notice"),
    path("thong-bao/<int:pk>/da-doc/", views.notice_read, name="notice_read"),
    path("ho-so/lich/", views.calendar_settings, name="calendar_settings"),
    path("ho-so/thong-bao/", views.preferences, name="notification_preferences"),
    path("lich-han/<str:token>/ancam.ics", views.calendar_feed, name="calendar_feed"),
]
