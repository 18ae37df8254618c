"""Reading what other systems have decided: for a person's page, and against a new reading."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from django.db.models import Max, Prefetch, QuerySet

from provning.betygxml.rows import (
    CourseGrade,
    DeciderRole,
    Deciders,
    GradeRow,
    SubjectGrade,
    SubjectTerm,
)
from provning.courses.models import Course
from provning.extracts.rows import ExternalGrade, PersonCompilation
from provning.feeds.models import ExternalDecision, ExternalIdentity, ExternalList
from provning.feeds.rows import HeldList
from provning.kernel.actors import Actor, Permission
from provning.kernel.course_codes import course_key
from provning.people.models import Person
from provning.people.queries import person_scope


def external_grades(actor: Actor, person_id: UUID) -> list[ExternalGrade]:
    """Return what other systems say now that the person has, the newest grade first.

    For who sees the person; three queries. Nothing here is a decision of ours.
    """
    seen = Person.objects.filter(person_scope(actor, Permission.VIEW_PERSONS), pk=person_id)
    decisions = list(
        ExternalDecision.objects.filter(
            listed__in=_newest(ExternalList.objects.filter(person__in=seen))
        )
        .select_related("listed__batch")
        .order_by("-decided_on", "course_code", "subject", "pk")
    )
    names = _course_names(each.course_code for each in decisions)
    return [_external_grade(each, names) for each in decisions]


def with_external(actor: Actor, found: PersonCompilation) -> PersonCompilation:
    """Return the compilation with what other systems say of the person; three queries."""
    return replace(found, external=tuple(external_grades(actor, found.details.row.id)))


def held_lists(organiser_id: UUID, source_system: str, keys: Iterable[str]) -> dict[str, HeldList]:
    """Return what is held of the students that the other system calls so; three queries.

    Whose a list is follows from the newest list of the key, else from what a snapshot of persons
    has told.
    """
    wanted = set(keys)
    told = ExternalIdentity.objects.filter(
        organiser=organiser_id, source_system=source_system, student_key__in=wanted
    ).order_by("pk")
    found = {each.student_key: HeldList(each.person_id, None) for each in told}
    lists = ExternalList.objects.filter(
        batch__organiser=organiser_id, batch__source_system=source_system, student_key__in=wanted
    )
    decisions = Prefetch("decisions", ExternalDecision.objects.order_by("position"))
    for each in _newest(lists).prefetch_related(decisions):
        rows = tuple(grade_row(one) for one in each.decisions.all())
        found[each.student_key] = HeldList(each.person_id, rows)
    return found


def grade_row(decision: ExternalDecision) -> GradeRow:
    """Return a stored grade as the file had it."""
    deciders = Deciders(DeciderRole(decision.decider_role), tuple(decision.deciders.split("\n")))
    if not decision.deciders:
        deciders = Deciders(DeciderRole(decision.decider_role))
    if decision.course_code:
        return CourseGrade(
            value=decision.value,
            date=decision.decided_on,
            trial=decision.trial,
            group=decision.group_key,
            school=decision.school_key,
            deciders=deciders,
            school_type=decision.school_type,
            course_code=decision.course_code,
            assessment=decision.assessment,
        )
    term = SubjectTerm(decision.season, decision.year) if decision.year is not None else None
    return SubjectGrade(
        value=decision.value,
        date=decision.decided_on,
        trial=decision.trial,
        group=decision.group_key,
        school=decision.school_key,
        deciders=deciders,
        school_type=decision.school_type,
        subject=decision.subject,
        language=decision.language,
        term=term,
        final=decision.final,
    )


def _newest(lists: QuerySet[ExternalList]) -> QuerySet[ExternalList]:
    """Return the newest list of each student in each source, among those not taken back."""
    standing = lists.filter(batch__withdrawal__isnull=True).order_by()
    newest = standing.values("batch__organiser", "batch__source_system", "student_key").annotate(
        newest=Max("number")
    )
    return ExternalList.objects.filter(number__in=newest.values("newest"))


def _course_names(codes: Iterable[str]) -> Mapping[str, str]:
    """Return the register's names of the courses, by key."""
    keys = {course_key(code) for code in codes if code}
    return dict(Course.objects.filter(key__in=keys).values_list("key", "name"))


def _external_grade(decision: ExternalDecision, names: Mapping[str, str]) -> ExternalGrade:
    """Return a grade as a person's page shows it."""
    batch = decision.listed.batch
    subject = f"{decision.subject} {decision.language}".strip()
    return ExternalGrade(
        source_system=batch.source_system,
        read_at=batch.read_at,
        course=decision.course_code or subject,
        course_name=names.get(course_key(decision.course_code), "") if decision.course_code else "",
        value=decision.value,
        decided_on=decision.decided_on,
        trial=decision.trial,
        assessment=decision.assessment,
        school_type=decision.school_type,
        decider=decision.decider_role,
    )
