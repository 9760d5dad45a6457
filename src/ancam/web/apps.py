from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "ancam.web"
    label = "web"
