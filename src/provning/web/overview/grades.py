"""What waits among the grades, and the way to it for each role."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.grading.queries import JointRow, LateRow
from provning.kernel.actors import Actor, Permission
from provning.web.grades.due import IN_TIME, LATE
from provning.web.pieces import Task


def to_grades(actor: Actor, rows: Sequence[LateRow]) -> tuple[str, str]:
    """Return the way to the oldest group's grades, for who types none to the list or the group."""
    oldest = rows[0].group
    if actor.may(Permission.DRAFT_GRADES) and not actor.may(Permission.CORRECT_GRADES):
        return reverse("grades:sheet", args=[oldest.id]), _("Registrera betyg")
    if len(rows) == 1:
        return reverse("groups:detail", args=[oldest.id]), _("Visa gruppen")
    state = LATE if rows[0].late else IN_TIME
    return f"{reverse('grades:due')}?state={state}", _("Visa grupperna")


def joint_tasks(rows: Sequence[JointRow]) -> list[Task]:
    """Return what waits where two decide together: rektor's decision, and one's own answer."""
    disputed = [row for row in rows if row.disputed]
    asked = [row for row in rows if row.asked]
    found = [_disputed(disputed) if disputed else None, _asked(asked) if asked else None]
    return [task for task in found if task is not None]


def _disputed(rows: Sequence[JointRow]) -> Task:
    """Tell rektor of grades that the teachers disagree on."""
    count = sum(row.disputed for row in rows)
    title = ngettext("Betyg som lärarna är oense om", "Betyg som lärarna är oense om", count)
    text = _("{group}: rektor beslutar (skollagen 20 kap. 41 §).").format(group=_named(rows))
    return Task(count, title, text, "soon", _review(rows), _("Granska"))


def _asked(rows: Sequence[JointRow]) -> Task:
    """Tell a teacher of grades that the other has answered."""
    count = sum(row.asked for row in rows)
    title = ngettext(
        "Betyg som väntar på din bedömning", "Betyg som väntar på din bedömning", count
    )
    text = _("{group}: den du beslutar tillsammans med har lämnat sin.").format(group=_named(rows))
    return Task(count, title, text, "soon", _review(rows), _("Granska"))


def _named(rows: Sequence[JointRow]) -> str:
    """Return the names of the groups."""
    return ", ".join(row.group.name for row in rows)


def _review(rows: Sequence[JointRow]) -> str:
    """Return the review of the first group."""
    return reverse("grades:review", args=[rows[0].group.id])
