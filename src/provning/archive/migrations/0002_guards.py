"""The room's database guards."""

from django.db import migrations

from provning.archive.guards import GUARDS
from provning.audit.guards import register


class Migration(migrations.Migration):
    """Create the triggers."""

    dependencies = [("archive", "0001_initial")]

    operations = [register(GUARDS)]
