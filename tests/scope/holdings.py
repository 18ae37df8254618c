"""What lies at providers and organisers of a drawn municipality, and what is said of persons."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

from provning.access.models import AccessEntry
from provning.accounts.models import IdentityBinding, RoleAssignment, User
from provning.archive.models import Disposal
from provning.clients.models import ApiClient, ClientCall, ClientReach
from provning.comparisons.models import ComparedFile, Comparison
from provning.imports.models import StagedImport, StagedRow
from provning.people.models import Person
from provning.privacy.models import Carrier, IdentityCase
from provning.reporting.models import AuthorityExtract, ReportOrder, SentDecision, SentExport
from tests.grading import world
from tests.scope.drawn import READER, SENT, Drawn, Paper
from tests.scope.words import TERM, document, ordered, word

KEEP = world.TODAY + timedelta(days=1000)
ROLE = "internal_provider_manager"


def of_provider(town: Drawn, provider: UUID) -> Iterator[Paper]:
    """Store a file that was brought in, a comparison, an account and a program that calls."""
    owner = READER if len(word()) % 2 else "någon annan"
    file, cell, hidden, compared = word(), word(), word(), word()
    staged = StagedImport.objects.create(
        kind="persons",
        organiser_id=town.organiser_of[provider],
        provider_id=provider,
        status="ready",
        submission=uuid4(),
        file_name=file,
        sha256="",
        size=1,
        uploaded_at=SENT,
        uploaded_by_account=owner,
        uploaded_by_name="Någon",
        asked_by_account=owner,
        asked_by_name="Någon",
        progress_at=SENT,
    )
    row = {"staged": staged, "verdict": "new"}
    StagedRow.objects.create(**row, number=1, cells={"name": cell}, what=cell)
    StagedRow.objects.create(**row, number=2, cells={"n": hidden}, what=hidden, protected=True)
    yield Paper("import", staged.pk, (file, cell), provider, owner=owner)
    yield Paper("unknown_protected", staged.pk, (hidden,), provider, secret=True, owner=owner)
    comparison = Comparison.objects.create(
        organiser_id=town.organiser_of[provider],
        provider_id=provider,
        stored=False,
        status="done",
        submission=uuid4(),
        asked_at=SENT,
        asked_by_account=owner,
        asked_by_name="Någon",
        progress_at=SENT,
        expires_on=KEEP,
    )
    ComparedFile.objects.create(comparison=comparison, side="grades", file_name=compared, sha256="")
    yield Paper("comparison", comparison.pk, (compared,), provider, owner=owner)
    yield _account(town, provider)
    yield _client(provider)


def _account(town: Drawn, provider: UUID) -> Paper:
    """Store an account that decides grades; every other is that of a teacher, mostly elsewhere."""
    own = word()
    user = User.objects.create(username=own, name=f"{own}namn", password="!")
    for role in (ROLE, "principal"):
        RoleAssignment.objects.create(
            user=user,
            role=role,
            scope_kind="provider",
            scope_id=provider,
            valid_from=world.SINCE,
        )
    number = list(town.organiser_of).index(provider)
    if number % 2 == 0:
        teachers = [group.teacher for group in town.groups.values()]
        Person.objects.filter(pk=teachers[-1 - number]).update(user=user)
    IdentityBinding.objects.create(
        user=user, provider="idp", kind="eppn", value=f"{own}@skola.test", bound_at=SENT
    )
    return Paper("account", user.pk, (own,), provider)


def _client(provider: UUID) -> Paper:
    own = word()
    client = ApiClient.objects.create(
        name=own,
        data_classes="persons",
        protected_persons="hidden",
        calls_per_minute=1,
        created_at=SENT,
        submission=uuid4(),
    )
    ClientReach.objects.create(client=client, scope_kind="provider", scope_id=provider)
    ClientCall.objects.create(
        client=client, at=SENT, address="127.0.0.1", method="GET", path=f"/{own}", status=200
    )
    return Paper("client", client.pk, (own,), provider)


def of_organiser(town: Drawn, organiser: UUID) -> Iterator[Paper]:
    """Store what is made for authorities, what has been sent, and a disposal."""
    own = word()
    extract = AuthorityExtract.objects.create(
        **TERM,
        organiser_id=organiser,
        kind="scb",
        version=1,
        document_id=own,
        stored=document(f"{own}csv"),
        rows=0,
        counts="{}",
        changes="{}",
        blanks="[]",
        holds_protected=False,
        made_at=SENT,
        made_by_account="någon",
        made_by_name="Någon",
    )
    yield Paper("report", extract.pk, (own,), organiser)
    order = ReportOrder.objects.create(
        **TERM,
        **ordered(),
        organiser_id=organiser,
        kind="scb",
        status="done",
        sees_protected=False,
        extract=extract,
        progress_at=SENT,
    )
    yield Paper("report_order", order.pk, (), organiser)
    receiver = word()
    sent = SentExport.objects.create(
        organiser_id=organiser,
        kind="scb",
        export_id=extract.pk,
        document_id=f"{receiver}dok",
        receiver=receiver,
        decisions=1,
        sent_on=world.TODAY,
        registered_at=SENT,
        registered_by_account="någon",
        registered_by_name="Någon",
        submission=uuid4(),
    )
    for group in town.groups.values():
        if town.organiser_of[town.provider_of[group.unit]] == organiser:
            for key in group.decided:
                SentDecision.objects.create(export=sent, decision_id=key)
    yield Paper("sent", sent.pk, (receiver,), organiser)
    gone = Disposal.objects.create(
        organiser_id=organiser,
        day=world.TODAY,
        counts="{}",
        total=0,
        made_at=SENT,
        made_by_name=(by := word()),
        submission=uuid4(),
    )
    yield Paper("disposal", gone.pk, (by,), organiser)


def read_list() -> Paper:
    """Store that somebody has read a list, which lies nowhere."""
    own = word()
    AccessEntry.objects.create(
        at=SENT,
        keep_until=KEEP,
        actor_id=own,
        actor_name=own,
        kind="list",
        count=3,
        place=own,
    )
    return Paper("access_list", uuid4(), (own,))


def of_person(town: Drawn, person: UUID) -> Iterator[Paper]:
    """Store who has read of the person, what carries them, and a proposal about who they are."""
    reader, place = word(), word()
    AccessEntry.objects.create(
        at=SENT,
        keep_until=KEEP,
        actor_id=reader,
        actor_name=reader,
        kind="person",
        person_id=person,
        count=1,
        place=place,
    )
    yield Paper("access", uuid4(), (reader, place), person=person)
    label, why = word(), word()
    if town.persons[person].protected:
        made = Carrier.objects.create(
            person_id=person, kind="extract", key=label, label=label, found_at=SENT
        )
        yield Paper("carrier", made.pk, (label,), person=person)
    other = next(each for each in reversed(town.persons) if each != person)
    case = IdentityCase.objects.create(
        kind="merge",
        person_id=person,
        other_id=other,
        reason=why,
        proposed_at=SENT,
        proposed_by_account="någon",
        proposed_by_name="Någon",
        submission=uuid4(),
    )
    yield Paper("case", case.pk, (why,), person=person, other=other)
