"""Requests as tests send and handle them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from provning.applications.actions import (
    answer_request,
    ask_back,
    refuse_request,
    register_requested,
    send_request,
)
from provning.applications.models import RegistrationRequest
from provning.exams.models import ExamGroup, Placement
from provning.kernel.actors import Actor
from provning.organisation.actions import create_organiser, create_provider
from tests.builders import PROGRAM
from tests.exams.world import TODAY, World, build_world

DAY = date(2026, 12, 1)
NUMBER = "199008092398"


@dataclass
class Asked:
    """The world and its one group, PRÖ:KC26HTMAT03B."""

    world: World
    group: ExamGroup

    @classmethod
    def begin(cls, world: World) -> "Asked":
        """Make the group."""
        return cls(world, world.group(teacher="Karin"))

    def send(
        self,
        number: str = NUMBER,
        *,
        actor: Actor | None = None,
        group: ExamGroup | None = None,
        given_name: str = "Kaj",
        day: date = DAY,
        submission: UUID | None = None,
    ) -> RegistrationRequest:
        """Ask for Kaj Hellström, whom nobody has registered."""
        return send_request(
            actor=actor or self.world.admin,
            group_id=(group or self.group).id,
            identity_number=number,
            given_name=given_name,
            family_name="Hellström",
            exam_date=day,
            submission=submission,
            today=TODAY,
        )

    def register(
        self,
        request: RegistrationRequest,
        *,
        actor: Actor | None = None,
        version: int | None = None,
        protection: str = "Ingen",
    ) -> Placement:
        """Do what the request asks for."""
        return register_requested(
            actor=actor or self.world.centre,
            request_id=request.id,
            expected_version=version or request.version,
            protection=protection,
            today=TODAY,
        )

    def ask(
        self, request: RegistrationRequest, question: str = "Rätt namn?"
    ) -> RegistrationRequest:
        """Send the request back with a question."""
        return ask_back(
            actor=self.world.centre,
            request_id=request.id,
            expected_version=request.version,
            question=question,
            today=TODAY,
        )

    def answer(self, request: RegistrationRequest, answer: str = "Ja.") -> RegistrationRequest:
        """Answer the question."""
        return answer_request(
            actor=self.world.admin,
            request_id=request.id,
            expected_version=request.version,
            answer=answer,
            today=TODAY,
        )

    def refuse(
        self, request: RegistrationRequest, refusal: str = "Fel nummer."
    ) -> RegistrationRequest:
        """Refuse the request."""
        return refuse_request(
            actor=self.world.centre,
            request_id=request.id,
            expected_version=request.version,
            refusal=refusal,
            today=TODAY,
        )


def build_asked() -> Asked:
    """Build a town where nobody has asked for anything."""
    return Asked.begin(build_world())


def elsewhere() -> UUID:
    """Return a provider of another organiser, which nobody of this town reaches."""
    organiser = create_organiser(
        actor=PROGRAM, name="Bergstads kommun", municipality_code="9998", municipality_name="Berg"
    )
    return create_provider(
        actor=PROGRAM, organiser_id=organiser.id, name="Bergs komvux", kind="internal"
    ).id
