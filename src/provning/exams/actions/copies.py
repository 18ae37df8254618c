"""Copying a term's groups to the next."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction

from provning.audit.actions import record
from provning.exams.actions.groups import new_group
from provning.exams.actions.locks import held_unit
from provning.exams.events import GROUPS_COPIED
from provning.exams.facts import TermFacts
from provning.exams.models import ExamGroup
from provning.exams.queries.facts import term_facts
from provning.exams.queries.previews import copy_plan
from provning.exams.rows import CopyRow
from provning.kernel.actors import Actor
from provning.kernel.problems import refuse_if
from provning.kernel.terms import Term


@transaction.atomic
def copy_groups(
    *, actor: Actor, unit_id: UUID, from_term: Term, group_ids: Collection[UUID], today: date
) -> list[ExamGroup]:
    """Copy the chosen groups to the next term: course, and teacher when still on duty.

    All or nothing; a problem's field is the id of the group it stands against. Groups that are
    copied already are left as they are, so a second click makes nothing.
    """
    facts = term_facts(held_unit(actor, unit_id), from_term.next())
    rows = copy_plan(actor, facts, from_term, today, group_ids=group_ids)
    refuse_if(problem for row in rows for problem in row.problems)
    groups = [_copy(facts, row) for row in rows if not row.already]
    if groups:
        record(
            GROUPS_COPIED,
            actor=actor,
            subjects=[("exam_group", group.id) for group in groups] + [("unit", unit_id)],
            after={
                "count": len(groups),
                "from_term": from_term.code,
                "term": facts.term.code,
                "names": [group.name for group in groups],
            },
        )
    return groups


def _copy(facts: TermFacts, row: CopyRow) -> ExamGroup:
    """Store one copy."""
    return new_group(
        facts,
        course_id=row.group.course_id,
        number=row.number,
        name=row.name,
        dates=(row.start_date, row.end_date),
        teacher_id=row.teacher_id,
        co_teacher_id=row.co_teacher_id,
        copied_from=row.group.id,
    )
