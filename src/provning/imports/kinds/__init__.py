"""The kinds of import, in the order people meet them; the room's docstring says how to add one."""

from provning.imports.kind import ImportKind
from provning.imports.kinds import (
    enrolments,
    external_grades,
    groups,
    ims_groups,
    ims_persons,
    ims_placements,
    persons,
    placements,
    results,
    staff,
)

ALL = (
    persons.KIND,
    enrolments.KIND,
    groups.KIND,
    placements.KIND,
    results.KIND,
    staff.KIND,
    ims_persons.KIND,
    ims_groups.KIND,
    ims_placements.KIND,
    external_grades.KIND,
)
KINDS: dict[str, ImportKind] = {kind.key: kind for kind in ALL}
