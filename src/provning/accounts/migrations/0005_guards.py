"""The room's database guards."""

from django.db import migrations

from provning.accounts.guards import GUARDS
from provning.audit.guards import register


class Migration(migrations.Migration):
    """Create the triggers."""

    dependencies = [("accounts", "0004_role_reviews")]

    operations = [register(GUARDS)]
