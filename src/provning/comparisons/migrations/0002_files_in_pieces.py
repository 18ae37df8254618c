"""The files that wait are kept in pieces, so that none is held in memory whole."""

from typing import Any

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def cut(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Let each file that waits be one piece."""
    files: Any = apps.get_model("comparisons", "ComparedFile").objects.using(editor.connection.alias)
    pieces: Any = apps.get_model("comparisons", "ComparedPiece").objects
    for file in files.exclude(content=b"").iterator(chunk_size=1):
        pieces.using(editor.connection.alias).create(file=file, number=0, content=file.content)


class Migration(migrations.Migration):
    """A table of pieces in place of one column."""

    dependencies = (("comparisons", "0001_initial"),)

    operations = (
        migrations.CreateModel(
            name="ComparedPiece",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pieces",
                        to="comparisons.comparedfile",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="comparedpiece",
            constraint=models.UniqueConstraint(
                fields=("file", "number"), name="compared_piece_once"
            ),
        ),
        migrations.RunPython(cut, migrations.RunPython.noop),
        migrations.RemoveField(model_name="comparedfile", name="content"),
    )
