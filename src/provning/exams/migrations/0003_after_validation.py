"""Whether a prövning follows on a validering.

Added with a statement of its own: Django would make the SQLite table anew, and with the old one
would go the triggers that guard it.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the column, false for every placement there is."""

    dependencies = [("exams", "0002_superseding_index")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE exams_placement"
                    " ADD COLUMN after_validation bool NOT NULL DEFAULT false",
                    "ALTER TABLE exams_placement DROP COLUMN after_validation",
                )
            ],
            state_operations=[
                migrations.AddField(
                    model_name="placement",
                    name="after_validation",
                    field=models.BooleanField(default=False),
                )
            ],
        )
    ]
