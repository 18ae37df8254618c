"""Django's name for the room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The web room."""

    name = "provning.web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to sign-ins."""
        from provning.web.identity.sessions import connect

        connect()
