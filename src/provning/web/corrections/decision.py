"""One decision: what it says, what has happened to it, and what it has made out of date."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from provning.exams.policies import may_on_group
from provning.grading.consequences import Consequence, consequences_of
from provning.grading.queries import grade_story
from provning.grading.rows import GradeStory
from provning.kernel.actors import Permission
from provning.web.clock import today
from provning.web.corrections.sentences import story_items
from provning.web.grades.student import particular_facts
from provning.web.permissions import screen
from provning.web.pieces import ChecklistItem
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.students.person import short_name

GRADING = (Permission.DRAFT_GRADES, Permission.DECIDE_GRADES)
# Where each kind of consequence is seen to: the address, whether it takes the key, and who may.
WAYS = {
    "catalogue": ("catalogues:list", False, (Permission.VIEW_CATALOGUES,)),
    "extract": ("extracts:reissue", True, (Permission.ISSUE_EXTRACTS,)),
    "sent_export": ("reporting:sent", False, (Permission.MAKE_REPORTS,)),
    "delivery": (
        "deliveries:detail",
        True,
        (Permission.SEND_DELIVERIES, Permission.RECEIVE_DELIVERIES),
    ),
}


@dataclass(frozen=True, slots=True)
class Way:
    """The way to the decision from where the actor works: a label and an address each."""

    label: str
    url: str


@screen(permission=Permission.VIEW_GROUPS, methods=("GET", "HEAD"))
def decision(request: ScreenRequest, decision_id: UUID) -> HttpResponse:
    """Show the decision with its story."""
    story = grade_story(request.actor, decision_id)
    return page(request, "corrections/decision.html", decision_context(request, story))


def decision_context(request: ScreenRequest, story: GradeStory) -> dict[str, object]:
    """Return what the decision's own page and the pages of the two acts are shown with."""
    row = story.decision
    found = consequences_of(request.actor, story.chain, today()) if row.stands else []
    return {
        "story": story,
        "decision": row,
        "placement": story.placement,
        "person_name": short_name(story.placement.person),
        "ways": _ways(request, story),
        "state": "replaced" if story.covering or not row.stands else "decided",
        "with_names": ", ".join(name for _key, name in row.joint),
        "facts": particular_facts(row.particulars) if story.tells_all else [],
        "events": story_items(story),
        "consequences": [_item(request, each) for each in found],
        "may_amend": bool(story.amends_as) and bool(higher_values(story)),
    }


def higher_values(story: GradeStory) -> tuple[str, ...]:
    """Return the values that an ändring may raise the grade to, the best first."""
    row = story.decision
    scale = story.course.scale_on(row.exam_date)
    if scale is None or scale.id != row.scale_id or row.value not in scale.values:
        return ()
    return scale.values[: scale.values.index(row.value)]


def _ways(request: ScreenRequest, story: GradeStory) -> list[Way]:
    """Return the way here: through the person, else through the group's grades, else the group."""
    person, group = story.placement.person, story.group
    if request.actor.may(Permission.VIEW_PERSONS):
        plan = reverse("students:detail", args=[person.id])
        return [Way(_("Elever"), reverse("students:search")), Way(short_name(person), plan)]
    if any(may_on_group(request.actor, each, group) for each in GRADING):
        sheet = reverse("grades:sheet", args=[group.id])
        return [Way(_("Betyg"), reverse("grades:list")), Way(group.name, sheet)]
    return [Way(_("Prövningsgrupper"), reverse("groups:list"))]


def _item(request: ScreenRequest, each: Consequence) -> ChecklistItem:
    """Return a consequence as something that remains or is done, with the way to do it."""
    text = _(each.message).format(**each.params)
    if each.done:
        return ChecklistItem("done", _("Klart"), text)
    return ChecklistItem("soon", _("Kvar"), text, _link(request, each))


def _link(request: ScreenRequest, each: Consequence) -> SafeString | str:
    """Return the way to where it is seen to, "" where there is none for the actor."""
    if each.kind not in WAYS:
        return ""
    name, takes_key, permissions = WAYS[each.kind]
    if not any(request.actor.may(permission) for permission in permissions):
        return ""
    address = reverse(name, args=[each.key] if takes_key else [])
    words = {
        "catalogue": _("Till betygskatalogerna"),
        "extract": _("Utfärda nytt utdrag"),
        "sent_export": _("Till de lämnade filerna"),
        "delivery": _("Till leveransen"),
    }
    return format_html('<a href="{}">{}</a>', address, words[each.kind])
