"""Django's name for the room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit room."""

    name = "provning.audit"
    default_auto_field = "django.db.models.BigAutoField"
