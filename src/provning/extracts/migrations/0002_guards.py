"""The room's database guards."""

from django.db import migrations

from provning.audit.guards import register
from provning.extracts.guards import GUARDS


class Migration(migrations.Migration):
    """Create the triggers."""

    dependencies = [("extracts", "0001_initial")]

    operations = [register(GUARDS)]
