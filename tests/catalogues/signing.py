"""A catalogue to sign, and the short words for signing it."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from provning.catalogues.actions import (
    build_catalogue,
    register_signatures,
)
from provning.catalogues.models import CatalogueSignature, GradeCatalogue
from provning.catalogues.queries import signature_rows
from provning.catalogues.rows import Signing
from provning.grading.actions import decide_grades
from provning.kernel.actors import Actor
from provning.kernel.problems import (
    ProblemsFoundError,
)
from provning.organisation.models import Policy
from provning.people.models import Duty, Person
from tests.catalogues.world import Graded, graded_group, person_of
from tests.grading import world
from tests.grading.world import AFTER_TERM, HT26, SINCE, TODAY

NEXT_DAY = AFTER_TERM + timedelta(days=1)
Printed = tuple[Graded, GradeCatalogue]


def one_graded() -> Graded:
    """Return a unit with one decided grade."""
    return graded_group([world.person("Ada", "Åkesson")])


def one_printed() -> Printed:
    """Return the same and its catalogue, which the teacher signs."""
    graded = one_graded()
    return graded, build(graded)


def one_printed_for_two() -> Printed:
    """Return a catalogue that the teacher and rektor sign."""
    graded = one_graded()
    decided_by_rektor(graded)
    return graded, build(graded)


def build(
    graded: Graded, today: date = AFTER_TERM, teacher_id: UUID | None = None
) -> GradeCatalogue:
    made = build_catalogue(
        actor=graded.maker,
        unit_id=graded.town.unit.pk,
        term=HT26,
        today=today,
        teacher_id=teacher_id,
    )
    return made[0]


def by_teacher(graded: Graded, day: date = AFTER_TERM) -> Signing:
    return Signing(graded.teacher_person.pk, "LÄRARE", day)


def by_rektor(graded: Graded, day: date = AFTER_TERM) -> Signing:
    return Signing(person_of(graded.rektor), "REKTOR", day)


def sign(
    graded: Graded, catalogue: GradeCatalogue, *signings: Signing, actor: Actor | None = None
) -> list[CatalogueSignature]:
    return register_signatures(
        actor=actor or graded.maker,
        catalogue_id=catalogue.pk,
        signings=signings or [by_teacher(graded)],
        today=NEXT_DAY,
    )


def refused(graded: Graded, catalogue: GradeCatalogue, *signings: Signing) -> list[tuple[str, str]]:
    with pytest.raises(ProblemsFoundError) as caught:
        sign(graded, catalogue, *signings)
    assert not CatalogueSignature.objects.exists()
    return [(each.code, each.field) for each in caught.value.problems]


def decided_by_rektor(graded: Graded) -> None:
    decide_grades(
        actor=graded.rektor,
        group_id=graded.group.pk,
        values={world.place(graded.group).pk: "E"},
        submission=uuid4(),
        ground="hindered",
        reason="Läraren är sjuk",
        today=TODAY,
    )


def rektor_signs_all(graded: Graded) -> None:
    Policy.objects.create(
        organiser=graded.town.organiser, key="catalogue_principal", value="all", valid_from=SINCE
    )


def duty_of_rektor(graded: Graded) -> None:
    Duty.objects.create(
        person=Person.objects.get(pk=person_of(graded.rektor)),
        unit=graded.town.unit,
        role="Rektor",
        start_date=SINCE,
    )


def states(graded: Graded, catalogue: GradeCatalogue) -> list[tuple[str, str, int, bool]]:
    rows = signature_rows(graded.maker, catalogue.pk)
    return [(row.signer_name, row.role, row.decisions, row.signed) for row in rows]
