"""`ancam demo`: an invented province, filled through the same doors that people use."""

import argparse
import os
import secrets

from ancam.cli.django_setup import prepare_instance, set_up_django
from ancam.cli.language import phrase
from ancam.kit.errors import AnCamError


class NotEmpty(AnCamError):
    """The instance is in use already."""

    what = "Chưa dựng tỉnh giả định: thư mục dữ liệu này đã có cơ quan vận hành"
    ground = "dữ liệu giả định không được trộn với dữ liệu thật"
    next_step = "Đề nghị dùng thư mục khác, ví dụ: ANCAM_DATA=./ancam-thu ancam demo"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kept = phrase(
        "mật khẩu chung của người dùng giả định lấy từ ANCAM_DEMO_PASSWORD, không có thì tự sinh",
        "the invented people's common password comes from ANCAM_DEMO_PASSWORD, else it is made up",
    )
    parser.epilog = kept


def run(arguments: argparse.Namespace) -> int:
    """Fill an empty instance and print how to sign in."""
    set_up_django()
    prepare_instance()
    from ancam.accounts.selectors import root_agency

    if root_agency() is not None:
        raise NotEmpty()
    from ancam.cli.demo_province import fill_province

    password = os.environ.get("ANCAM_DEMO_PASSWORD") or secrets.token_urlsafe(9)
    people = fill_province(password)
    print(phrase("Đã dựng tỉnh Đông Sơn (giả định). Người dùng:", "Filled the invented province. People:"))
    for person in people:
        membership = person.current_memberships[0]
        print(f"  {person.email:<30} {membership.get_role_display():<15} {membership.agency.name}")
    print(phrase(f"Mật khẩu chung: {password}", f"Common password: {password}"))
    print(phrase("Chạy: ancam run", "Next: ancam run"))
    return 0
