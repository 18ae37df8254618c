"""Django's name for the room."""

from importlib import import_module

from django.apps import AppConfig

from provning.kernel.later import later


class ComparisonsConfig(AppConfig):
    """The comparisons room."""

    name = "provning.comparisons"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make known which comparisons may go and how, to the room of retention below."""
        find = later("provning.comparisons.disposal", "comparisons_to_dispose")
        dispose = later("provning.comparisons.actions.disposal", "dispose_comparisons")
        import_module("provning.archive.above").register_disposal("comparisons", find, dispose)
