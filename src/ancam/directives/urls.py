"""Addresses of this room."""

from django.urls import path

from ancam.directives.views import documents, duties, home, law, reporting, review, work

urlpatterns = [
    path("", home.home, name="home"),
    path("van-ban/", documents.document_list, name="documents"),
    path("van-ban/tai-len/", documents.document_upload, name="document_upload"),
    path("van-ban/<int:pk>/", documents.document_page, name="document"),
    path("van-ban/<int:pk>/tep/", documents.document_file, name="document_file"),
    path("van-ban/<int:pk>/thong-tin/", documents.document_particulars, name="document_particulars"),
    path("van-ban/<int:pk>/khung-phap-ly/", documents.document_regime, name="document_regime"),
    path("van-ban/<int:pk>/van-ban-cap-tren/", documents.document_parent, name="document_parent"),
    path("van-ban/<int:pk>/ra-soat/", review.review, name="review"),
    path("van-ban/<int:pk>/ra-soat/chac-chan/", review.review_certain, name="review_certain"),
    path("van-ban/<int:pk>/ra-soat/gop/", review.review_merge, name="review_merge"),
    path("van-ban/<int:pk>/ra-soat/da-xem/", review.anomaly_settle, name="anomaly_settle"),
    path("van-ban/<int:pk>/ra-soat/bo-sung/", review.obligation_add, name="obligation_add"),
    path("van-ban/<int:pk>/ra-soat/hoan-tat/", review.review_finish, name="review_finish"),
    path("van-ban/<int:pk>/giao/", work.document_assign, name="document_assign"),
    path("van-ban/<int:pk>/bao-cao/", reporting.document_report, name="document_report"),
    path("nhiem-vu/", work.assignment_list, name="assignments"),
    path("nhiem-vu/<int:pk>/", duties.obligation_page, name="obligation"),
    path("nhiem-vu/<int:pk>/the/", duties.obligation_card, name="obligation_card"),
    path("nhiem-vu/<int:pk>/xac-nhan/", duties.obligation_confirm, name="obligation_confirm"),
    path("nhiem-vu/<int:pk>/sua/", duties.obligation_edit, name="obligation_edit"),
    path("nhiem-vu/<int:pk>/tach/", duties.obligation_split, name="obligation_split"),
    path("nhiem-vu/<int:pk>/bo/", duties.obligation_drop, name="obligation_drop"),
    path("nhiem-vu/<int:pk>/khoi-phuc/", duties.obligation_restore, name="obligation_restore"),
    path("phan-cong/<int:pk>/", work.assignment_page, name="assignment"),
    path("ky-han/<int:pk>/", work.period_page, name="period"),
    path("ky-han/<int:pk>/bao-cao/", work.progress_submit, name="progress_submit"),
    path("phan-cong/<int:pk>/nay-tra-loi/", work.assignment_answering, name="assignment_answering"),
    path("phan-cong/<int:pk>/thu-hoi/", work.assignment_withdraw, name="assignment_withdraw"),
    path("bao-cao-tien-do/<int:pk>/xac-nhan/", work.progress_accept, name="progress_accept"),
    path("bao-cao-tien-do/<int:pk>/tra-lai/", work.progress_return, name="progress_return"),
    path("tep-dinh-kem/<int:pk>/", work.progress_file, name="progress_file"),
    path("can-cu-phap-ly/", law.instrument_list, name="instruments"),
    path("can-cu-phap-ly/<slug:code>/", law.instrument_page, name="instrument"),
]
