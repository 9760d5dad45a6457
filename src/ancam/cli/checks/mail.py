"""Whether mail can be sent."""

import smtplib
from collections.abc import Iterator
from typing import Any

from ancam.cli.checks.finding import Finding, fault, good, note
from ancam.cli.language import phrase

ANSWERS_WITHIN_S = 10


def mail(settings: Any, test_to: str) -> Iterator[Finding]:
    """Yield whether the mail server takes a sign-in; a message is sent only to `test_to`, when it is given."""
    from django.core.mail import get_connection, send_mail

    name = phrase("thư điện tử", "mail")
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        told = phrase("chưa gửi được thư; nhắc việc chỉ hiện trên trang", "no mail is sent")
        yield note(name, told, "ANCAM_EMAIL_URL=smtp://tên:mật-khẩu@thu.tinh.gov.vn:587")
        return
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        connection = get_connection(timeout=ANSWERS_WITHIN_S)
        connection.open()
        if test_to:
            words = phrase("Thư thử của AnCam: máy chủ thư hoạt động.", "AnCam's test message: mail works.")
            send_mail(phrase("AnCam: thư thử", "AnCam: test"), words, None, [test_to], connection=connection)
        connection.close()
    except (OSError, smtplib.SMTPException, UnicodeEncodeError) as exc:
        told = phrase(f"{server} không nhận: {_reason(exc)}", f"{server} refuses: {_reason(exc)}")
        yield fault(name, told, phrase("kiểm tra ANCAM_EMAIL_URL", "check ANCAM_EMAIL_URL"))
        return
    yield good(name, phrase(f"{server} nhận đăng nhập", f"{server} takes the sign-in"))


def _reason(exc: Exception) -> str:
    """Return why in one line, without what was sent."""
    if isinstance(exc, smtplib.SMTPResponseException):
        return f"SMTP {exc.smtp_code}"
    if isinstance(exc, UnicodeEncodeError):
        return phrase("tên hoặc mật khẩu có chữ ngoài ASCII", "user or password is not ASCII")
    return type(exc).__name__ if not isinstance(exc, OSError) else (exc.strerror or type(exc).__name__)
