"""Everything that already carries a person: papers, files, deliveries and those who fetched.

For programs: no actor and no scope. What is found is told by its own name or number, never by the
person's.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from django.db.models import Q

from provning.archive.models import ArchivePackage, DeliveryItem
from provning.catalogues.models import GradeCatalogue
from provning.clients.models import ApiClient, ClientCall
from provning.exams.models import Placement
from provning.extracts.models import Extract
from provning.feeds.models import ExternalList
from provning.imports.models import StagedImport, StagedRow
from provning.kernel.identity import parse_identity_number
from provning.people.models import Duty, Enrolment, PersonNumber
from provning.privacy.models import Carrier
from provning.privacy.rows import Found
from provning.reporting.models import AuthorityExtract
from provning.reporting.queries import exports_with_person

Kind = Carrier.Kind
READS_PERSONS = Q(data_classes__contains="persons") | Q(data_classes__contains="betyg")
OK = 200


def carriers_of(person_id: UUID) -> list[Found]:
    """Return everything that carries the person today; a handful of queries for any number."""
    catalogues = _catalogues(person_id)
    return [
        *(_found(Kind.CATALOGUE, each.pk, each.document_id) for each in catalogues),
        *_extracts(person_id),
        *_deliveries({each.pk for each in catalogues}),
        *_packages(catalogues),
        *_reports(person_id),
        *_files(person_id),
        *_clients(person_id),
    ]


def _found(kind: str, key: object, label: str) -> Found:
    return Found(kind, str(key), label)


def _catalogues(person_id: UUID) -> list[GradeCatalogue]:
    """Return the versions of the ordinary part that print a number the person has had."""
    numbers = {
        parse_identity_number(number, today=date.max).display
        for number in PersonNumber.objects.filter(person=person_id).values_list("number", flat=True)
    }
    places = Placement.objects.filter(person=person_id).values_list(
        "group__unit_id", "group__year", "group__season"
    )
    where = Q(pk__in=())
    for unit_id, year, season in set(places):
        where |= Q(unit_id=unit_id, year=year, season=season)
    found = GradeCatalogue.objects.filter(where, part=GradeCatalogue.Part.ORDINARY)
    versions = found.order_by("made_at", "pk")
    return [each for each in versions if any(number in each.content for number in numbers)]


def _extracts(person_id: UUID) -> Iterator[Found]:
    for each in Extract.objects.filter(person=person_id).order_by("issued_at"):
        yield _found(Kind.EXTRACT, each.pk, each.document_id)


def _deliveries(catalogue_ids: set[UUID]) -> Iterator[Found]:
    items = DeliveryItem.objects.filter(catalogue__in=catalogue_ids)
    rows = items.values_list("step__delivery_id", "step__delivery__document_id").distinct()
    for key, name in sorted(rows, key=lambda row: str(row[1])):
        yield _found(Kind.DELIVERY, key, name)


def _packages(catalogues: Iterable[GradeCatalogue]) -> Iterator[Found]:
    where = Q(pk__in=())
    for unit_id, year, season in {(each.unit_id, each.year, each.season) for each in catalogues}:
        where |= Q(unit_id=unit_id, year=year, season=season)
    packages = ArchivePackage.objects.filter(where, part=GradeCatalogue.Part.ORDINARY)
    for each in packages.order_by("package_id"):
        yield _found(Kind.PACKAGE, each.pk, each.package_id)


def _reports(person_id: UUID) -> Iterator[Found]:
    """Give files for authorities with the person's lines, and files that have left."""
    lines = AuthorityExtract.objects.filter(lines__placement__person=person_id).distinct()
    for each in lines.order_by("made_at"):
        yield _found(Kind.REPORT, each.pk, each.document_id)
    for export in exports_with_person(person_id):
        label = f"{export.document_id}, {export.receiver}, {export.sent_on}"
        yield _found(Kind.SENT, export.pk, label)


def _files(person_id: UUID) -> Iterator[Found]:
    """Give uploaded files that are still kept, and lists of grades from elsewhere."""
    rows = StagedRow.objects.filter(person_id=person_id).values("staged_id")
    for each in StagedImport.objects.filter(pk__in=rows).order_by("uploaded_at"):
        yield _found(Kind.IMPORT, each.pk, f"{each.file_name}, {each.uploaded_at:%Y-%m-%d}")
    for listed in ExternalList.objects.filter(person=person_id).select_related("batch"):
        label = f"{listed.batch.source_system}, {listed.batch.read_at:%Y-%m-%d}"
        yield _found(Kind.EXTERNAL, listed.pk, label)


def _clients(person_id: UUID) -> Iterator[Found]:
    """Give the clients that have called and reach the person: they may have fetched them."""
    enrolled = Enrolment.objects.filter(person=person_id).values_list(
        "unit_id", "provider_id", "provider__organiser_id"
    )
    placed = Placement.objects.filter(person=person_id).values_list(
        "group__unit_id", "group__unit__provider_id", "group__unit__provider__organiser_id"
    )
    serving = Duty.objects.filter(person=person_id).values_list(
        "unit_id", "unit__provider_id", "unit__provider__organiser_id"
    )
    places = {key for row in (*enrolled, *placed, *serving) for key in row}
    called = ClientCall.objects.filter(status=OK).values("client_id")
    clients = ApiClient.objects.filter(
        READS_PERSONS,
        Q(reach__scope_kind="everything") | Q(reach__scope_id__in=places),
        pk__in=called,
    ).distinct()
    for each in clients.order_by("name"):
        yield _found(Kind.CLIENT, each.pk, each.name)
