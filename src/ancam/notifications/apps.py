from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "ancam.notifications"
    label = "notifications"
    verbose_name = "Thông báo"

    def ready(self) -> None:
        from ancam.notifications.jobs import send_mails
        from ancam.web.jobs import run_hourly

        run_hourly(send_mails)
