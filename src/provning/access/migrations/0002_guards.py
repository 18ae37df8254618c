"""The room's database guards."""

from django.db import migrations

from provning.access.guards import GUARDS
from provning.audit.guards import register


class Migration(migrations.Migration):
    """Create the triggers."""

    dependencies = [("access", "0001_initial")]

    operations = [register(GUARDS)]
