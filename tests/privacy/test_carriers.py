"""Who becomes protected has everything that carries them listed, to be worked off."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from provning.archive.actions import build_packages
from provning.archive.models import Delivery
from provning.audit.queries import history_of
from provning.catalogues.models import GradeCatalogue
from provning.clients.models import ApiClient, ClientCall
from provning.kernel.actors import Actor, ScopeKind
from provning.kernel.problems import NotAllowedError, NotFoundError, ProblemsFoundError
from provning.people.actions import Revision, register_person, revise_persons, set_protection
from provning.people.models import Enrolment, Person
from provning.privacy.actions import handle_carriers
from provning.privacy.models import Carrier
from provning.privacy.queries import carriers_for, follow_ups
from tests import builders
from tests.archive.world import Shelf, shelf
from tests.builders import PROGRAM, recorded
from tests.clients.making import make_client
from tests.grading.world import HT26, TODAY
from tests.support.kept import kept

PROTECTED = "Sekretessmarkering"


def build_papers() -> Shelf:
    """Store two graded persons whose papers have been printed, delivered and packed."""
    made = shelf()
    made.delivered()
    build_packages(actor=made.receiver, unit_id=made.unit_id, term=HT26)
    make_client("Verksamhetssystemet")
    for each in ApiClient.objects.all():
        ClientCall.objects.create(
            client=each,
            at=datetime.now(UTC),
            address="x",
            method="GET",
            path="/api/persons",
            status=200,
        )
    return made


papers = kept(build_papers)


def somebody() -> Person:
    """Return one of the graded persons."""
    return Person.objects.filter(placements__isnull=False).order_by("sort_key")[0]


def protect(person: Person) -> None:
    set_protection(
        actor=PROGRAM,
        person_id=person.pk,
        protection=PROTECTED,
        expected_version=person.version,
        today=TODAY,
    )


def kinds(person: Person) -> list[str]:
    found = Carrier.objects.filter(person=person).order_by("kind")
    return list(found.values_list("kind", flat=True))


def centre(papers: Shelf) -> Actor:
    organiser = papers.graded.town.organiser.pk
    return builders.actor("adult_education_centre", ScopeKind.ORGANISER, organiser)


@pytest.mark.usefixtures("papers")
def test_everything_that_carries_the_person_is_listed_when_protection_is_set() -> None:
    person = somebody()
    with recorded() as events:
        protect(person)
    assert events == ["protection_set", "carriers_listed"]
    assert history_of("person", person.pk)[0].after == {"count": 4}
    assert kinds(person) == ["catalogue", "client", "delivery", "package"]
    labels = {each.kind: each.label for each in Carrier.objects.filter(person=person)}
    assert labels["catalogue"] == GradeCatalogue.objects.get().document_id
    assert labels["delivery"] == Delivery.objects.get().document_id
    assert labels["client"] == "Verksamhetssystemet"


@pytest.mark.usefixtures("papers")
def test_nobody_elses_papers_are_listed() -> None:
    other = register_person(
        actor=PROGRAM,
        identity_number="19121212-1212",
        given_name="Nya",
        family_name="Personen",
        today=TODAY,
    )
    protect(other)
    assert kinds(other) == ["client"]


@pytest.mark.usefixtures("papers")
def test_protection_brought_in_from_a_file_lists_too() -> None:
    person = somebody()
    revision = Revision(person.pk, person.version, protection=PROTECTED)
    revise_persons(actor=PROGRAM, revisions=[revision], today=TODAY)
    assert "catalogue" in kinds(person)


@pytest.mark.usefixtures("papers")
def test_no_line_names_the_person() -> None:
    person = somebody()
    protect(person)
    said = str(list(Carrier.objects.values_list("label", "key", "note")))
    assert person.family_name not in said


@pytest.mark.usefixtures("papers")
def test_another_marking_lists_nothing_twice() -> None:
    person = somebody()
    protect(person)
    before = kinds(person)
    with recorded() as events:
        for marking in ("Ingen", PROTECTED):
            person.refresh_from_db()
            set_protection(
                actor=PROGRAM,
                person_id=person.pk,
                protection=marking,
                expected_version=person.version,
                today=TODAY,
            )
    assert (events, kinds(person)) == (["protection_set"] * 2, before)


def test_the_list_is_worked_off_by_who_has_the_right(papers: Shelf) -> None:
    person, who = somebody(), centre(papers)
    protect(person)
    rows = carriers_for(who, person.pk)
    with recorded() as events:
        count = handle_carriers(
            actor=who, person_id=person.pk, carrier_ids=[rows[0].id, uuid4()], note=" Eget omslag "
        )
    done = [row for row in carriers_for(who, person.pk) if row.done_at]
    assert (count, len(done), done[0].id, done[0].note) == (1, 1, rows[0].id, "Eget omslag")
    [listed] = follow_ups(who)
    assert (listed.person.id, listed.total, listed.open) == (person.pk, 4, 3)
    assert events == ["carriers_handled"]


@pytest.mark.parametrize(
    ("note", "marked", "codes"),
    [
        ("", True, {"carrier-note-empty"}),
        ("x" * 301, True, {"carrier-note-long"}),
        ("klart", False, {"carrier-none"}),
        ("", False, {"carrier-note-empty", "carrier-none"}),
    ],
)
def test_what_was_done_is_said_of_lines_that_are_marked(
    papers: Shelf, note: str, marked: bool, codes: set[str]
) -> None:
    person, who = somebody(), centre(papers)
    protect(person)
    ids: list[UUID] = [row.id for row in carriers_for(who, person.pk)] if marked else []
    with pytest.raises(ProblemsFoundError) as found:
        handle_carriers(actor=who, person_id=person.pk, carrier_ids=ids, note=note)
    assert {each.code for each in found.value.problems} == codes
    assert not Carrier.objects.filter(done_at__isnull=False).exists()


@pytest.mark.usefixtures("papers")
def test_the_list_does_not_exist_out_of_scope_or_without_the_right() -> None:
    person = somebody()
    protect(person)
    provider = Enrolment.objects.filter(person=person)[0].provider_id
    with pytest.raises(NotFoundError):
        carriers_for(builders.actor("principal", ScopeKind.PROVIDER, uuid4()), person.pk)
    unseeing = builders.actor("internal_provider", ScopeKind.PROVIDER, provider)
    for act in (
        lambda: carriers_for(unseeing, person.pk),
        lambda: follow_ups(unseeing),
        lambda: handle_carriers(actor=unseeing, person_id=person.pk, carrier_ids=[], note="Bytt"),
    ):
        with pytest.raises(NotAllowedError):
            act()
    assert follow_ups(builders.actor("principal", ScopeKind.PROVIDER, uuid4())) == []
