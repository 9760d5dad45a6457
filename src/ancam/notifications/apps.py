from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "ancam.notifications"
    label = "notifications"
    verbose_name = "Thông báo"

    def ready(self) -> None:
        # Here, because words and jobs are of tables, which Django knows only now.
        from ancam.notifications.jobs import forget_old, send_mails_last
        from ancam.notifications.ledger_words import describe_things
        from ancam.web.jobs import run_daily, run_hourly

        describe_things()
        run_hourly(send_mails_last)
        run_daily(forget_old)
