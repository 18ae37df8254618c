"""Two of the demo's teachers decide a group together, and do not agree about one of its grades."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from provning.accounts.queries import user_by_username
from provning.exams.actions import connect_co_teacher
from provning.exams.queries import GroupRow
from provning.grading.actions import give_opinions, save_draft
from provning.grading.queries import grade_sheet, grades_due
from provning.kernel.actors import Actor
from provning.people.queries import actor_for

FIRST, SECOND, TYPIST = "larare", "larare.tomas", "betyg.vux"
NEEDED = 4


def decide_together(actor: Actor, today: date) -> None:
    """Let a second teacher into a group of the first one's whose exam has been.

    One grade waits for the second teacher's answer and one for the first's, one is a proposal that
    neither has answered, and on one they differ: rektor decides it. Nothing when there is no group
    of that size.
    """
    first, second, typist = (_actor(name, today) for name in (FIRST, SECOND, TYPIST))
    group = _group(first, today)
    if group is None or second.person_id is None:
        return
    connect_co_teacher(
        actor=actor,
        group_id=group.id,
        teacher_id=second.person_id,
        expected_version=group.version,
        today=today,
    )
    rows = grade_sheet(first, group.id, today).rows
    ids = [row.placement.id for row in rows if row.gradable][:NEEDED]
    typed = zip((first, second, first, typist), ids, ("B", "C", "D", "E"), strict=True)
    for who, placement_id, value in typed:
        _type(who, placement_id, value, today)
    _answer(first, group, {ids[0]: "B"}, today)
    _answer(second, group, {ids[1]: "C"}, today)
    _answer(first, group, {ids[2]: "D"}, today)
    _type(second, ids[2], "C", today, seen=1)
    _answer(second, group, {ids[2]: "C"}, today)


def _actor(username: str, today: date) -> Actor:
    user = user_by_username(username)
    assert user is not None  # noqa: S101 # the demo has made the account
    return actor_for(user, today)


def _group(teacher: Actor, today: date) -> GroupRow | None:
    """Return the group of the teacher's that has waited longest, with some to spare."""
    due = grades_due(teacher, today)
    return next((row.group for row in due if row.count > NEEDED), None)


def _type(who: Actor, placement_id: UUID, value: str, today: date, *, seen: int = 0) -> None:
    save_draft(
        actor=who,
        placement_id=placement_id,
        value=value,
        expected_version=seen,
        over_other=True,
        today=today,
    )


def _answer(who: Actor, group: GroupRow, values: Mapping[UUID, str], today: date) -> None:
    give_opinions(actor=who, group_id=group.id, values=values, today=today)
