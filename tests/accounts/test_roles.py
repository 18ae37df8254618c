"""Roles over time and in scopes, and what they are called."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from provning.accounts.actions import assign_role, end_role, name_role
from provning.accounts.models import RoleAssignment
from provning.accounts.queries import accounts, grants_of, role_name, role_names
from provning.accounts.roles import ALL_ROLES, ROLES
from provning.audit.queries import history_of
from provning.kernel.actors import Actor, Permission, Scope, ScopeKind
from provning.kernel.problems import NotAllowedError, NotFoundError, ProblemsFoundError
from tests.builders import FIRST, PROGRAM, TODAY, Town, account, actor, recorded

LAST = date(2026, 6, 30)
DAY = timedelta(days=1)


def codes(refusal: pytest.ExceptionInfo[ProblemsFoundError]) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in refusal.value.problems]


def at(town: Town) -> Scope:
    return Scope(ScopeKind.PROVIDER, town.own)


def test_a_role_gives_its_rights_from_the_first_day_to_the_last(town: Town) -> None:
    user = account("lena", "internal_provider", at(town))
    assignment = RoleAssignment.objects.get(user=user)
    with recorded() as events:
        for _twice in range(2):
            end_role(actor=town.administrator, assignment_id=assignment.pk, last_day=LAST)
    assert events == ["role_ended"]
    held = [
        [grant.role for grant in grants_of(user, day)]
        for day in (FIRST - DAY, FIRST, LAST, LAST + DAY)
    ]
    assert held == [[], ["internal_provider"], ["internal_provider"], []]
    [grant] = grants_of(user, LAST)
    assert (grant.scope, grant.permissions) == (at(town), ROLES["internal_provider"].permissions)


def test_a_closed_account_and_an_unknown_role_give_nothing(town: Town) -> None:
    user = account("lena", "internal_provider", at(town))
    RoleAssignment.objects.create(
        user=user, role="jester", scope_kind="unit", scope_id=town.centrum, valid_from=FIRST
    )
    assert [grant.role for grant in grants_of(user, TODAY)] == ["internal_provider"]
    user.is_active = False
    assert grants_of(user, TODAY) == ()


def test_a_role_ended_may_be_given_again_but_not_twice_at_once(town: Town) -> None:
    user = account("lena", "internal_provider", at(town))
    with pytest.raises(ProblemsFoundError) as refusal:
        _assign(user.id, "internal_provider", at(town), TODAY)
    assert codes(refusal) == [("role-held", "valid_from")]
    assert refusal.value.problems[0].text.startswith("Kontot har redan rollen från 2020-01-01.")
    end_role(actor=PROGRAM, assignment_id=RoleAssignment.objects.get(user=user).pk, last_day=LAST)
    _assign(user.id, "internal_provider", at(town), LAST + DAY)
    _assign(user.id, "internal_provider", Scope(ScopeKind.PROVIDER, town.contracted), FIRST)
    assert [len(grants_of(user, day)) for day in (LAST, LAST + DAY)] == [2, 2]


@pytest.mark.parametrize(
    ("role", "kind", "has_id", "expected"),
    [
        ("jester", ScopeKind.UNIT, True, "role-unknown"),
        ("internal_provider", ScopeKind.ORGANISER, True, "role-scope"),
        ("internal_provider", ScopeKind.PROVIDER, False, "role-scope"),
        ("grading_teacher", ScopeKind.UNIT, True, "role-scope"),
        ("adult_education_centre", ScopeKind.EVERYTHING, False, "role-scope"),
        ("system_administrator", ScopeKind.EVERYTHING, True, "role-scope"),
    ],
)
def test_a_role_holds_only_where_it_can(
    town: Town, role: str, kind: ScopeKind, has_id: bool, expected: str
) -> None:
    user = account("lena")
    scope = Scope(kind, town.own if has_id else None)
    with pytest.raises(ProblemsFoundError) as refusal:
        _assign(user.id, role, scope, FIRST)
    assert [code for code, _field in codes(refusal)] == [expected]
    assert grants_of(user, TODAY) == ()


def test_a_role_does_not_end_before_it_begins(town: Town) -> None:
    user = account("lena")
    with pytest.raises(ProblemsFoundError) as refusal:
        assign_role(
            actor=PROGRAM,
            user_id=user.id,
            role="principal",
            scope=at(town),
            valid_from=TODAY,
            valid_to=LAST,
        )
    assert codes(refusal) == [("role-dates", "valid_to")]


def test_an_administrator_of_one_organiser_gives_no_role_beyond_it(town: Town) -> None:
    user = account("lena")
    limited = actor("system_administrator", ScopeKind.ORGANISER, town.organiser)
    own = Scope(ScopeKind.ORGANISER, town.organiser)
    beyond = (
        Scope(ScopeKind.EVERYTHING),
        Scope(ScopeKind.ORGANISER, uuid4()),
        Scope(ScopeKind.PROVIDER, town.own),
    )
    for scope in beyond:
        with pytest.raises(NotAllowedError):
            _assign(user.id, "system_administrator", scope, FIRST, limited)
    _assign(user.id, "system_administrator", own, FIRST, limited)
    assert [grant.role for grant in grants_of(user, TODAY)] == ["system_administrator"]


def test_nobody_else_gives_or_ends_roles(town: Town) -> None:
    user = account("lena", "internal_provider", at(town))
    assignment = RoleAssignment.objects.get(user=user)
    for who in (town.admin, town.centre, town.principal, Actor(str(user.id), "Lena")):
        with pytest.raises(NotAllowedError):
            _assign(user.id, "principal", at(town), FIRST, who)
        with pytest.raises(NotAllowedError):
            end_role(actor=who, assignment_id=assignment.pk, last_day=LAST)
    with pytest.raises(NotFoundError):
        end_role(actor=PROGRAM, assignment_id=assignment.pk + 1, last_day=LAST)
    with pytest.raises(NotFoundError):
        _assign(uuid4(), "principal", at(town), FIRST)


def test_a_role_given_is_one_event_on_the_account(town: Town) -> None:
    user = account("lena")
    with recorded() as events:
        _assign(user.id, "principal", at(town), FIRST)
    assert events == ["role_assigned"]
    event = history_of("user", user.id)[0]
    after = event.after
    assert (event.name, after["username"], after["role"], after["scope_id"]) == (
        "role_assigned",
        "lena",
        "principal",
        str(town.own),
    )


def test_an_organiser_calls_a_role_what_it_likes(town: Town) -> None:
    with recorded() as events:
        for name in ("Prövningssamordnare", " Prövningssamordnare", "Samordnare"):
            name_role(
                actor=town.administrator,
                organiser_id=town.organiser,
                role="internal_provider",
                name=name,
            )
    assert events == ["role_named", "role_named"]
    assert role_name("internal_provider", town.organiser) == "Samordnare"
    assert role_name("internal_provider", uuid4()) == "Vux intern anordnare Sthlm"
    assert role_name("internal_provider") == "Vux intern anordnare Sthlm"
    assert role_names(town.organiser)["principal"] == "Rektor"
    event = history_of("organiser", town.organiser)[0]
    assert (event.name, event.before) == ("role_named", {"name": "Prövningssamordnare"})


@pytest.mark.parametrize(
    ("role", "name", "expected"),
    [
        ("jester", "Narr", "role-unknown"),
        ("principal", " ", "role-name-length"),
        ("principal", "R" * 81, "role-name-length"),
    ],
)
def test_a_role_name_that_cannot_be_is_refused(
    town: Town, role: str, name: str, expected: str
) -> None:
    with pytest.raises(ProblemsFoundError) as refusal:
        name_role(actor=PROGRAM, organiser_id=town.organiser, role=role, name=name)
    assert [code for code, _field in codes(refusal)] == [expected]


def test_no_role_grades_and_manages_accounts() -> None:
    grading = {Permission.DECIDE_GRADES, Permission.DRAFT_GRADES}
    managing = {Permission.MANAGE_ACCOUNTS, Permission.MANAGE_ORGANISATION}
    both = [
        role.code
        for role in ALL_ROLES
        if role.permissions & grading and role.permissions & managing
    ]
    assert both == []
    deciding = {role.code for role in ALL_ROLES if Permission.DECIDE_GRADES in role.permissions}
    assert deciding == {"grading_teacher", "principal"}


def test_accounts_are_listed_with_their_roles_by_name(town: Town) -> None:
    account("örjan")
    account("lena", "internal_provider", at(town))
    rows = accounts(town.organiser)
    assert [(row.name, [role.name for role in row.roles]) for row in rows] == [
        ("Lena", ["Vux intern anordnare Sthlm"]),
        ("Örjan", []),
    ]
    [role] = rows[0].roles
    assert [role.holds_on(day) for day in (FIRST - DAY, FIRST, TODAY)] == [False, True, True]


def _assign(user_id: UUID, role: str, scope: Scope, valid_from: date, who: Actor = PROGRAM) -> None:
    assign_role(actor=who, user_id=user_id, role=role, scope=scope, valid_from=valid_from)
