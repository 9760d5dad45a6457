"""Addresses of this room."""

from django.urls import path

from ancam.papers import views

urlpatterns = [
    path("van-ban-phat-hanh/", views.paper_list, name="papers"),
    path("van-ban-phat-hanh/<int:pk>/", views.paper_page, name="paper"),
    path("van-ban-phat-hanh/<int:pk>/tep/", views.paper_file, name="paper_file"),
    path("van-ban-phat-hanh/<int:pk>/ban-duyet/", views.paper_approved_file, name="paper_approved_file"),
    path("van-ban-phat-hanh/<int:pk>/pdf/", views.paper_pdf, name="paper_pdf"),
    path("van-ban-phat-hanh/<int:pk>/tao-pdf/", views.paper_pdf_ask, name="paper_pdf_ask"),
    path("van-ban-phat-hanh/<int:pk>/trinh/", views.paper_submit, name="paper_submit"),
    path("van-ban-phat-hanh/<int:pk>/rut-lai/", views.paper_take_back, name="paper_take_back"),
    path("van-ban-phat-hanh/<int:pk>/duyet/", views.paper_approve, name="paper_approve"),
    path("van-ban-phat-hanh/<int:pk>/tra-lai/", views.paper_return, name="paper_return"),
    path("van-ban-phat-hanh/<int:pk>/bo/", views.paper_discard, name="paper_discard"),
    path("van-ban-phat-hanh/<int:pk>/phat-hanh/", views.paper_issue, name="paper_issue"),
    path("van-ban-phat-hanh/<int:pk>/thu-hoi/", views.paper_withdraw, name="paper_withdraw"),
    path("van-ban-phat-hanh/<int:pk>/thay-the/", views.paper_supersede, name="paper_supersede"),
    path("van-ban-phat-hanh/<int:pk>/ban-da-ky/", views.signed_copy_add, name="signed_copy_add"),
    path("van-ban-phat-hanh/ban-da-ky/<int:pk>/", views.signed_copy, name="signed_copy"),
    path("van-ban-phat-hanh/so/", views.register, name="register"),
    path("van-ban-phat-hanh/so/ghi-tay/", views.register_hold, name="register_hold"),
    path("van-ban-phat-hanh/so/<int:pk>/", views.register_release, name="register_release"),
]
