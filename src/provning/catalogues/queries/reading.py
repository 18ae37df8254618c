"""Who reads what of a version: its document, or only the sheets that one signs.

One rule for every file and every screen. Whoever reads the unit's catalogues reads the whole of a
version; a signer does when everything in it is what they sign. Else a signer reads their own sheets
and how the signing goes, and nothing of what others have decided. What speaks of protected persons
takes the right to see them, or that everything in it is one's own; and at a screen a reason.
"""

from uuid import UUID

from provning.catalogues.content import Sheet, from_json
from provning.catalogues.models import GradeCatalogue
from provning.catalogues.policies import may_see_protected, signs_as
from provning.catalogues.queries.protected import require_opened, speaks_of_protected
from provning.catalogues.queries.signatures import signed_catalogue
from provning.exams.policies import may_in_unit
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError
from provning.organisation.queries import UnitRow
from provning.organisation.rows import unit_row


def readable_catalogue(actor: Actor, catalogue_id: UUID) -> GradeCatalogue:
    """Return a version that the actor may read the whole of, with its unit and document.

    Raises `NotFoundError`, also for a signer who signs a part of it alone, and `NotOpenedError`
    when it speaks of protected persons and has not been opened for a reason.
    """
    catalogue = signed_catalogue(actor, catalogue_id, with_document=True)
    if not reads_whole(actor, catalogue):
        raise NotFoundError("grade_catalogue")
    require_opened(actor, catalogue)
    return catalogue


def signable_catalogue(actor: Actor, catalogue_id: UUID) -> tuple[GradeCatalogue, UnitRow]:
    """Return a version whose signing the actor follows, and its unit: a reader's or a signer's.

    Raises `NotFoundError`; to a signer who may not see them, also where protected persons that
    others have decided about are named: nobody signs a file that they may not know of.
    """
    catalogue = signed_catalogue(actor, catalogue_id)
    unit = unit_row(catalogue.unit)
    if reads_whole(actor, catalogue):
        return catalogue, unit
    if not _decisions_signed(actor, unit, catalogue) or _hidden(actor, unit, catalogue):
        raise NotFoundError("grade_catalogue")
    return catalogue, unit


def reads_whole(actor: Actor, catalogue: GradeCatalogue) -> bool:
    """Say whether the actor may read the document and everything in it."""
    unit = unit_row(catalogue.unit)
    reader = may_in_unit(actor, Permission.VIEW_CATALOGUES, unit)
    if reader and not _hidden(actor, unit, catalogue):
        return True
    return catalogue.decisions in _decisions_signed(actor, unit, catalogue)


def own_sheets(actor: Actor, catalogue: GradeCatalogue) -> tuple[Sheet, ...]:
    """Return the sheets of a version that the actor signs, as they are printed."""
    person_id = signs_as(actor, unit_row(catalogue.unit))
    if person_id is None:
        return ()
    sheets = from_json(catalogue.content).sheets
    own = str(person_id)
    return tuple(each for each in sheets if own in {signer.person for signer in each.signers})


def _decisions_signed(actor: Actor, unit: UnitRow, catalogue: GradeCatalogue) -> list[int]:
    """Return of how many decisions each of the actor's signatures in a final version is."""
    person_id = signs_as(actor, unit)
    if person_id is None or catalogue.preliminary:
        return []
    return list(catalogue.signers.filter(person_id=person_id).values_list("decisions", flat=True))


def _hidden(actor: Actor, unit: UnitRow, catalogue: GradeCatalogue) -> bool:
    """Say whether the version speaks of protected persons whom the actor may not see."""
    return not may_see_protected(actor, unit) and speaks_of_protected(catalogue)
