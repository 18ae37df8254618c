"""A municipality with grades to report, and the codes that its authority is made to have."""

from collections.abc import Iterator
from datetime import date
from itertools import cycle
from uuid import UUID, uuid4

from provning.kernel.actors import Actor
from provning.organisation.models import Policy, Provider
from provning.people.models import Person
from provning.reporting.actions import make_authority_extract, mark_sent, set_report_code
from provning.reporting.layout import Target
from provning.reporting.models import AuthorityExtract, SentExport
from provning.reporting.rules import CODE_LABELS
from tests.builders import official_numbers
from tests.extracts.world import Office, office
from tests.grading import world
from tests.grading.world import HT26, SINCE
from tests.support.official import official_test_numbers

TODAY = date(2026, 11, 26)


def reporting_office() -> Office:
    """Store the municipality; both providers have organisation numbers."""
    at = office()
    Provider.objects.filter(organiser=at.town.organiser).update(organisation_number="212000-0142")
    return at


def know_codes(at: Office, target: Target = Target.SCB) -> None:
    """Write a code for everything."""
    for number, key in enumerate(CODE_LABELS):
        set_report_code(
            actor=at.centre,
            organiser_id=at.town.organiser.pk,
            target=target,
            key=key,
            code=str(number),
            valid_from=SINCE,
        )


def decide(at: Office, key: str, value: str) -> None:
    """Let the organiser have a local rule."""
    Policy.objects.create(organiser=at.town.organiser, key=key, value=value, valid_from=SINCE)


def make(
    at: Office,
    target: Target = Target.SCB,
    *,
    actor: Actor | None = None,
    today: date = TODAY,
) -> AuthorityExtract:
    """Make the file of the autumn, by the centre unless told."""
    return make_authority_extract(
        actor=actor or at.centre,
        organiser_id=at.town.organiser.pk,
        target=target,
        term=HT26,
        today=today,
    )


def send(at: Office, extract: AuthorityExtract, submission: UUID | None = None) -> SentExport:
    """Mark an extract as given to SCB."""
    return mark_sent(
        actor=at.centre,
        extract_id=extract.pk,
        receiver="SCB",
        sent_on=TODAY,
        submission=submission or uuid4(),
        today=TODAY,
    )


def examinee_number() -> str:
    """Return a personnummer of the official test list that nobody of the tests has."""
    return next(_UNUSED)


def examinee(given: str = "Ada", family: str = "Berg", *, protected: bool = False) -> Person:
    """Store somebody with a personnummer: every authority takes it."""
    return world.person(given, family, protected=protected, number=examinee_number())


def _numbers() -> Iterator[str]:
    """Give personnummer of the official test list that no other person of the tests has."""
    taken = set(official_numbers())
    listed = official_test_numbers()
    return (
        each.number for each in listed if each.kind == "personnummer" and each.number not in taken
    )


_UNUSED = cycle(_numbers())
