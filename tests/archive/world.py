"""A unit whose catalogue of the autumn is final: printed, and signed when asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from provning.archive.actions import prepare_delivery, receive_delivery, send_delivery
from provning.archive.models import Delivery
from provning.archive.rules.periods import Period
from provning.catalogues.actions import build_catalogue, register_signatures
from provning.catalogues.models import GradeCatalogue
from provning.catalogues.queries.signatures import rows_of
from provning.catalogues.rows import Signing
from provning.grading.models import GradeDecision
from provning.kernel.actors import Actor, Scope, ScopeKind
from provning.organisation.actions import set_policy
from provning.people.models import Person
from tests.catalogues.world import Graded, grade, graded_group
from tests.grading import world
from tests.grading.world import AFTER_TERM, HT26

YEAR = Period(2026)
SENT = AFTER_TERM + timedelta(days=7)
RECEIVED = SENT + timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A graded unit, and who sends and who receives its catalogues."""

    graded: Graded
    sender: Actor
    receiver: Actor

    @property
    def unit_id(self) -> UUID:
        """Return the unit's id."""
        unit_id: UUID = self.graded.town.unit.pk
        return unit_id

    def print(self, today: date = AFTER_TERM, *, sign: bool = True) -> list[GradeCatalogue]:
        """Make the unit's catalogue of the autumn, signed by everybody unless told otherwise."""
        made = build_catalogue(
            actor=self.graded.maker, unit_id=self.unit_id, term=HT26, today=today
        )
        if sign:
            for catalogue in made:
                self.sign(catalogue, today)
        return made

    def sign(self, catalogue: GradeCatalogue, day: date = AFTER_TERM, *, scan: bytes = b"") -> None:
        """Let everybody who must sign the version sign it on paper, perhaps on a scanned page."""
        missing = [row for row in rows_of([catalogue.pk])[catalogue.pk] if not row.signed]
        signings = [Signing(row.signer_id, row.role, day) for row in missing]
        if signings:
            register_signatures(
                actor=self.sender,
                catalogue_id=catalogue.pk,
                signings=signings,
                scan=scan,
                today=day,
            )

    def grade(self, *examinees: Person, value: str = "B") -> None:
        """Decide more grades in the unit's group."""
        grade(self.graded, examinees, value)

    def custom(self, key: str, value: str | int) -> None:
        """Let the organiser decide a policy from the beginning."""
        set_policy(
            actor=world.actor("system_administrator", Scope(ScopeKind.EVERYTHING)),
            organiser_id=self.graded.town.organiser.pk,
            key=key,
            value=value,
            valid_from=world.SINCE,
        )

    def prepare(self, today: date = AFTER_TERM, *, actor: Actor | None = None) -> Delivery:
        """Prepare the year's delivery."""
        return prepare_delivery(
            actor=actor or self.sender,
            unit_id=self.unit_id,
            period=YEAR,
            submission=uuid4(),
            today=today,
        )

    def send(self, delivery: Delivery, today: date = SENT, reason: str = "") -> None:
        """Send a delivery that stands prepared."""
        send_delivery(
            actor=self.sender,
            delivery_id=delivery.pk,
            expected_step=delivery.steps.count(),
            submission=uuid4(),
            override_reason=reason,
            today=today,
        )

    def receive(self, delivery: Delivery, today: date = RECEIVED) -> None:
        """Give a receipt for a delivery that is sent."""
        receive_delivery(
            actor=self.receiver,
            delivery_id=delivery.pk,
            expected_step=delivery.steps.count(),
            submission=uuid4(),
            day=today,
            today=today,
        )

    def delivered(self) -> Delivery:
        """Print, prepare, send and receive the year's first delivery."""
        self.print()
        delivery = self.prepare()
        self.send(delivery)
        self.receive(delivery)
        return delivery


def shelf(examinees: Sequence[Person] = ()) -> Shelf:
    """Store a unit with a decided grade for each examinee: for two when nobody is named."""
    chosen = examinees or [world.person("Ada", "Åkesson"), world.person("Bo", "Berg")]
    graded = graded_group(chosen)
    return Shelf(graded, graded.rektor, world.centre(graded.town.organiser))


def corrected(decision: GradeDecision, value: str) -> GradeDecision:
    """Store a rättelse of a decision by rektor, past the rules: tests of it stand elsewhere."""
    return GradeDecision.objects.create(
        placement=decision.placement,
        value=value,
        scale_id=decision.scale_id,
        course_code=decision.course_code,
        course_name=decision.course_name,
        points=decision.points,
        decided_by=world.person("Rut", "Rektor"),
        decided_by_name="Rut Rektor",
        decider_role="REKTOR",
        registered_by_account="rektor",
        registered_by_name="Rut Rektor",
        decided_at=decision.decided_at + timedelta(days=30),
        submission=uuid4(),
        supersedes=decision,
        correction_type="Rättelse",
        reason="Betyget var felskrivet",
        hearing="heard",
        hearing_note="Håller med.",
    )
