from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ancam.web"
    label = "web"

    def ready(self) -> None:
        from django.utils.translation import gettext

        from ancam.kit.errors import speak_through

        # Here, because jobs are kept in tables, which Django knows only now.
        from ancam.web import jobs, rate_limits, sessions, uploads

        speak_through(gettext)
        jobs.run_hourly(uploads.sweep_holding)
        jobs.run_daily(sessions.forget_ended_sessions)
        jobs.run_daily(rate_limits.forget_counts)
