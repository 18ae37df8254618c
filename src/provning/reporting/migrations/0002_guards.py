"""The room's database guards."""

from django.db import migrations

from provning.audit.guards import register
from provning.reporting.guards import GUARDS


class Migration(migrations.Migration):
    """Create the triggers."""

    dependencies = [("reporting", "0001_initial")]

    operations = [register(GUARDS)]
