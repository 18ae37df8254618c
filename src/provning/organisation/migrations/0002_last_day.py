"""Providers and units end with a day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns that may be empty: no table is rebuilt, so triggers on them stay."""

    dependencies = (("organisation", "0001_initial"),)

    operations = (
        migrations.AddField(
            model_name="provider",
            name="last_day",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="schoolunit",
            name="last_day",
            field=models.DateField(blank=True, null=True),
        ),
    )
