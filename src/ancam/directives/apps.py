from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "ancam.directives"
    label = "directives"
    verbose_name = "Chỉ đạo và nhiệm vụ"

    def ready(self) -> None:
        # Here, because the words name closed sets of the models, which Django knows only now.
        from ancam.directives.ledger_words import describe_things

        describe_things()
