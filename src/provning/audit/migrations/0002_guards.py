"""The room's database guards."""

from django.db import migrations

from provning.audit.guards import register
from provning.audit.own_guards import GUARDS


class Migration(migrations.Migration):
    """Create the triggers."""

    dependencies = [("audit", "0001_initial")]

    operations = [register(GUARDS)]
