"""Staff who are nobody's students: named and protected by who keeps the unit, and found as none."""

from uuid import UUID, uuid4

import pytest

from provning.kernel.actors import Actor, Permission, ScopeKind
from provning.kernel.problems import NotAllowedError, NotFoundError
from provning.people.actions import enrol, merge_persons, rename_person, set_protection
from provning.people.models import Person, PersonNumber
from provning.people.queries import (
    person_for,
    persons_reached,
    protected_staff,
    search_persons,
    staff_member,
)
from tests.builders import FIRST, PROGRAM, TODAY, Town, actor, recorded

PROTECTED = "Sekretessmarkering"


def keeper(town: Town) -> Actor:
    """Return who gives the duties of the municipality, and sees no protected person."""
    return actor("system_administrator", ScopeKind.ORGANISER, town.organiser)


def rename(who: Actor, person: Person, version: int = 1) -> Person:
    return rename_person(
        actor=who,
        person_id=person.pk,
        given_name="Karin",
        family_name="Berg",
        expected_version=version,
    )


def protect(who: Actor, person: Person, protection: str = PROTECTED, version: int = 1) -> Person:
    return set_protection(
        actor=who,
        person_id=person.pk,
        protection=protection,
        expected_version=version,
        today=TODAY,
    )


def test_who_gives_duties_corrects_the_name_and_sets_the_protection(town: Town) -> None:
    person = town.teacher("Krain")
    with recorded() as events:
        rename(keeper(town), person)
        protect(keeper(town), person, version=2)
    person.refresh_from_db()
    assert events == ["person_renamed", "protection_set"]
    stored = (person.given_name, person.family_name, person.protection, person.case_number)
    assert stored == ("Karin", "Berg", PROTECTED, "SI-000001")


def test_a_hidden_identity_is_changed_by_who_sees_it(town: Town) -> None:
    person = town.teacher()
    protect(keeper(town), person)
    for change in (rename, protect):
        with pytest.raises(NotFoundError):
            change(keeper(town), person, version=2)
    with pytest.raises(NotFoundError):
        protect(keeper(town), person, "Ingen", version=2)
    assert staff_member(keeper(town), person.pk).kept is False
    protect(town.centre, person, "Ingen", version=2)
    person.refresh_from_db()
    assert (person.protection, person.case_number) == ("Ingen", "SI-000001")


@pytest.mark.parametrize("where", ["here", "far", "before", "merged"])
def test_a_student_who_serves_is_kept_where_they_study(town: Town, where: str) -> None:
    person = town.teacher()
    studying = town.stranger("Karin", "W") if where == "merged" else person
    provider = {"far": town.contracted}.get(where, town.own)
    last = TODAY if where == "before" else None
    enrol(
        actor=PROGRAM,
        person_id=studying.pk,
        provider_id=provider,
        start_date=FIRST,
        end_date=last,
    )
    if where == "merged":
        merge_persons(actor=PROGRAM, kept_id=person.pk, merged_id=studying.pk)
    person.refresh_from_db()
    for change in (rename, protect):
        with pytest.raises(NotFoundError):
            change(keeper(town), person, version=person.version)
    shown = staff_member(keeper(town), person.pk)
    assert (shown.kept, shown.protection, shown.person.label) == (False, "", "Wallgren, Karin")
    assert rename(town.centre, person, version=person.version).family_name == "Berg"


def test_staff_of_others_and_whom_one_only_registers_are_as_missing(town: Town) -> None:
    person, student, nowhere = town.teacher(), town.person(), town.stranger()
    elsewhere = actor("system_administrator", ScopeKind.ORGANISER, uuid4())
    for who, one in (
        (elsewhere, person.pk),
        (keeper(town), student.pk),
        (keeper(town), nowhere.pk),
        (town.centre, student.pk),
        (keeper(town), UUID(int=7)),
    ):
        with pytest.raises(NotFoundError):
            staff_member(who, one)
    for change in (rename, protect):
        with pytest.raises(NotFoundError):
            change(elsewhere, person)
        for who in (town.admin, town.principal):
            with pytest.raises(NotAllowedError):
                change(who, person)


def test_staff_turns_up_as_no_student_before_or_after_the_protection(town: Town) -> None:
    person = town.teacher("Karin")
    number = PersonNumber.objects.get(person=person).number
    texts = ("Karin", "Wallgren", number, "SI-000001")
    readers = (town.centre, town.principal, town.admin, keeper(town))
    for _now in ("open", "protected"):
        found = [search_persons(who, text, today=TODAY).rows for who in readers for text in texts]
        assert found == [[]] * 16
        for who in readers:
            with pytest.raises(NotFoundError):
                person_for(who, person.pk)
        protect(PROGRAM, Person.objects.get(), version=Person.objects.get().version)


def test_the_lists_of_the_protected_reach_staff_where_they_serve_alone(town: Town) -> None:
    person, student = town.teacher(), town.teacher()
    enrol(actor=PROGRAM, person_id=student.pk, provider_id=town.contracted, start_date=FIRST)
    see, examine = Permission.VIEW_PROTECTED, Permission.VIEW_AUDIT
    beside = actor("principal", ScopeKind.UNIT, town.hamnen)
    readers = (town.principal, beside, keeper(town), town.centre)
    reached = [set(persons_reached(who, see)) for who in readers]
    assert reached == [{person.pk}, set(), set(), {person.pk, student.pk}]
    examined = [set(persons_reached(who, examine)) for who in readers]
    assert examined == [{person.pk}, set(), {person.pk, student.pk}, set()]
    for each in (person, student):
        protect(PROGRAM, each)
    found = [[(row.id, row.label) for row in protected_staff(who)] for who in readers]
    mine = [(person.pk, "Wallgren, Karin")]
    assert found == [mine, [], [], mine]
