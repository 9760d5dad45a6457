from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "ancam.papers"
    label = "papers"
    verbose_name = "Văn bản phát hành"

    def ready(self) -> None:
        # Here, because what is searched is kept in tables, which Django knows only now.
        from ancam.papers.search import PAPERS
        from ancam.web.search import register

        register(PAPERS)
