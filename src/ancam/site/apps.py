from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "ancam.site"
    label = "site"

    def ready(self) -> None:
        # What operators do by command stands in the ledger too; its page knows the acts that are loaded.
        from ancam.keeping import resealing  # noqa: F401
