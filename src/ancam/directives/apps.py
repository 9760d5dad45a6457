from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectivesConfig(AppConfig):
    name = "ancam.directives"
    label = "directives"
    verbose_name = "Chỉ đạo và nhiệm vụ"

    def ready(self) -> None:
        # Here, because words and searches are of tables, which Django knows only now.
        from ancam.accounts import saved_lists
        from ancam.accounts.saved_lists import SavedList
        from ancam.directives import holdings
        from ancam.directives.calendar_days import due_days
        from ancam.directives.following_filters import FOLLOWING
        from ancam.directives.jobs import open_due_periods, remind, resume_reading_runs
        from ancam.directives.ledger_words import describe_things
        from ancam.directives.search import DOCUMENTS, DUTIES
        from ancam.directives.services.letter_papers import LETTER_WRITERS
        from ancam.directives.services.reporting import PROGRESS_REPORT
        from ancam.directives.services.telling import tell_waiting_paper
        from ancam.directives.settled import settled
        from ancam.notifications import calendars
        from ancam.notifications import settled as told
        from ancam.papers import hearing, writers
        from ancam.web import holdings as held
        from ancam.web.jobs import run_hourly
        from ancam.web.search import register

        describe_things()
        saved_lists.register(SavedList(FOLLOWING, _("Theo dõi nhiệm vụ"), "matrix"))
        calendars.register("directives", due_days)
        told.register("directives", settled)
        held.register(holdings.DUTIES)
        held.register(holdings.LETTERS)
        for writer in (PROGRESS_REPORT, *LETTER_WRITERS):
            writers.register(writer)
        hearing.register(tell_waiting_paper)
        register(DOCUMENTS)
        register(DUTIES)
        run_hourly(open_due_periods)
        run_hourly(remind)
        run_hourly(resume_reading_runs)
