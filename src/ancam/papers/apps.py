from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "ancam.papers"
    label = "papers"
    verbose_name = "Văn bản phát hành"
