"""Which issued extracts hold a grade that a rättelse or ändring has taken the place of."""

from django.utils.translation import gettext_noop

from provning.extracts.models import Extract
from provning.extracts.policies import extract_scope
from provning.extracts.queries.standing import extract_rows
from provning.extracts.rows import ExtractState
from provning.grading.consequences import Changed, Consequence
from provning.kernel.actors import Permission
from provning.people.queries import person_rows

KIND = "extract"
OLD = gettext_noop(
    "Utdrag {document} från {day} har det gamla betyget och gäller inte längre. Utfärda ett nytt."
)
REPLACED = gettext_noop("Utdrag {document} är ersatt av {later}.")


def extract_consequences(changed: Changed) -> list[Consequence]:
    """Tell of the person's extracts with an earlier decision, in the actor's scope.

    Nothing of a person whom the actor sees masked, and of copies what their original says.
    """
    person_id = changed.standing.person_id
    if person_rows(changed.actor, [person_id])[person_id].masked:
        return []
    extracts = Extract.objects.filter(
        extract_scope(changed.actor, Permission.VIEW_CATALOGUES),
        person=person_id,
        copy_of__isnull=True,
        chosen__decision__in=[each.id for each in changed.earlier],
    ).distinct()
    return [
        Consequence(
            REPLACED if row.state is ExtractState.VOID else OLD,
            row.state is ExtractState.VOID,
            KIND,
            row.id,
            {"document": row.document_id, "day": row.issued_on, "later": row.replaced_by},
        )
        for row in extract_rows(extracts.order_by("-issued_at"))
        if row.state is not ExtractState.VALID
    ]
