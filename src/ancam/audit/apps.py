from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "ancam.audit"
    label = "audit"
