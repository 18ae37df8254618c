"""Django's name for the room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The accounts room."""

    name = "provning.accounts"
    default_auto_field = "django.db.models.BigAutoField"
