"""The retention table speaks of every table there is, and what is kept for ever cannot go."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from provning.archive.actions import build_packages
from provning.archive.actions.removing import INSTALLATIONS, ORGANISERS
from provning.archive.keeping import InstallationsWay, Keep, Kind, OrganisersWay
from provning.archive.models import DeliveryReminder, Disposal
from provning.archive.retention import RETENTION
from provning.audit.actions import keep_anchor
from provning.catalogues.models import (
    CatalogueCopy,
    GradeCatalogue,
    SignatureCheck,
    SignedDocument,
    StoredDocument,
)
from provning.extracts.models import Extract, ExtractDecision
from provning.grading.models import GradeDecision, JointDecider
from provning.organisation.models import Organiser
from provning.reporting.models import (
    AuthorityExtract,
    AuthorityLine,
    SentDecision,
    SentExport,
    SentPerson,
    SentSelection,
)
from tests.archive.world import shelf
from tests.grading.world import HT26, TODAY
from tests.support.kept import kept

TABLES = {
    table.partition(".")[0] + "." + table.split(".")[1]: kind
    for kind in RETENTION
    for table in kind.models
    if table.count(".") == 1
}
FOR_EVER = sorted(table for table, kind in TABLES.items() if kind.keep is Keep.FOR_EVER)
AT = datetime(2027, 1, 4, tzinfo=UTC)


@pytest.mark.parametrize("kind", RETENTION, ids=lambda kind: kind.key)
def test_what_may_go_has_a_way_and_what_stays_has_none(kind: Kind) -> None:
    stays = kind.keep in {Keep.FOR_EVER, Keep.WHILE_NEEDED}
    assert (kind.way is None) == stays
    assert (kind.key in ORGANISERS) == isinstance(kind.way, OrganisersWay)
    assert (kind.key in INSTALLATIONS) == isinstance(kind.way, InstallationsWay)
    assert kind.label
    assert kind.source


def build_everything() -> None:
    """Store something of every kind that is kept for ever."""
    stage = shelf()
    stage.delivered()
    build_packages(actor=stage.receiver, unit_id=stage.unit_id, term=HT26)
    JointDecider.objects.create(
        decision=GradeDecision.objects.all()[0],
        person=stage.graded.teacher_person,
        name="Karin Wallgren",
    )
    extract = Extract.objects.create(
        person=stage.graded.teacher_person,
        organiser=stage.graded.town.organiser,
        document_id="UT-1",
        content="{}",
        content_sha256="0" * 64,
        stored=StoredDocument.objects.all()[0],
        pages=1,
        english=False,
        principal_name="Rut Rektor",
        issued_on=TODAY,
        issued_at=AT,
        issued_by_account="x",
        issued_by_name="x",
        submission=uuid4(),
    )
    ExtractDecision.objects.create(
        extract=extract, decision=GradeDecision.objects.all()[0], replaced=False
    )
    catalogue, stored = GradeCatalogue.objects.all()[0], StoredDocument.objects.all()[0]
    SignedDocument.objects.create(catalogue=catalogue, stored=stored, sealed=True, made_at=AT)
    SignatureCheck.objects.create(
        catalogue=catalogue, document=stored, checked_at=AT, valid=True, report="{}"
    )
    CatalogueCopy.objects.create(
        catalogue=catalogue,
        number=1,
        reason="Brann upp",
        note="{}",
        stored=stored,
        submission=uuid4(),
        made_at=AT,
        made_by_name="x",
    )
    DeliveryReminder.objects.create(
        unit_id=stage.unit_id, year=2026, side="provider", due=TODAY, recipients=1, made_at=AT
    )
    keep_anchor(today=TODAY)
    _sent(stage.graded.town.organiser)
    Disposal.objects.create(
        day=TODAY, counts="{}", total=0, made_at=AT, made_by_name="x", submission=uuid4()
    )


everything = kept(build_everything)


def _sent(organiser: Organiser) -> None:
    """Store an export that has left, and an extract for an authority."""
    export = SentExport.objects.create(
        organiser=organiser,
        kind="other",
        document_id="x",
        receiver="x",
        decisions=1,
        sent_on=TODAY,
        registered_at=AT,
        registered_by_account="x",
        registered_by_name="x",
        submission=uuid4(),
    )
    decision = GradeDecision.objects.all()[0]
    SentDecision.objects.create(export=export, decision=decision)
    SentPerson.objects.create(export=export, person=decision.placement.person, left_out=True)
    SentSelection.objects.create(
        export=export, as_of=AT, changed_from=AT, changed_before=AT, reach="[]"
    )
    extract = AuthorityExtract.objects.create(
        organiser=organiser,
        kind="scb",
        year=2026,
        season="HT",
        version=1,
        document_id="x",
        stored=StoredDocument.objects.all()[0],
        rows=1,
        counts="{}",
        changes="{}",
        blanks="[]",
        holds_protected=False,
        made_at=AT,
        made_by_account="x",
        made_by_name="x",
    )
    AuthorityLine.objects.create(
        extract=extract, placement=decision.placement, decision=decision, number=1, change="new"
    )


@pytest.mark.django_db
@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize("table", FOR_EVER)
def test_what_is_kept_for_ever_is_not_removed_past_every_rule(table: str) -> None:
    rows = apps.get_model(table).objects

    for attempt in (_raw, _queryset):
        with pytest.raises((IntegrityError, models.ProtectedError)), transaction.atomic():
            attempt(rows)

    assert rows.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("printed")
def test_decisions_and_papers_are_not_changed_past_every_rule() -> None:
    for rows, change in (
        (GradeDecision.objects, {"value": "A"}),
        (GradeCatalogue.objects, {"decisions": 9}),
        (StoredDocument.objects, {"size": 0}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    assert Disposal.objects.count() == 0


def _raw(rows: models.Manager[models.Model]) -> None:
    """Remove past Django's own checks; what only a foreign key holds is tried as at the end."""
    rows.all()._raw_delete("default")  # noqa: SLF001 (the shortest way there is)
    connection.check_constraints()


def _queryset(rows: models.Manager[models.Model]) -> None:
    rows.all().delete()
