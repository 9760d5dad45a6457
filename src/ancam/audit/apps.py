from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "ancam.audit"
    label = "audit"

    def ready(self) -> None:
        # Here, because jobs are kept in tables, which Django knows only now.
        from ancam.audit.jobs import check_ledger, sweep_store
        from ancam.web.jobs import run_daily

        run_daily(check_ledger)
        run_daily(sweep_store)
