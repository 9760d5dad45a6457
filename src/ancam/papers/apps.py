from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "ancam.papers"
    label = "papers"
    verbose_name = "Văn bản phát hành"

    def ready(self) -> None:
        # Here, because papers keep heads in a table, which Django knows only now.
        from ancam.audit.checks import keep_heads
        from ancam.papers.ledger_words import describe_things
        from ancam.papers.selectors import kept_heads

        describe_things()
        keep_heads("papers", kept_heads)
