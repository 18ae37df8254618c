"""How issued extracts stand: whether what they say is still so, in a few queries for any number."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from provning.extracts import rules
from provning.extracts.models import Extract, ExtractDecision
from provning.extracts.rows import Change, ExtractRow, ExtractState
from provning.grading.models import GradeDecision
from provning.grading.queries import person_decisions
from provning.grading.rows import DecisionRow


def live_originals() -> QuerySet[Extract]:
    """Return the extracts that are neither replaced nor copies of others."""
    return Extract.objects.filter(replaced_by__isnull=True, copy_of__isnull=True)


def touched(extracts: QuerySet[Extract]) -> QuerySet[Extract]:
    """Keep the extracts whose person has had a grade decided after they were issued.

    Whatever makes an extract out of date is a decision: a rättelse, an ändring, a higher level.
    """
    later = GradeDecision.objects.filter(
        placement__person=OuterRef("person"), decided_at__gt=OuterRef("issued_at")
    )
    return extracts.filter(Exists(later))


def changes_of(extracts: Iterable[Extract]) -> dict[UUID, tuple[Change, ...]]:
    """Return what has changed of each extract's grades, by extract; four queries at most."""
    found = {each.id: each for each in extracts}
    held: defaultdict[UUID, list[tuple[UUID, bool]]] = defaultdict(list)
    chosen = ExtractDecision.objects.filter(extract__in=found).order_by("pk")
    for extract_id, decision_id, replaced in chosen.values_list(
        "extract_id", "decision_id", "replaced"
    ):
        held[extract_id].append((decision_id, replaced))
    decisions = person_decisions(each.person_id for each in found.values())
    return {
        key: rules.changes_since(held[key], by_id(decisions.get(each.person_id, ())))
        for key, each in found.items()
    }


def extract_rows(extracts: QuerySet[Extract]) -> list[ExtractRow]:
    """Return the extracts with how they stand, in the order of the query; five queries at most."""
    found = list(
        extracts.defer("content", "stored__content")
        .select_related(
            "organiser", "unit", "replaces", "replaced_by", "copy_of", "copy_of__replaced_by"
        )
        .annotate(grades=Count("chosen"))
    )
    changes = changes_of(found)
    return [_row(each, each.grades, changes[each.id]) for each in found]


def by_id(rows: Sequence[DecisionRow]) -> dict[UUID, DecisionRow]:
    """Return a person's decisions by their ids."""
    return {row.id: row for row in rows}


def replaced_by_of(extract: Extract) -> Extract | None:
    """Return the extract that has taken the place of one, or of its original."""
    original = extract.copy_of or extract
    later: Extract | None = getattr(original, "replaced_by", None)
    return later


def _row(extract: Extract, grades: int, changes: tuple[Change, ...]) -> ExtractRow:
    later = replaced_by_of(extract)
    state = ExtractState.OUTDATED if changes else ExtractState.VALID
    return ExtractRow(
        id=extract.id,
        person_id=extract.person_id,
        document_id=extract.document_id,
        issuer_name=extract.unit.name if extract.unit else extract.organiser.name,
        issued_on=extract.issued_on,
        issued_by_name=extract.issued_by_name,
        english=extract.english,
        grades=grades,
        pages=extract.pages,
        sha256=extract.stored_id,
        state=ExtractState.VOID if later else state,
        changes=changes,
        copy_of=extract.copy_of.document_id if extract.copy_of else "",
        replaces=extract.replaces.document_id if extract.replaces else "",
        replaced_by=later.document_id if later else "",
        reason=extract.reason,
    )
