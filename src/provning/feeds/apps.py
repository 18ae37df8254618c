"""Django's name for the room."""

from importlib import import_module

from django.apps import AppConfig

from provning.kernel.later import later


class FeedsConfig(AppConfig):
    """The feeds room."""

    name = "provning.feeds"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the room's database guards known, and who holds what a rättelse has changed."""
        import_module("provning.feeds.guards")
        finder = later("provning.feeds.pulls", "pull_consequences")
        import_module("provning.grading.consequences").register_consequences("feeds", finder)
