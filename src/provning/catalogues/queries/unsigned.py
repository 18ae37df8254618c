"""Reading which catalogues somebody has not signed yet: for teacher, provider and huvudman."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from provning.catalogues.models import CatalogueSignature, CatalogueSigner, GradeCatalogue
from provning.catalogues.queries.signatures import STANDING
from provning.catalogues.rows import UnsignedRow
from provning.grading.models import GradeDecision
from provning.kernel.actors import Actor, Permission
from provning.kernel.swedish import sort_key
from provning.kernel.terms import Season, Term
from provning.organisation.queries import unit_scope
from provning.people.models import Person

UNIT = "catalogue__unit"


def unsigned_catalogues(actor: Actor) -> list[UnsignedRow]:
    """Return the newest final versions where a signature is missing, the oldest term first.

    Whoever may see the catalogue sees everybody who is missing; a teacher sees their own catalogues
    and themselves alone. The protected part is there for those who may see it, and for its own
    teacher. A part that no decision belongs to any more is never signed. Three queries.
    """
    missing: defaultdict[UUID, list[CatalogueSigner]] = defaultdict(list)
    for signer in _missing(actor):
        missing[signer.catalogue_id].append(signer)
    counts = dict(
        CatalogueSigner.objects.filter(_seen(actor), catalogue_id__in=missing)
        .values_list("catalogue_id")
        .annotate(number=Count("pk"))
    )
    rows = [_row(signers, counts.get(key, 0)) for key, signers in missing.items()]
    return sorted(rows, key=lambda row: (row.term, sort_key(row.unit_name), row.document_id))


def _row(missing: list[CatalogueSigner], signers: int) -> UnsignedRow:
    catalogue = missing[0].catalogue
    return UnsignedRow(
        catalogue_id=catalogue.id,
        document_id=catalogue.document_id,
        unit_id=catalogue.unit_id,
        unit_name=catalogue.unit.name,
        provider_name=catalogue.unit.provider.name,
        term=Term(catalogue.year, Season(catalogue.season)),
        part_label=str(GradeCatalogue.Part(catalogue.part).label),
        issued_on=catalogue.issued_on,
        missing=tuple(signer.name for signer in missing),
        signers=signers,
    )


def _missing(actor: Actor) -> QuerySet[CatalogueSigner]:
    """Return the lines without a signature in the newest versions, as the actor may see them."""
    standing = CatalogueSignature.objects.filter(
        Q(signer=OuterRef("person"), role=OuterRef("role"), in_place_of__isnull=True)
        | Q(in_place_of=OuterRef("person")),
        catalogue=OuterRef("catalogue"),
        **STANDING,
    )
    own = Q(person_id=actor.person_id) & unit_scope(actor, Permission.SIGN_CATALOGUES, UNIT)
    lines = CatalogueSigner.objects.filter(
        _seen(actor) | own if actor.person_id else _seen(actor),
        ~Exists(standing),
        catalogue_id__in=_newest(actor),
    )
    return lines.select_related("catalogue__unit__provider").order_by("catalogue_id", "place")


def _seen(actor: Actor) -> Q:
    """Return the filter of the lines that the actor sees as one who may see the catalogue."""
    seen = unit_scope(actor, Permission.VIEW_CATALOGUES, UNIT)
    hidden = Q(catalogue__part=GradeCatalogue.Part.PROTECTED)
    return seen & (~hidden | unit_scope(actor, Permission.VIEW_PROTECTED, UNIT))


def _newest(actor: Actor) -> list[UUID]:
    """Return the newest final version of each series that some decision still belongs to."""
    scope = unit_scope(actor, Permission.VIEW_CATALOGUES)
    scope |= unit_scope(actor, Permission.SIGN_CATALOGUES)
    decided = GradeDecision.objects.filter(
        placement__group__unit=OuterRef("unit"),
        placement__group__year=OuterRef("year"),
        placement__group__season=OuterRef("season"),
    )
    open_persons = Q(placement__person__protection=Person.Protection.NONE)
    protected = Q(part=GradeCatalogue.Part.PROTECTED)
    alive = (protected & Exists(decided.exclude(open_persons))) | (
        ~protected & Exists(decided.filter(open_persons))
    )
    found = GradeCatalogue.objects.filter(scope, alive, preliminary=False).order_by("version")
    fields = ("pk", "unit_id", "year", "season", "part", "teacher_id")
    return list({tuple(series): key for key, *series in found.values_list(*fields)}.values())
