"""Django's name for the room."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """The organisation room."""

    name = "provning.organisation"
    default_auto_field = "django.db.models.BigAutoField"
