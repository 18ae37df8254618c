"""The room's database guards."""

from django.db import migrations

from provning.audit.guards import register
from provning.grading.guards import GUARDS


class Migration(migrations.Migration):
    """Create the triggers."""

    dependencies = [("grading", "0001_initial"), ("exams", "0001_initial")]

    operations = [register(GUARDS)]
