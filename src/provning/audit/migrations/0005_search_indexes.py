"""A million events are searched by who and by kind, the newest first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two indexes: nothing is rebuilt, so the guards stay."""

    dependencies = (("audit", "0004_guard_anchors"),)

    operations = (
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["actor_id", "number"], name="audit_by_actor"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["name", "number"], name="audit_by_name"),
        ),
    )
