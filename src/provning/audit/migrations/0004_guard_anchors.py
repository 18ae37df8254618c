"""The guards of the chain's anchors."""

from django.db import migrations

from provning.audit.guards import register
from provning.audit.own_guards import ANCHOR_GUARDS


class Migration(migrations.Migration):
    """Create the triggers."""

    dependencies = [("audit", "0003_chain_anchors")]

    operations = [register(ANCHOR_GUARDS)]
