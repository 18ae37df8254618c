"""A catalogue to sign electronically, and the short words for signing it."""

import json
from uuid import UUID, uuid4

import pytest

from provning.accounts.roles import TASKS
from provning.catalogues.actions import build_catalogue, run_signing_order, sign_electronically
from provning.catalogues.actions.sealing import SEALER, check_signatures
from provning.catalogues.models import (
    CatalogueSignature,
    GradeCatalogue,
    SignatureCheck,
    SigningOrder,
)
from provning.catalogues.queries.electronic import current_file
from provning.exams.models import ExamGroup
from provning.grading.actions import decide_grades
from provning.kernel.actors import Actor, Grant, Scope, ScopeKind
from provning.kernel.problems import ProblemsFoundError
from provning.organisation.models import Policy
from provning.people.models import Person
from provning.signing.reports import Report, report_from_json
from tests.catalogues.signing import NEXT_DAY, build, decided_by_rektor
from tests.catalogues.world import Graded, graded_group
from tests.grading import world
from tests.grading.world import AFTER_TERM, HT26, SINCE, TODAY

Signable = tuple[Graded, GradeCatalogue]


def signs_by(graded: Graded, mode: str) -> None:
    """Let the organiser decide how catalogues are signed."""
    Policy.objects.create(
        organiser=graded.town.organiser, key="catalogue_signing", value=mode, valid_from=SINCE
    )


def to_sign(*examinees: Person, mode: str = "electronic_with_paper") -> Signable:
    """Return a catalogue that the teacher and rektor sign, both electronically."""
    graded = graded_group(examinees or [world.person()])
    signs_by(graded, mode)
    decided_by_rektor(graded)
    return graded, build(graded)


def ask(
    actor: Actor,
    catalogue: GradeCatalogue,
    role: str = "LÄRARE",
    *,
    submission: UUID | None = None,
    in_place_of: UUID | None = None,
    reason: str = "",
) -> SigningOrder:
    """Ask for a signature."""
    return sign_electronically(
        actor=actor,
        catalogue_id=catalogue.pk,
        role=role,
        submission=submission or uuid4(),
        today=NEXT_DAY,
        in_place_of=in_place_of,
        reason=reason,
    )


def run(order: SigningOrder) -> SigningOrder | None:
    """Do what the worker does with an order."""
    return run_signing_order(order_id=order.pk, today=NEXT_DAY)


def sign(actor: Actor, catalogue: GradeCatalogue, role: str = "LÄRARE") -> None:
    """Ask for a signature and give it."""
    finished = run(ask(actor, catalogue, role))
    assert finished is not None
    assert (finished.status, finished.message) == (
        "done",
        f"Du har undertecknat {catalogue.document_id}.",
    )


def signed_by_teacher() -> Signable:
    """Return a catalogue that the teacher has signed, and rektor not yet."""
    graded, made = to_sign()
    sign(graded.teacher, made)
    return graded, made


def signed_and_checked() -> Signable:
    """Return the same when the worker has looked at its file."""
    graded, made = signed_by_teacher()
    check(made)
    return graded, made


def sign_all(graded: Graded, catalogue: GradeCatalogue) -> None:
    """Let both sign."""
    sign(graded.teacher, catalogue)
    sign(graded.rektor, catalogue, "REKTOR")


def check(catalogue: GradeCatalogue) -> tuple[SignatureCheck, Report]:
    """Do what the worker does after a signature, and return what was found."""
    found = check_signatures(actor=SEALER, catalogue_id=catalogue.pk)
    assert found is not None
    return found, report_of(found)


def report_of(found: SignatureCheck) -> Report:
    """Return the signing service's report of a check."""
    return report_from_json(json.dumps(json.loads(found.report)["report"]))


def file_of(catalogue: GradeCatalogue) -> bytes:
    """Return the newest file of a version."""
    return bytes(current_file(catalogue).content)


def refused(
    actor: Actor,
    catalogue: GradeCatalogue,
    role: str = "LÄRARE",
    *,
    in_place_of: UUID | None = None,
) -> list[str]:
    """Return why a signature is refused, and see that nothing came of it."""
    with pytest.raises(ProblemsFoundError) as caught:
        ask(actor, catalogue, role, in_place_of=in_place_of)
    assert not SigningOrder.objects.exists()
    assert not CatalogueSignature.objects.exists()
    return [each.code for each in caught.value.problems]


def parts(graded: Graded) -> list[GradeCatalogue]:
    """Make the unit's catalogue: the ordinary part, and the one of protected persons."""
    made = build_catalogue(
        actor=graded.maker, unit_id=graded.town.unit.pk, term=HT26, today=AFTER_TERM
    )
    return sorted(made, key=lambda each: each.part)


def decided_by_another(graded: Graded, examinee: Person) -> Actor:
    """Let another teacher of the unit decide a grade in a group of their own."""
    who = world.teacher(graded.town.unit, "Kim")
    number = ExamGroup.objects.filter(unit=graded.town.unit).count() + 1
    group = world.group(graded.town.unit, who, number=number)
    actor = world.grading_teacher(who, graded.town.unit)
    decide_grades(
        actor=actor,
        group_id=group.pk,
        values={world.place(group, examinee).pk: "C"},
        submission=uuid4(),
        today=TODAY,
    )
    return actor


def decided_on_delegation(graded: Graded) -> Actor:
    """Let somebody of the unit decide a grade in the teacher's place, as rektor has delegated."""
    scope = Scope(ScopeKind.UNIT, graded.town.unit.pk)
    task = TASKS["delegated_decisions"]
    grant = Grant(task.code, scope, task.permissions, "Rut Rektor")
    deputy = Actor("siri", "Siri Ställ", task.code, (grant,), world.person("Siri", "Ställ").pk)
    decide_grades(
        actor=deputy,
        group_id=graded.group.pk,
        values={world.place(graded.group).pk: "E"},
        submission=uuid4(),
        ground="hindered",
        reason="Läraren är sjuk",
        today=TODAY,
    )
    return deputy
