"""Addresses of this room. Of allauth's pages only these are mounted: nobody signs up or resets a password by mail."""

from django.urls import path

from ancam.accounts.views import agencies, delegations, entry, ledger, people, places, search

urlpatterns = [
    path("dang-nhap/", entry.SignInView.as_view(), name="account_login"),
    path("dang-xuat/", entry.SignOutView.as_view(), name="account_logout"),
    path("doi-mat-khau/", entry.PasswordChangeView.as_view(), name="account_change_password"),
    path("xac-nhan-mat-khau/", entry.ReauthenticateView.as_view(), name="account_reauthenticate"),
    path("ngung-hoat-dong/", entry.InactiveView.as_view(), name="account_inactive"),
    path("dang-ky/<str:token>/", entry.register_instance, name="register_instance"),
    path("chao-mung/<str:token>/", entry.welcome, name="welcome"),
    path("ngon-ngu/", entry.language_choose, name="language"),
    path("ho-so/", entry.profile, name="profile"),
    path("ho-so/nhat-ky/", ledger.own_acts, name="own_acts"),
    path("uy-quyen/", delegations.delegation_list, name="delegations"),
    path("uy-quyen/them/", delegations.delegation_add, name="delegation_add"),
    path("uy-quyen/<int:pk>/cham-dut/", delegations.delegation_end, name="delegation_end"),
    path("nhat-ky/", ledger.ledger, name="ledger"),
    path("nhat-ky/<int:number>/", ledger.ledger_line, name="ledger_line"),
    path("nhat-ky/kiem-tra/", ledger.ledger_checks, name="ledger_checks"),
    path("nhat-ky/kiem-tra/<int:pk>/", ledger.ledger_check, name="ledger_check"),
    path("co-quan/", agencies.agency_list, name="agencies"),
    path("co-quan/<int:pk>/", agencies.agency_page, name="agency"),
    path("co-quan/<int:pk>/them/", agencies.agency_add, name="agency_add"),
    path("co-quan/<int:pk>/sua/", agencies.agency_change, name="agency_change"),
    path("co-quan/<int:pk>/chuyen/", agencies.agency_move, name="agency_move"),
    path("dia-danh/", places.place_search, name="places"),
    path("dia-danh/ten-goi/", places.place_aliases, name="place_aliases"),
    path("dia-danh/ten-goi/<int:pk>/bo/", places.place_alias_remove, name="place_alias_remove"),
    path("tim-kiem/", search.search_page, name="search"),
    path("nguoi-dung/", people.people_list, name="people"),
    path("nguoi-dung/them/", people.person_add, name="person_add"),
    path("nguoi-dung/<int:pk>/", people.person_page, name="person"),
    path("nguoi-dung/<int:pk>/vai-tro/", people.role_add, name="role_add"),
    path("nguoi-dung/<int:pk>/vai-tro/<int:role_pk>/bo/", people.role_remove, name="role_remove"),
    path("nguoi-dung/<int:pk>/duong-dan/", people.link_issue, name="link_issue"),
    path("nguoi-dung/<int:pk>/tai-khoan/", people.standing, name="standing"),
    path("nguoi-dung/<int:pk>/tai-khoan/ngung/", people.account_stop, name="account_stop"),
    path("nguoi-dung/<int:pk>/tai-khoan/mo-lai/", people.account_restart, name="account_restart"),
]
