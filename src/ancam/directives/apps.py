from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "ancam.directives"
    label = "directives"
    verbose_name = "Chỉ đạo và nhiệm vụ"

    def ready(self) -> None:
        # Here, because what is searched is kept in tables, which Django knows only now.
        from ancam.directives.search import DOCUMENTS, DUTIES
        from ancam.web.search import register

        register(DOCUMENTS)
        register(DUTIES)
