"""One of everything at each provider, and a browser for each role."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from django.test import Client

from provning.accounts.roles import ALL_ROLES
from provning.applications.actions import send_request
from provning.archive.models import ArchivePackage, Delivery, DeliveryList, DeliveryStep
from provning.catalogues.models import (
    CatalogueCopy,
    CatalogueOrder,
    CatalogueSignature,
    CatalogueSigner,
    GradeCatalogue,
    SignatureCheck,
    SigningOrder,
    StoredDocument,
)
from provning.comparisons.models import Comparison
from provning.exams.actions import create_exam_group, place_student
from provning.exams.models import ExamGroup
from provning.extracts.models import Extract, ExtractOrder
from provning.grading.actions import decide_grades
from provning.imports.kinds import KINDS
from provning.imports.models import ImportFile, StagedImport
from provning.kernel.actors import Scope, ScopeKind
from provning.operations.matrix import Whose
from provning.people.actions import link_account
from tests import builders
from tests.builders import HT26, PROGRAM, TODAY, Town
from tests.catalogues import builders as papers
from tests.extracts import samples
from tests.web.matrix.cases import duty_of, identity_case, place_protected
from tests.web.matrix.clients import stored_client
from tests.web.matrix.reports import stored_reports
from tests.web.stage import EXAM_DAY

OWN, OTHER = Whose.OWN, Whose.OTHER_PROVIDER
PDF = b"%PDF-1.7 of nobody"


@dataclass(frozen=True)
class Side:
    """What one provider's unit has, by the names of the addresses' parameters."""

    unit: UUID
    organiser: UUID
    group: ExamGroup
    ids: dict[str, UUID]


@dataclass(frozen=True)
class Matrix:
    """Both providers' things and the roles' browsers; every role works for the first provider."""

    sides: dict[Whose, Side]
    clients: dict[str, Client]
    town: Town


def build_matrix() -> Matrix:
    """Build the town, and let every role sign in."""
    town = builders.build_town()
    course = builders.load_courses("MATMAT03b")["MATMAT03b"].id
    places = {
        OWN: (town.own, town.centrum),
        Whose.OTHER_UNIT: (town.own, town.hamnen),
        OTHER: (town.contracted, town.kompaniet),
    }
    teachers = {unit: town.teacher(unit=unit).id for _provider, unit in places.values()}
    sides = {
        whose: _side(town, provider, unit, course, teachers[unit])
        for whose, (provider, unit) in places.items()
    }
    persons = {"grading_teacher": teachers[town.centrum], "principal": town.rektor().id}
    clients = {role.code: _client(town, role.code, persons.get(role.code)) for role in ALL_ROLES}
    return Matrix(sides, clients, town)


def scope_of(town: Town, role: str) -> Scope:
    """Return the scope that a role has in these tests: the widest it may have at one provider."""
    kind = kind_of(role)
    ids = {
        ScopeKind.OWN_GROUPS: town.centrum,
        ScopeKind.UNIT: town.centrum,
        ScopeKind.PROVIDER: town.own,
        ScopeKind.ORGANISER: town.organiser,
    }
    return Scope(kind, ids.get(kind))


def kind_of(role: str) -> ScopeKind:
    """Return how far a role reaches in these tests."""
    known = {
        "grading_teacher": ScopeKind.OWN_GROUPS,
        "principal": ScopeKind.UNIT,
        "adult_education_centre": ScopeKind.ORGANISER,
        "system_administrator": ScopeKind.EVERYTHING,
    }
    return known.get(role, ScopeKind.PROVIDER)


def _client(town: Town, role: str, person_id: UUID | None) -> Client:
    user = builders.account(f"konto-{role}", role, scope_of(town, role))
    if person_id:
        link_account(actor=PROGRAM, person_id=person_id, user_id=user.id)
    client = Client()
    client.force_login(user)
    return client


def _side(town: Town, provider: UUID, unit: UUID, course: UUID, teacher: UUID) -> Side:
    group = create_exam_group(
        actor=PROGRAM,
        unit_id=unit,
        course_id=course,
        term=HT26,
        grading_teacher_id=teacher,
        today=TODAY,
    )
    person = town.person(at=provider)
    place_protected(town, provider, group.id)
    placement = place_student(
        actor=PROGRAM, group_id=group.id, person_id=person.id, exam_date=EXAM_DAY, today=TODAY
    )
    request = send_request(
        actor=PROGRAM,
        group_id=group.id,
        identity_number=next(town.numbers),
        given_name="Ny",
        family_name="Person",
        exam_date=TODAY,
        today=TODAY,
    )
    ids = {
        "organiser_id": town.organiser,
        "provider_id": provider,
        "unit_id": unit,
        "duty_id": duty_of(teacher),
        "staff_id": teacher,
        "group_id": group.id,
        "person_id": person.id,
        "placement_id": placement.id,
        "case_id": identity_case(town, provider),
        "decision_id": _decision(group, teacher, town.person("Dag", at=provider).id),
        "request_id": request.id,
        **_catalogue(unit, teacher),
        "order_id": _order(unit),
        **_archived(unit),
        "extract_id": _extract(town, unit, person.id),
        "batch_id": _batch(town, unit),
        **_imports(town, provider),
        "user_id": builders.account(f"konto-{unit.hex}").id,
        "client_id": stored_client(unit),
        "comparison_id": _comparison(town, provider),
        **stored_reports(town, unit),
    }
    return Side(unit, town.organiser, group, ids)


def _decision(group: ExamGroup, teacher: UUID, person: UUID) -> UUID:
    placement = place_student(
        actor=PROGRAM, group_id=group.id, person_id=person, exam_date=EXAM_DAY, today=TODAY
    )
    (decision,) = decide_grades(
        actor=builders.actor("grading_teacher", ScopeKind.OWN_GROUPS, group.unit_id, teacher),
        group_id=group.id,
        values={placement.id: "D"},
        submission=uuid4(),
        today=TODAY,
    )
    return decision.id


def _catalogue(unit: UUID, teacher: UUID) -> dict[str, UUID]:
    """Store what the teacher decided as a final catalogue, signed on a scanned page, and a copy."""
    stored, _new = StoredDocument.objects.get_or_create(
        sha256=hashlib.sha256(PDF).hexdigest(),
        media_type="application/pdf",
        content=PDF,
        size=len(PDF),
        defaults={"stored_at": datetime.now(UTC)},
    )
    content = papers.catalogue(papers.sheet([papers.row(1, papers.Name("Ek", "Dag"))])).to_json()
    catalogue = GradeCatalogue.objects.create(
        unit_id=unit,
        year=2026,
        season="HT",
        part=GradeCatalogue.Part.ORDINARY,
        teacher_id=teacher,
        version=1,
        preliminary=False,
        document_id=f"BK-{unit}"[:40],
        content=content,
        content_sha256=hashlib.sha256(content.encode()).hexdigest(),
        stored=stored,
        decisions=1,
        pages=1,
        issued_on=TODAY,
        made_at=datetime.now(UTC),
        made_by_name="Testet",
    )
    facts = {"catalogue": catalogue, "role": "LÄRARE"}
    CatalogueSigner.objects.create(
        **facts, place=0, person_id=teacher, name="Testet", decisions=1, courses="Matematik 3b"
    )
    signature = CatalogueSignature.objects.create(
        **facts,
        signer_id=teacher,
        signer_name="Testet",
        method=CatalogueSignature.Method.PAPER,
        signed_on=TODAY,
        document=stored,
        registered_by_account="test",
        registered_by_name="Testet",
        registered_at=datetime.now(UTC),
    )
    copy = CatalogueCopy.objects.create(
        catalogue=catalogue,
        number=1,
        reason="Borta",
        note="{}",
        stored=stored,
        submission=uuid4(),
        made_at=datetime.now(UTC),
        made_by_name="Testet",
    )
    return {
        "catalogue_id": catalogue.id,
        "signature_id": signature.id,
        "copy_id": copy.id,
        "signing_id": _signing(catalogue.id, teacher),
    }


def _imports(town: Town, provider: UUID) -> dict[str, UUID]:
    """Store an import of each kind that waits to be read through."""
    return {f"{key}_import_id": _import(town, provider, key) for key in KINDS}


def _import(town: Town, provider: UUID, key: str) -> UUID:
    """Store an import with its file, as an upload does."""
    now = datetime.now(UTC)
    staged = StagedImport.objects.create(
        kind=key,
        organiser_id=town.organiser,
        provider_id=None if KINDS[key].wide else provider,
        status="ready",
        submission=uuid4(),
        file_name="fil.csv",
        sha256="",
        size=1,
        uploaded_at=now,
        uploaded_by_account="test",
        uploaded_by_name="Testet",
        asked_by_account="test",
        asked_by_name="Testet",
        progress_at=now,
    )
    ImportFile.objects.create(staged=staged, content=b"A")
    return staged.id


def _comparison(town: Town, provider: UUID) -> UUID:
    """Store a comparison that somebody has asked for."""
    now = datetime.now(UTC)
    return Comparison.objects.create(
        organiser_id=town.organiser,
        provider_id=provider,
        stored=False,
        status="done",
        submission=uuid4(),
        asked_at=now,
        asked_by_account="test",
        asked_by_name="Testet",
        progress_at=now,
        expires_on=date.max,
    ).id


def _archived(unit: UUID) -> dict[str, UUID]:
    """Store a delivery with its list, and a package."""
    stored = StoredDocument.objects.get(sha256=hashlib.sha256(PDF).hexdigest())
    now = datetime.now(UTC)
    delivery = Delivery.objects.create(
        unit_id=unit,
        year=2026,
        number=1,
        document_id=f"LEV-{unit}"[:40],
        made_at=now,
        made_by_name="Testet",
    )
    step = DeliveryStep.objects.create(
        delivery=delivery,
        number=1,
        kind=DeliveryStep.Kind.PREPARED,
        day=TODAY,
        taken_at=now,
        taken_by_account="test",
        taken_by_name="Testet",
        submission=uuid4(),
    )
    part = GradeCatalogue.Part.ORDINARY
    made = DeliveryList.objects.create(
        step=step, part=part, content="{}", content_sha256="", stored=stored, rows=1, pages=1
    )
    package = ArchivePackage.objects.create(
        unit_id=unit,
        year=2026,
        season="HT",
        part=part,
        number=1,
        package_id=f"SIP-{unit}",
        stored=stored,
        decisions=1,
        files=1,
        made_at=now,
        made_by_name="Testet",
    )
    return {"delivery_id": delivery.id, "list_id": made.id, "package_id": package.id}


def _signing(catalogue: UUID, teacher: UUID) -> UUID:
    report = {"checked_at": "2026-11-25T12:00:00+00:00", "sha256": "", "signatures": []}
    SignatureCheck.objects.create(
        catalogue_id=catalogue,
        document=StoredDocument.objects.get(sha256=hashlib.sha256(PDF).hexdigest()),
        checked_at=datetime.now(UTC),
        valid=False,
        report=json.dumps({"report": report | {"fault": ""}, "findings": []}),
    )
    return SigningOrder.objects.create(
        catalogue_id=catalogue,
        signer_id=teacher,
        role="LÄRARE",
        status=SigningOrder.Status.DONE,
        submission=uuid4(),
        ordered_at=datetime.now(UTC),
        ordered_by_account="test",
        ordered_by_name="Testet",
        finished_at=datetime.now(UTC),
    ).id


def _extract(town: Town, unit: UUID, person: UUID) -> UUID:
    content = samples.extract().to_json()
    return Extract.objects.create(
        person_id=person,
        organiser_id=town.organiser,
        unit_id=unit,
        document_id=f"UT-{unit}"[:40],
        content=content,
        content_sha256=hashlib.sha256(content.encode()).hexdigest(),
        stored=StoredDocument.objects.get(sha256=hashlib.sha256(PDF).hexdigest()),
        pages=1,
        english=False,
        principal_name="Rut Rektor",
        issued_on=TODAY,
        issued_at=datetime.now(UTC),
        issued_by_account="test",
        issued_by_name="Testet",
        submission=uuid4(),
    ).id


def _batch(town: Town, unit: UUID) -> UUID:
    return ExtractOrder.objects.create(
        organiser_id=town.organiser,
        unit_id=unit,
        english=False,
        with_fails=False,
        sees_protected=False,
        status=ExtractOrder.Status.DONE,
        submission=uuid4(),
        ordered_at=datetime.now(UTC),
        ordered_by_account="test",
        ordered_by_name="Testet",
        progress_at=datetime.now(UTC),
        finished_at=datetime.now(UTC),
    ).id


def _order(unit: UUID) -> UUID:
    return CatalogueOrder.objects.create(
        unit_id=unit,
        year=2026,
        season="HT",
        status=CatalogueOrder.Status.DONE,
        submission=uuid4(),
        ordered_at=datetime.now(UTC),
        ordered_by_account="test",
        ordered_by_name="Testet",
        finished_at=datetime.now(UTC),
    ).id
