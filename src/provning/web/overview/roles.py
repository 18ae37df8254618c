"""What waits of roles: those to go through, and those that wait for a second person."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.accounts.queries import ManagedAccount
from provning.kernel.actors import Actor
from provning.organisation.role_places import PlacedProposal
from provning.organisation.role_reviews import ReviewRow
from provning.people.queries import accounts_without_person
from provning.web.accounts.reach import places_of
from provning.web.pieces import Task


def unlinked_for(actor: Actor, today: date) -> list[ManagedAccount]:
    """Return the accounts in reach that decide grades and are nobody's, but for the actor's own."""
    found = accounts_without_person(actor, places_of(actor), today)
    return [each for each in found if str(each.id) != actor.id]


def role_tasks(
    proposals: Sequence[PlacedProposal],
    reviews: Sequence[ReviewRow],
    unlinked: Sequence[ManagedAccount],
) -> list[Task]:
    """Tell of roles to approve, accounts that wait to be somebody's, and roles to go through."""
    found = [
        _approve(proposals) if proposals else None,
        _unlinked(unlinked) if unlinked else None,
        _review(reviews) if reviews else None,
    ]
    return [each for each in found if each]


def _unlinked(rows: Sequence[ManagedAccount]) -> Task:
    """Tell of accounts that decide grades by a role and cannot; one leads to its page."""
    title = ngettext("Konto utan person", "Konton utan person", len(rows))
    text = _("{who} kan inte besluta eller rätta betyg förrän kontot hör till en person.").format(
        who=rows[0].name
    )
    url = reverse("accounts:detail", args=[rows[0].id])
    if len(rows) > 1:
        text = _("De kan inte besluta eller rätta betyg förrän kontot hör till en person.")
        url = f"{reverse('accounts:list')}?state=utan-person"
    return Task(len(rows), title, text, "soon", url, _("Koppla"))


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
