from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "ancam.accounts"
    label = "accounts"
    verbose_name = "Cơ quan và người dùng"

    def ready(self) -> None:
        # Here, because jobs and what is searched are kept in tables, which Django knows only now.
        from ancam.accounts.jobs import forget_sign_ins, leave_undecided_imports
        from ancam.accounts.ledger_words import describe_things
        from ancam.accounts.search import AGENCIES, PEOPLE
        from ancam.web.jobs import run_daily
        from ancam.web.search import register

        run_daily(forget_sign_ins)
        run_daily(leave_undecided_imports)
        describe_things()
        register(AGENCIES)
        register(PEOPLE)
