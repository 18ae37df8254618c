"""Django's name for the room."""

from importlib import import_module

from django.apps import AppConfig

from provning.kernel.later import later


class PeopleConfig(AppConfig):
    """The people room."""

    name = "provning.people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let no mail go to who has died, and tell which accounts are somebody's."""
        is_deceased = later("provning.people.queries", "is_deceased_user")
        import_module("provning.accounts.mailing").keep_silent("people", is_deceased)
        linked = later("provning.people.queries", "linked_accounts")
        import_module("provning.organisation.above").declare_linked("people", linked)
