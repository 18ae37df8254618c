"""Whether the demo's municipality is there: asked at every start, so without what builds it."""

from django.db import connection

from provning.cli.demo.plan import ORGANISER
from provning.kernel.actors import system_actor
from provning.organisation.models import Organiser

ACTOR = system_actor("Demo", "demo")


def is_built() -> bool:
    """Say whether the database already holds the municipality."""
    return Organiser.objects.filter(name=ORGANISER).exists()


def other_organiser() -> str:
    """Return the name of an organiser that is not the demo's; "" without one, or without tables."""
    if Organiser._meta.db_table not in connection.introspection.table_names():
        return ""
    other = Organiser.objects.exclude(name=ORGANISER).first()
    return other.name if other else ""
