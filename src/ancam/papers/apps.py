from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "ancam.papers"
    label = "papers"
    verbose_name = "Văn bản phát hành"

    def ready(self) -> None:
        # Here, because words and searches are of tables, which Django knows only now.
        from ancam.audit.checks import keep_heads
        from ancam.papers import holdings
        from ancam.papers.ledger_words import describe_things
        from ancam.papers.search import PAPERS
        from ancam.papers.selectors import kept_heads
        from ancam.web import holdings as held
        from ancam.web.search import register

        describe_things()
        held.register(holdings.PAPERS)
        keep_heads("papers", kept_heads)
        register(PAPERS)
