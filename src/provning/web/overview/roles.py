"""What waits of roles: those to go through, and those that wait for a second person."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.organisation.role_places import PlacedProposal
from provning.organisation.role_reviews import ReviewRow
from provning.web.pieces import Task


def role_tasks(proposals: Sequence[PlacedProposal], reviews: Sequence[ReviewRow]) -> list[Task]:
    """Tell of roles to approve, which somebody waits for, and of roles to go through."""
    found = [_approve(proposals)] if proposals else []
    return [*found, _review(reviews)] if reviews else found


def _approve(rows: Sequence[PlacedProposal]) -> Task:
    title = ngettext("Roll att godkänna", "Roller att godkänna", len(rows))
    wanted = rows[0].proposal.wanted
    text = _("{who} ska få rollen {role}. Den gäller inte förrän du har godkänt den.").format(
        who=wanted.name, role=wanted.held.name
    )
    return Task(len(rows), title, text, "open", reverse("roles:list"), _("Läs förslaget"))


def _review(rows: Sequence[ReviewRow]) -> Task:
    title = ngettext("Roll att granska", "Roller att granska", len(rows))
    text = _("Ingen har granskat i tid. Äldsta sista dag var {day}.").format(day=rows[0].due)
    return Task(len(rows), title, text, "soon", reverse("roles:review"), _("Granska"))
