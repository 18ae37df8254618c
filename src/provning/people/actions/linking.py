"""Whose an account is: said by an administrator, and taken back when it was wrong."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from provning.accounts.actions.reached import reached
from provning.accounts.models import User
from provning.accounts.role_notices import tell_of_link
from provning.audit.actions import record
from provning.audit.conflicts import refuse_if_newer, refused_as
from provning.kernel.actors import Actor, Permission, Scope
from provning.kernel.problems import NotFoundError, refuse_if
from provning.organisation.queries import unit_scope
from provning.people import events, rules
from provning.people.models import Duty, Person

MANAGE = Permission.MANAGE_ACCOUNTS


@transaction.atomic
def link_account(
    *, actor: Actor, person_id: UUID, user_id: UUID, within: Collection[Scope] = ()
) -> Person:
    """Say whose account it is, so that a teacher meets their own groups and decides in them.

    Only who has or has had a duty within the actor's reach is linked, so that an account is never
    an examinee's; `NotFoundError` for anybody else. `within` as in `accounts.actions.reached`.

    Nobody links their own account: whoever may say who they are could give themselves another
    teacher's groups. That costs a small municipality nothing. To decide at all takes a role that
    nobody gives themselves, and rektor's takes two others, so there is somebody to ask; and the
    first administrator, whom the command has made, decides no grades and needs no person.

    What may be done is read anew at every request, so nobody has to sign in again.
    """
    user = reached(actor, user_id, within)
    person = _staff(actor, person_id)
    if person.user_id == user_id:
        return person
    owner = Person.objects.filter(user=user).exclude(pk=person_id)
    refuse_if(
        rules.own_link_problems(actor.id, user_id)
        + rules.account_problems(
            person_has_account=person.user_id is not None, account_has_person=owner.exists()
        )
    )
    person.user = user
    with refused_as(rules.saved_meanwhile()):
        person.save(update_fields=["user"])
    _tell(events.ACCOUNT_LINKED, actor, person, user)
    return person


@transaction.atomic
def unlink_account(
    *,
    actor: Actor,
    user_id: UUID,
    expected_version: int | None = None,
    within: Collection[Scope] = (),
) -> None:
    """Take a wrong link back; `expected_version` is `link_version` as somebody saw it.

    What was decided meanwhile stays as it was decided, by the person it was decided by. An account
    that is nobody's is left alone. Nobody unlinks their own, and `within` is as in `link_account`.
    """
    user = reached(actor, user_id, within)
    person = Person.objects.select_for_update().filter(user=user).first()
    if person is None:
        return
    refuse_if_newer("user", user_id, events.OF_LINKS, expected=expected_version)
    refuse_if(rules.own_link_problems(actor.id, user_id))
    person.user = None
    person.save(update_fields=["user"])
    _tell(events.ACCOUNT_UNLINKED, actor, person, user)


def _staff(actor: Actor, person_id: UUID) -> Person:
    """Return who serves or has served within the actor's reach, locked."""
    duties = Duty.objects.filter(unit_scope(actor, MANAGE), person_id=person_id)
    found = Person.objects.select_for_update().filter(pk=person_id, merged_into__isnull=True)
    person = found.first()
    if person is None or not duties.exists():
        raise NotFoundError
    return person


def _tell(name: str, actor: Actor, person: Person, user: User) -> None:
    """Tell the trail of both, and the account's holder, who may know nothing of it."""
    subjects = [("person", person.pk), ("user", user.pk)]
    record(name, actor=actor, subjects=subjects, after={"username": user.username})
    tell_of_link(user)
