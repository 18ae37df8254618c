"""The yearly review of roles: listed when nobody has gone through them, kept or ended, recorded."""

import json
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from provning.accounts.actions import assign_role
from provning.accounts.models import RoleAssignment, RoleProposal, RoleReview, User
from provning.audit.models import AuditEvent
from provning.kernel.actors import Actor, Scope, ScopeKind
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from provning.organisation.actions import (
    decide_role,
    give_role,
    review_roles,
    set_policy,
    take_role,
)
from provning.organisation.policies_data import PolicyKey
from provning.organisation.role_reviews import (
    lone_administrator_due,
    overdue_reviews,
    roles_to_review,
)
from tests.builders import PROGRAM, TODAY, Town, account, actor, recorded

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
YEAR = 365 * DAY
P, U, OWN = ScopeKind.PROVIDER, ScopeKind.UNIT, ScopeKind.OWN_GROUPS


def held(
    username: str, role: str, scope: Scope, since: date, until: date | None = None
) -> RoleAssignment:
    user = User.objects.filter(username=username).first() or account(username)
    return assign_role(
        actor=PROGRAM,
        user_id=user.pk,
        role=role,
        scope=scope,
        valid_from=since,
        valid_to=until,
    )


def signed_in(username: str, role: str, kind: ScopeKind, scope_id: UUID | None = None) -> Actor:
    user = account(username)
    grants = actor(role, kind, scope_id).grants
    return Actor(str(user.pk), user.name, role, grants)


def manager_of(town: Town) -> Actor:
    return signed_in("mia", "internal_provider_manager", P, town.own)


def overdue(who: Actor, day: date = TODAY) -> list[tuple[str, str]]:
    rows = (each.placed.holding for each in overdue_reviews(who, day))
    return [(each.username, each.held.role) for each in rows]


def keep(who: Actor, *roles: RoleAssignment, day: date = TODAY) -> int:
    return review_roles(actor=who, seen={each.pk: each.valid_to for each in roles}, today=day)


def codes(refusal: pytest.ExceptionInfo[ProblemsFoundError]) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


def test_a_role_is_listed_the_day_after_a_year_to_who_answers_for_it(town: Town) -> None:
    who, since = manager_of(town), TODAY - YEAR
    held("lena", "grading_teacher", Scope(OWN, town.centrum), since)
    held("nils", "internal_provider", Scope(P, town.own), since + DAY)
    held("olle", "internal_provider", Scope(P, town.own), since, TODAY - DAY)
    held("vera", "external_provider", Scope(P, town.contracted), since)
    held("rut", "principal", Scope(U, town.centrum), since)
    assert [overdue(who, TODAY + shift * DAY) for shift in range(3)] == [
        [],
        [("lena", "grading_teacher")],
        [("lena", "grading_teacher"), ("nils", "internal_provider")],
    ]


def test_a_review_says_who_when_and_what_was_seen_and_is_one_event_for_all(town: Town) -> None:
    who, since = manager_of(town), TODAY - YEAR - DAY
    lena = held("lena", "grading_teacher", Scope(OWN, town.centrum), since)
    nils = held("nils", "internal_provider", Scope(P, town.own), since, TODAY + YEAR)
    with recorded() as events:
        counts = [keep(who, lena, nils), keep(who, nils)]
    assert (counts, events) == ([2, 0], ["roles_reviewed"])
    rows = RoleReview.objects.order_by("assignment_id")
    facts = [json.loads(each.seen) for each in rows]
    seen = [(each["name"], each["role"], each["place"], each["valid_to"]) for each in facts]
    assert seen == [
        ("Lena", "grading_teacher", "Vuxenutbildning Sjöstad, Komvux Centrum", None),
        ("Nils", "internal_provider", "Vuxenutbildning Sjöstad", (TODAY + YEAR).isoformat()),
    ]
    assert [(each.reviewed_on, each.reviewed_by.username) for each in rows] == [(TODAY, "mia")] * 2
    event = AuditEvent.objects.latest("number")
    assert (event.name, json.loads(event.after)["roles"]) == ("roles_reviewed", facts)
    assert (overdue(who), overdue(who, TODAY + YEAR + DAY)) == (
        [],
        [("lena", "grading_teacher")],
    )
    [row] = [each for each in roles_to_review(who, TODAY) if each.key == lena.pk]
    assert (row.reviewed_on, row.reviewed_by, row.due) == (TODAY, "Mia", TODAY + YEAR)


def test_rektor_goes_through_the_units_staff_and_ends_but_gives_nothing(town: Town) -> None:
    rektor, since = signed_in("rut", "principal", U, town.centrum), TODAY - YEAR - DAY
    lena = held("lena", "grading_teacher", Scope(OWN, town.centrum), since)
    held("nils", "internal_provider", Scope(P, town.own), since)
    held("olle", "grading_teacher", Scope(OWN, town.hamnen), since)
    assert overdue(rektor) == [("lena", "grading_teacher")]
    take_role(actor=rektor, assignment_id=lena.pk, last_day=TODAY)
    lena.refresh_from_db()
    assert lena.valid_to == TODAY
    with pytest.raises(NotAllowedError):
        give_role(
            actor=rektor,
            username="lena",
            role="grading_teacher",
            scope=Scope(OWN, town.centrum),
            valid_from=TODAY + DAY,
        )


