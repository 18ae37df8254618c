"""The room's database guards."""

from django.db import migrations

from provning.audit.guards import register
from provning.feeds.guards import GUARDS


class Migration(migrations.Migration):
    """Create the triggers."""

    dependencies = [("feeds", "0001_initial")]

    operations = [register(GUARDS)]
