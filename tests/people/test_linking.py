"""Whose an account is: a person with a duty, said by somebody else, told to both, taken back."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from provning.accounts.models import User
from provning.audit.queries import history_of
from provning.kernel.actors import Actor, Grant, Scope, ScopeKind
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from provning.people.actions import link_account, unlink_account
from provning.people.models import Person, PersonNumber
from provning.people.queries import (
    account_person,
    accounts_without_person,
    actor_for,
    duties_at,
    person_history,
    staff_by_number,
)
from tests.builders import PROGRAM, TODAY, Town, account, actor, recorded

pytestmark = pytest.mark.django_db


def link(who: Actor, person: Person, user: User, *within: Scope) -> None:
    link_account(actor=who, person_id=person.id, user_id=user.id, within=within)


def unlink(who: Actor, user: User, version: int | None = None) -> None:
    unlink_account(actor=who, user_id=user.id, expected_version=version)


def codes(refusal: pytest.ExceptionInfo[ProblemsFoundError]) -> list[tuple[str, str]]:
    return [(problem.code, problem.field) for problem in refusal.value.problems]


def number_of(person: Person) -> str:
    return PersonNumber.objects.get(person=person).number


def limited(organiser: UUID) -> tuple[Actor, Scope]:
    scope = Scope(ScopeKind.ORGANISER, organiser)
    return actor("system_administrator", ScopeKind.ORGANISER, organiser), scope


def test_an_account_belongs_to_one_person(town: Town) -> None:
    karin, tomas = town.teacher("Karin"), town.teacher("Tomas")
    user, other = account("karin"), account("tomas")
    with recorded() as events:
        link(town.administrator, karin, user)
        link(town.administrator, karin, user)
    assert events == ["account_linked"]
    assert actor_for(user, TODAY).person_id == karin.id
    with pytest.raises(ProblemsFoundError) as refusal:
        link(PROGRAM, tomas, user)
    assert codes(refusal) == [("account-has-person", "user")]
    with pytest.raises(ProblemsFoundError) as refusal:
        link(PROGRAM, karin, other)
    assert codes(refusal) == [("person-has-account", "person")]
    with pytest.raises(NotFoundError):
        link_account(actor=PROGRAM, person_id=tomas.id, user_id=uuid4())
    with pytest.raises(NotAllowedError):
        link(town.admin, tomas, other)


def test_an_account_is_never_an_examinees(town: Town) -> None:
    examinee, user = town.person("Elev"), account("elev")
    assert staff_by_number(town.administrator, number_of(examinee), TODAY) is None
    with pytest.raises(NotFoundError):
        link(town.administrator, examinee, user)
    assert account_person(town.administrator, user.id, ()).linked is False


def test_a_wrong_link_is_taken_back_once_and_is_told_of_both(town: Town) -> None:
    karin, user = town.teacher("Karin"), account("karin")
    link(town.administrator, karin, user)
    with recorded() as events:
        unlink(town.administrator, user)
        unlink(town.administrator, user)
    assert (events, actor_for(user, TODAY).person_id) == (["account_unlinked"], None)
    names = [row.name for row in history_of("user", user.id)]
    assert names == ["account_unlinked", "account_linked", "user_created"]
    told = [row.name for row in person_history(PROGRAM, karin.id)]
    assert told == ["account_unlinked", "account_linked", "person_registered"]


def test_nobody_says_whose_their_own_account_is(town: Town) -> None:
    karin, user = town.teacher("Karin"), account("karin")
    scope = Scope(ScopeKind.EVERYTHING)
    own = Actor(
        str(user.id),
        "Karin",
        "system_administrator",
        (Grant("system_administrator", scope, town.administrator.grants[0].permissions),),
    )
    with pytest.raises(ProblemsFoundError) as refusal:
        link(own, karin, user)
    assert codes(refusal) == [("link-own", "identity_number")]
    link(town.administrator, karin, user)
    with pytest.raises(ProblemsFoundError) as refusal:
        unlink(own, user)
    assert codes(refusal) == [("link-own", "identity_number")]


def test_a_link_that_has_changed_is_not_taken_back_unseen(town: Town) -> None:
    karin, tomas, user = town.teacher("Karin"), town.teacher("Tomas"), account("karin")
    link(PROGRAM, karin, user)
    seen = history_of("user", user.id)[0].number
    unlink(PROGRAM, user)
    link(PROGRAM, tomas, user)
    with pytest.raises(ConflictError):
        unlink(town.administrator, user, seen)
    assert actor_for(user, TODAY).person_id == tomas.id


def test_another_organisers_staff_and_accounts_are_as_none(town: Town) -> None:
    karin = town.teacher("Karin")
    user = account("karin", "principal", Scope(ScopeKind.UNIT, town.centrum))
    inside, place = limited(town.organiser)
    unit = Scope(ScopeKind.UNIT, town.centrum)
    outside, elsewhere = limited(uuid4())
    assert staff_by_number(outside, number_of(karin), TODAY) is None
    assert staff_by_number(inside, number_of(karin), TODAY) == karin.id
    for who, within in ((outside, elsewhere), (outside, unit)):
        with pytest.raises(NotFoundError):
            link(who, karin, user, within)
    link(inside, karin, user, place, unit)
    shown = account_person(inside, user.id, [place, unit]).row
    assert (shown and shown.label) == "Wallgren, Karin"
    beyond = account_person(outside, user.id, [unit])
    assert (beyond.linked, beyond.row) == (True, None)


def test_an_account_does_not_tell_who_a_protected_staff_member_is(town: Town) -> None:
    karin, user = town.teacher("Karin"), account("karin")
    Person.objects.filter(pk=karin.pk).update(
        protection="Sekretessmarkering", case_number="SI-000009"
    )
    link(town.administrator, karin, user)
    shown = account_person(town.administrator, user.id, ())
    assert (shown.linked, shown.row) == (True, None)
    [duty] = duties_at(town.administrator, town.centrum, ())
    told = (duty.person.label, duty.person.number_display, duty.has_account)
    assert told == ("Skyddad identitet", "SI-000009", True)
    assert (duty.user_id, duty.username) == (None, "")


def test_who_decides_grades_without_being_a_person_is_told(town: Town) -> None:
    karin = town.teacher("Karin")
    user = account("karin", "grading_teacher", Scope(ScopeKind.OWN_GROUPS, town.centrum))
    account("vera", "internal_provider", Scope(ScopeKind.PROVIDER, town.own))

    def lacking(day: date = TODAY) -> list[str]:
        return [each.username for each in accounts_without_person(PROGRAM, (), day)]

    assert (lacking(), lacking(date(2019, 12, 31))) == (["karin"], [])
    link(PROGRAM, karin, user)
    assert lacking() == []


def test_the_holder_is_told_of_each_change_once_by_a_mail_that_names_nobody(
    town: Town,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    karin, user = town.teacher("Karin"), account("karin")
    user.email = "post@sjostad.example"
    user.save()
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            link(PROGRAM, karin, user)
        for _twice in range(2):
            unlink(PROGRAM, user)
        assert mail.outbox == []
    assert [(each.to, each.subject) for each in mail.outbox] == [
        (
            ["post@sjostad.example"],
            "Kopplingen mellan ditt konto och dig i Prövning har ändrats",
        )
    ] * 2
    for each in mail.outbox:
        assert each.body.startswith("Kopplingen bestämmer vilka prövningsgrupper du når.")
        assert [word for word in ("Karin", "karin", "Wallgren") if word in each.body] == []
