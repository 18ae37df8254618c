"""The accounts that a file of staff names: whose each is to be, said by the rules of the screen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from provning.accounts.queries.managed import accounts_within
from provning.imports import row_rules
from provning.imports.plans import Difference, Done, Plan, Setting, Verdict
from provning.kernel.actors import Permission
from provning.kernel.problems import Problem
from provning.organisation.role_places import account_places
from provning.people.actions import link_account, unlink_account
from provning.people.models import Person
from provning.people.rules import account_problems, own_link_problems

FIELD = "username"


@dataclass(frozen=True, slots=True)
class Accounts:
    """Within the importer's reach: accounts by username, and whose account each is, both ways."""

    by_name: dict[str, UUID]
    owner_of: dict[UUID, UUID]
    account_of: dict[UUID, UUID]


def read_accounts(setting: Setting, names: Collection[str], persons: Collection[UUID]) -> Accounts:
    """Read the accounts of the names and of the persons; two queries, none without a name."""
    if not names or not setting.actor.may(Permission.MANAGE_ACCOUNTS):
        return Accounts({}, {}, {})
    found = accounts_within(setting.actor, account_places(setting.actor)).filter(
        username__in=set(names)
    )
    by_name = dict(found.values_list("username", "pk"))
    linked = Person.objects.filter(user__isnull=False).values_list("pk", "user_id")
    pairs = {
        *linked.filter(user__in=list(by_name.values())),
        *linked.filter(pk__in=list(persons)),
    }
    return Accounts(by_name, {user: person for person, user in pairs}, dict(pairs))


def name_in(text: str) -> str:
    """Return a username as accounts have it."""
    return text.strip().lower()


def with_account(base: Plan, username: str, accounts: Accounts, setting: Setting) -> Plan:
    """Return the plan of a row with the link that its username asks for, or why there is none."""
    if not username or base.verdict is Verdict.REFUSED or base.person_id is None:
        return base
    user = accounts.by_name.get(username)
    if user is None:
        return _refused(base, [row_rules.unknown_account(username)])
    held = accounts.account_of.get(base.person_id)
    if held == user:
        return base
    problems = own_link_problems(setting.actor.id, user) + account_problems(
        person_has_account=held is not None,
        account_has_person=accounts.owner_of.get(user) is not None,
    )
    if problems:
        return _refused(base, [replace(each, field=FIELD) for each in problems])
    new = base.verdict is Verdict.NEW
    return replace(
        base,
        verdict=Verdict.NEW if new else Verdict.CHANGED,
        differences=(*base.differences, *(() if new else (Difference(FIELD, "", username),))),
        data={**base.data, "account": str(user)},
    )


def link(setting: Setting, plan: Plan) -> None:
    """Link the account that the plan names, once the person has the duty."""
    if "account" in plan.data:
        link_account(
            actor=setting.actor,
            person_id=UUID(str(plan.person_id)),
            user_id=UUID(str(plan.data["account"])),
            within=account_places(setting.actor),
        )


def unlink(setting: Setting, rows: Sequence[Done]) -> None:
    """Take the rows' links back where they are still as the file made them."""
    for row in rows:
        if "account" not in row.data or row.person_id is None:
            continue
        account = UUID(str(row.data["account"]))
        if Person.objects.filter(pk=row.person_id, user=account).exists():
            within = account_places(setting.actor)
            unlink_account(actor=setting.actor, user_id=account, within=within)


def _refused(base: Plan, problems: Sequence[Problem]) -> Plan:
    return replace(base, verdict=Verdict.REFUSED, problems=tuple(problems), differences=(), data={})
