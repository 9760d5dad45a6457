"""Addresses of this room."""

from django.urls import path

from ancam.papers import views

urlpatterns = [
    path("van-ban-phat-hanh/", views.paper_list, name="papers"),
    path("van-ban-phat-hanh/<int:pk>/", views.paper_page, name="paper"),
    path("van-ban-phat-hanh/<int:pk>/tep/", views.paper_file, name="paper_file"),
]
