"""The kinds of import, in the order people meet them; the room's docstring says how to add one."""

from provning.imports.kind import ImportKind
from provning.imports.kinds import external_grades, ims_persons, persons

KINDS: dict[str, ImportKind] = {
    kind.key: kind for kind in (persons.KIND, ims_persons.KIND, external_grades.KIND)
}
