"""src/provning/archive/retention.py says of every table how long its rows are kept."""

from collections import Counter

from django.apps import apps

from provning.archive.retention import RETENTION

# Django's own tables of what the program is, not of what happens in it.
NOT_RECORDS = {"contenttypes.ContentType", "auth.Permission", "auth.Group"}


def test_every_table_is_in_the_table_once() -> None:
    every = {
        f"{model._meta.app_label}.{model.__name__}"
        for model in apps.get_models()
        if model._meta.managed
    }
    named = [table for kind in RETENTION for table in kind.models]
    assert {table for table in named if table.count(".") == 1} == every - NOT_RECORDS
    assert [table for table, count in Counter(named).items() if count > 1] == []
