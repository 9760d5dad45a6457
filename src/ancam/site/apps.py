from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "ancam.site"
    label = "site"
