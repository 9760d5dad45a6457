from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "ancam.accounts"
    label = "accounts"
    verbose_name = "Cơ quan và người dùng"

    def ready(self) -> None:
        # Here, because jobs and what is searched are kept in tables, which Django knows only now.
        from ancam.accounts import devices, sealed  # noqa: F401  # its receivers; where secrets lie
        from ancam.accounts.jobs import (
            apply_reorganisations,
            carry_out_departures,
            forget_applied_rows,
            forget_sign_ins,
            leave_undecided_imports,
        )
        from ancam.accounts.ledger_words import describe_things
        from ancam.accounts.search import AGENCIES, PEOPLE
        from ancam.web.jobs import run_daily, run_hourly
        from ancam.web.search import register

        run_daily(forget_sign_ins)
        # Hourly, so that what has a day is in force from its first hour.
        run_hourly(apply_reorganisations)
        run_hourly(carry_out_departures)
        run_daily(leave_undecided_imports)
        run_daily(forget_applied_rows)
        describe_things()
        register(AGENCIES)
        register(PEOPLE)
