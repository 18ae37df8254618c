"""Who serves where, and whose account is whose, as those who keep units and accounts meet them."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from provning.accounts.models import RoleAssignment, User
from provning.accounts.policies import require
from provning.accounts.queries import ManagedAccount, managed_account, managed_accounts
from provning.accounts.queries.managed import accounts_within
from provning.accounts.roles import DECIDING
from provning.kernel.actors import Actor, Permission, Scope
from provning.kernel.identity import parse_identity_number
from provning.kernel.problems import ProblemsFoundError
from provning.organisation.queries import unit_scope
from provning.people.models import Duty, Person
from provning.people.queries.masking import rows_of
from provning.people.queries.persons import person_by_number, person_rows
from provning.people.rows import AccountPerson, DutyRow, PersonRow


def duties_at(actor: Actor, unit_id: UUID, places: Collection[Scope]) -> list[DutyRow]:
    """Return who serves or has served at a unit in scope, in Swedish order; three queries.

    Who keeps the organisation sees its staff, and no other person of the register. `places` are as
    for `managed_accounts`: which account is whose is told where the actor manages it.
    """
    scope = unit_scope(actor, Permission.MANAGE_ORGANISATION)
    found = Duty.objects.filter(scope, unit_id=unit_id).select_related("person")
    duties = list(found.order_by("person__sort_key", "person_id", "start_date", "pk"))
    persons = person_rows(actor, [each.person_id for each in duties])
    users = {each.person.user_id for each in duties if each.person.user_id}
    managed = accounts_within(actor, places).filter(pk__in=users)
    names: dict[UUID, str] = dict(managed.values_list("pk", "username"))
    return [_duty(each, persons[each.person_id], names) for each in duties]


def account_person(actor: Actor, user_id: UUID, places: Collection[Scope]) -> AccountPerson:
    """Return whose an account is, for who manages it; four queries.

    The person is shown where they serve or have served within the actor's reach, and is not
    protected: beside a case number the account's own name would say whose it is. `places` and
    `NotFoundError` as in `managed_account`.
    """
    managed_account(actor, user_id, places)
    person = Person.objects.filter(user_id=user_id)
    rows = rows_of(actor, person.filter(_serves(actor)))
    shown = rows[0] if rows and not rows[0].masked else None
    return AccountPerson(bool(rows) or person.exists(), shown)


def staff_by_number(actor: Actor, text: str, today: date) -> UUID | None:
    """Return whose the number is or was, when they serve or have served within reach, else None.

    Out of reach, an examinee without a duty, and what is no number are told as nobody.
    """
    require(actor, Permission.MANAGE_ACCOUNTS)
    try:
        number = parse_identity_number(text, today=today)
    except ProblemsFoundError:
        return None
    owner = person_by_number(number.normal)
    if owner is None:
        return None
    found = Person.objects.filter(_serves(actor), pk=owner)
    return found.values_list("pk", flat=True).first()


def accounts_without_person(
    actor: Actor, places: Collection[Scope], today: date
) -> list[ManagedAccount]:
    """Return the accounts in reach that decide grades by their roles, and cannot; three queries.

    A grade is decided by a person, so an account that nobody is linked to decides nothing.
    """
    lacking = set(deciders_without_person(today).values_list("pk", flat=True))
    return [each for each in managed_accounts(actor, places) if each.id in lacking]


def deciders_without_person(on: date) -> QuerySet[User]:
    """Return every such account, for who looks after the installation: no actor, no scope."""
    ongoing = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    held = RoleAssignment.objects.filter(
        ongoing, user=OuterRef("pk"), role__in=DECIDING, valid_from__lte=on
    )
    return User.objects.filter(Exists(held), is_active=True, person__isnull=True)


def linked_accounts(user_ids: Collection[UUID]) -> set[UUID]:
    """Return those of the accounts that are somebody's; one query. No actor, no scope."""
    found = Person.objects.filter(user__in=set(user_ids))
    return set(found.values_list("user_id", flat=True))


def _duty(duty: Duty, person: PersonRow, names: dict[UUID, str]) -> DutyRow:
    user_id = duty.person.user_id
    # A username is nearly a name, so that of a protected person is not told.
    names = {} if person.masked else names
    return DutyRow(
        duty.pk,
        person,
        duty.role,
        duty.registered_teacher,
        tuple(duty.subjects.split()),
        duty.start_date,
        duty.end_date,
        user_id is not None,
        user_id if user_id in names else None,
        names.get(user_id, "") if user_id else "",
    )


def _serves(actor: Actor) -> Q:
    scope = unit_scope(actor, Permission.MANAGE_ACCOUNTS)
    return Q(Exists(Duty.objects.filter(scope, person=OuterRef("pk"))))
