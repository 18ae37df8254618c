"""What the pages of one group share: its head and its tabs."""

from dataclasses import replace
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from provning.exams.policies import may_on_group
from provning.exams.queries import GroupRow, group_for
from provning.grading.queries import decided_counts
from provning.kernel.actors import Actor, Permission
from provning.people.queries import PersonRow
from provning.web import markup
from provning.web.pieces import Tab

PLACEMENTS, GRADES, FACTS, HISTORY = "detail", "grades", "facts", "history"


def counted_group(actor: Actor, group_id: UUID) -> GroupRow:
    """Return a group the actor may see with its decided grades; raises `NotFoundError`."""
    group = group_for(actor, group_id)
    return replace(group, decided=decided_counts([group_id]).get(group_id, 0))


def frame(actor: Actor, group: GroupRow, current: str) -> dict[str, object]:
    """Return what the head and the tabs of a group's page are shown with."""
    return {
        "group": group,
        "title": title(group),
        "tabs": tabs(group, current),
        "grades_url": grades_url(group),
        "may_edit": may_on_group(actor, Permission.EDIT_GROUPS, group),
        "may_place": may_on_group(actor, Permission.PLACE_PERSONS, group),
        "may_grade": any(
            may_on_group(actor, each, group)
            for each in (Permission.DRAFT_GRADES, Permission.DECIDE_GRADES)
        ),
    }


def title(group: GroupRow) -> SafeString:
    """Return the group's name in parts."""
    return markup.group_name(group.name, group.course_code)


def tabs(group: GroupRow, current: str) -> list[Tab]:
    """Return the group's parts; the grades have their own area."""
    parts: list[tuple[str, str, str | int]] = [
        (PLACEMENTS, _("Placeringar"), group.placed),
        (FACTS, _("Uppgifter"), ""),
        (HISTORY, _("Historik"), ""),
    ]
    shown = [
        Tab(label, reverse(f"groups:{name}", args=[group.id]), name == current, count)
        for name, label, count in parts
    ]
    count = _("{n} av {total} beslutade").format(n=group.decided, total=group.placed)
    grades = Tab(_("Betyg"), grades_url(group), current == GRADES, count if group.placed else "")
    return [shown[0], grades, *shown[1:]]


def grades_url(group: GroupRow) -> str:
    """Return where the group's grades are registered."""
    return reverse("grades:sheet", args=[group.id])


def person_cell(person: PersonRow, *, linked: bool) -> SafeString:
    """Show a person with the number under the name, as a link for who may open the study plan."""
    shown = markup.person_name(person)
    if linked:
        url = reverse("students:detail", args=[person.id])
        shown = format_html('<a href="{}">{}</a>', url, shown)
    return format_html("{}<small>{}</small>", shown, markup.person_number(person))