def test_the_organiser_decides_how_often(town: Town) -> None:
    who = manager_of(town)
    held("lena", "grading_teacher", Scope(OWN, town.centrum), TODAY - 91 * DAY)
    assert overdue(who) == []
    set_policy(
        actor=PROGRAM,
        organiser_id=town.organiser,
        key=PolicyKey.REVIEW_ROLES_WITHIN_DAYS,
        value=90,
        valid_from=TODAY - DAY,
        source="Beslut 7",
        today=TODAY - DAY,
    )
    assert overdue(who) == [("lena", "grading_teacher")]


@pytest.mark.usefixtures("town")
def test_nobody_reviews_their_own_role_or_nothing() -> None:
    who = signed_in("siv", "system_administrator", ScopeKind.EVERYTHING)
    own = held("siv", "system_administrator", Scope(ScopeKind.EVERYTHING), TODAY - 2 * YEAR)
    held("ada", "system_administrator", Scope(ScopeKind.EVERYTHING), TODAY)
    assert overdue(who) == []
    assert [(each.own, each.is_overdue(TODAY)) for each in roles_to_review(who, TODAY)] == [
        (True, True),
        (False, False),
    ]
    said = []
    for roles in ([own], []):
        with pytest.raises(ProblemsFoundError) as refusal:
            keep(who, *roles)
        said += codes(refusal)
    assert (said, RoleReview.objects.count()) == (["review-own", "review-nothing"], 0)


@pytest.mark.usefixtures("town")
def test_nobody_is_late_with_a_role_that_nobody_else_can_review() -> None:
    everything = Scope(ScopeKind.EVERYTHING)
    who = signed_in("siv", "system_administrator", ScopeKind.EVERYTHING)
    held("siv", "system_administrator", everything, TODAY - 2 * YEAR)

    def found() -> tuple[list[tuple[bool, bool]], date | None]:
        rows = [each for each in roles_to_review(who, TODAY) if each.own]
        said = [(each.alone, each.is_overdue(TODAY)) for each in rows]
        return said, lone_administrator_due(TODAY)

    alone = ([(True, False)], TODAY - YEAR)
    assert found() == alone
    ada = held("ada", "system_administrator", everything, TODAY).user
    assert found() == ([(False, True)], None)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    assert found() == alone


def test_what_changed_since_it_was_seen_is_not_kept(town: Town) -> None:
    who = manager_of(town)
    lena = held("lena", "grading_teacher", Scope(OWN, town.centrum), TODAY - 2 * YEAR)
    take_role(actor=who, assignment_id=lena.pk, last_day=TODAY + DAY)
    with pytest.raises(ConflictError):
        keep(who, lena)
    assert RoleReview.objects.count() == 0


def test_a_role_beyond_reach_is_as_one_that_is_not_and_nothing_is_stored(town: Town) -> None:
    who = manager_of(town)
    lena = held("lena", "grading_teacher", Scope(OWN, town.centrum), TODAY - 2 * YEAR)
    vera = held("vera", "external_provider", Scope(P, town.contracted), TODAY - 2 * YEAR)
    for key in (vera.pk, vera.pk + 99):
        with pytest.raises(NotFoundError):
            review_roles(actor=who, seen={lena.pk: None, key: None}, today=TODAY)
    with pytest.raises(NotAllowedError):
        keep(town.admin, lena)
    assert RoleReview.objects.count() == 0


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_the_same_whatever_its_length(
    town: Town, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    who = manager_of(town)
    for number in range(count):
        held(f"lena{number}", "grading_teacher", Scope(OWN, town.centrum), TODAY - 2 * YEAR)
    with django_assert_num_queries(7):
        assert len(overdue_reviews(who, TODAY)) == count


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except IntegrityError:
        return True
    return False


def test_the_database_keeps_reviews_and_decided_proposals_as_they_were(town: Town) -> None:
    lena = held("lena", "grading_teacher", Scope(OWN, town.centrum), TODAY - 2 * YEAR)
    keep(manager_of(town), lena)
    siv, tor = (
        signed_in(each, "system_administrator", ScopeKind.EVERYTHING) for each in ("siv", "tor")
    )
    unit = Scope(U, town.centrum)
    give_role(actor=siv, username="lena", role="principal", scope=unit, valid_from=TODAY)
    always = [
        "UPDATE accounts_roleproposal SET role = 'adult_education_centre'",
        "UPDATE accounts_roleproposal SET valid_to = '2030-01-01'",
        "DELETE FROM accounts_roleproposal",
        "UPDATE accounts_rolereview SET reviewed_on = '2030-01-01'",
        "DELETE FROM accounts_rolereview",
    ]
    assert [refused(each) for each in always] == [True] * len(always)
    decide_role(actor=tor, proposal_id=RoleProposal.objects.get().pk, approve=False)
    decided = [
        "UPDATE accounts_roleproposal SET state = 'proposed'",
        "UPDATE accounts_roleproposal SET decided_at = NULL",
    ]
    assert [refused(each) for each in always + decided] == [True] * (len(always) + len(decided))
    assert (RoleProposal.objects.get().state, RoleReview.objects.get().reviewed_on) == (
        "refused",
        TODAY,
    )
