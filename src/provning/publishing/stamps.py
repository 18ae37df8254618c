"""When published things came and changed, as their meta."""

from collections.abc import Iterable
from uuid import UUID

from provning.publishing.models import Stamp
from provning.publishing.moments import EPOCH, moment_text

Meta = dict[str, str]


def stamps_of(resource: str, keys: Iterable[UUID]) -> dict[UUID, Meta]:
    """Return the meta of each thing; one query."""
    wanted = list(keys)
    found = Stamp.objects.filter(resource=resource, key__in=wanted)
    known = {
        key: {"created": moment_text(created), "modified": moment_text(modified)}
        for key, created, modified in found.values_list("key", "created", "modified")
    }
    never = {"created": moment_text(EPOCH), "modified": moment_text(EPOCH)}
    return {key: known.get(key, never) for key in wanted}
