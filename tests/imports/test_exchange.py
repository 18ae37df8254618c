"""Files of other systems: persons of a snapshot, and grades that stay theirs."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from provning.feeds.models import ExternalBatch
from provning.feeds.queries import external_grades, held_lists
from provning.grading.models import GradeDecision
from provning.imports.actions import upload_file
from provning.imports.models import StagedImport, StagedRow
from provning.organisation.models import Organiser, Policy, Provider
from provning.people.models import Person, PersonNumber
from tests.betygxml.samples import BEGIN, course, grade_file, student, subject
from tests.builders import FIRST, TODAY
from tests.imports.world import Desk, codes, faults, outcomes, verdicts

pytestmark = pytest.mark.django_db
SNAPSHOT = (
    "<enterprise><properties><datasource>BER</datasource></properties>{persons}{more}</enterprise>"
)


def upload(desk: Desk, kind: str, content: str) -> StagedImport:
    staged = upload_file(
        actor=desk.town.centre,
        kind_key=kind,
        place=str(desk.town.organiser),
        file_name="fil.xml",
        content=content.encode(),
        submission=uuid4(),
        today=TODAY,
    )
    return desk.run(staged)


def grades(desk: Desk, *students: str) -> StagedImport:
    return upload(desk, "external_grades", grade_file(*students))


def of(person: Person | str, *inside: str) -> str:
    key = person if isinstance(person, str) else f"{{{person.pk}}}"
    return student(*inside).replace("{e-1}", key)


def person(key: str, number: str, family: str = "Ek", given: str = "Kim", more: str = "") -> str:
    return (
        f"<person><sourcedid><source>BER</source><id>{key}</id></sourcedid>"
        f'<userid useridtype="PID">{number}</userid><name><fn/><n><family>{family}</family>'
        f"<given>{given}</given></n></name>{more}</person>"
    )


def snapshot(desk: Desk, *persons: str, more: str = "") -> StagedImport:
    return upload(desk, "ims_persons", SNAPSHOT.format(persons="".join(persons), more=more))


def shown(desk: Desk, who: Person) -> list[tuple[str, str, str]]:
    found = external_grades(desk.town.centre, who.pk)
    return [(each.source_system, each.course, each.value) for each in found]


def number_of(who: Person) -> str:
    return PersonNumber.objects.get(person=who).number


def known(desk: Desk, key: str) -> UUID | None:
    held = held_lists(desk.town.organiser, "Ping Pong", [key])
    return held[key].person_id if key in held else None


def test_grades_are_read_through_and_taken_in_as_the_other_systems(desk: Desk) -> None:
    kim = desk.town.person()
    staged = grades(desk, of(kim, subject(), course()))
    assert verdicts(staged) == ["new"]
    assert shown(desk, kim) == []
    assert outcomes(desk.commit(staged)) == ["created"]
    assert shown(desk, kim) == [("Ping Pong", "M2 DEU", "B"), ("Ping Pong", "MATMAT03b", "B")]
    assert GradeDecision.objects.count() == 0


def test_the_same_file_again_changes_nothing_and_another_says_what(desk: Desk) -> None:
    kim = desk.town.person()
    desk.commit(grades(desk, of(kim, course())))
    assert verdicts(grades(desk, of(kim, course()))) == ["unchanged"]
    changed = grades(desk, of(kim, course(value="<value>A</value>")))
    assert verdicts(changed) == ["changed"]
    assert StagedRow.objects.get(staged=changed).differences == [
        ["grades", "MATMAT03b B 2026-03-12", ""],
        ["grades", "", "MATMAT03b A 2026-03-12"],
    ]


def test_a_reading_is_taken_back_as_one(desk: Desk) -> None:
    kim, sam = desk.town.person(), desk.town.person("Sam")
    desk.commit(grades(desk, of(kim, course())))
    second = desk.commit(grades(desk, of(kim), of(sam, course())))
    assert shown(desk, kim) == []
    assert outcomes(desk.undo(second)) == ["taken_back", "taken_back"]
    assert (len(shown(desk, kim)), shown(desk, sam)) == (1, [])
    assert ExternalBatch.objects.count() == 2


def test_a_list_that_was_not_read_whole_is_not_taken_in(desk: Desk) -> None:
    kim, sam = desk.town.person(), desk.town.person("Sam")
    staged = grades(desk, of(kim, course(), course(value="")), of(sam, course()))
    assert codes(staged) == [["external-incomplete"], []]
    desk.commit(staged, leave_out=True)
    assert (shown(desk, kim), len(shown(desk, sam))) == ([], 1)


def test_who_is_not_known_or_not_within_reach_is_refused(desk: Desk) -> None:
    organiser = Organiser.objects.create(name="Bergstad", municipality_code="9998")
    provider = Provider.objects.create(organiser=organiser, name="Vux Bergstad", kind="internal")
    elsewhere = desk.town.person(at=provider.pk)
    staged = grades(desk, *(of(key, course()) for key in ("{e-9}", f"{{{uuid4()}}}")))
    assert codes(staged) == [["external-unknown"]] * 2
    assert codes(grades(desk, of(elsewhere, course()))) == [["external-unknown"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (grade_file(student(course()))[:-30], "xml-broken"),
        (grade_file(student(course()), begin=BEGIN.replace("2026-01-01", "x")), "xml-interval"),
        (grade_file(f"<elev>{course()}</elev>", student(course())), "xml-missing"),
        ("<html/>", "xml-format"),
    ],
)
def test_a_file_that_is_not_whole_is_refused(desk: Desk, content: str, code: str) -> None:
    staged = upload(desk, "external_grades", content)
    assert (staged.status, faults(staged)) == ("failed", [code])


def test_a_snapshot_brings_new_persons_and_what_they_are_called_there(desk: Desk) -> None:
    number = next(desk.town.numbers)
    staged = desk.commit(snapshot(desk, person("{b-1}", number)))
    kim = PersonNumber.objects.get(number=number).person
    assert outcomes(staged) == ["created"]
    assert (kim.family_name, kim.given_name) == ("Ek", "Kim")
    assert known(desk, "{b-1}") == kim.pk


def test_with_the_snapshot_read_the_other_systems_grades_find_their_persons(desk: Desk) -> None:
    kim = desk.town.person()
    assert codes(grades(desk, of("{b-1}", course()))) == [["external-unknown"]]
    staged = snapshot(desk, person("{b-1}", number_of(kim)))
    assert verdicts(staged) == ["changed"]
    desk.commit(staged)
    assert verdicts(snapshot(desk, person("{b-1}", number_of(kim)))) == ["unchanged"]
    desk.commit(grades(desk, of("{b-1}", course())))
    assert shown(desk, kim) == [("Ping Pong", "MATMAT03b", "B")]


def test_what_the_other_system_is_called_is_local_custom(desk: Desk) -> None:
    Policy.objects.create(
        organiser_id=desk.town.organiser, key="grades_come_from", value="Edlevo", valid_from=FIRST
    )
    kim = desk.town.person()
    desk.commit(grades(desk, of(kim, course())))
    assert shown(desk, kim) == [("Edlevo", "MATMAT03b", "B")]


def test_a_snapshot_marks_the_protected_and_never_lowers_a_protection(desk: Desk) -> None:
    level = "<extension><privacy>Level1</privacy></extension>"
    kim = desk.town.person()
    siv = desk.town.person("Siv", protection="Skyddad folkbokföring")
    desk.commit(
        snapshot(
            desk,
            person("{b-1}", number_of(kim), more=level),
            person("{b-2}", number_of(siv), given="Siv", more=level),
        )
    )
    kim.refresh_from_db()
    siv.refresh_from_db()
    assert (kim.protection, siv.protection) == ("Sekretessmarkering", "Skyddad folkbokföring")
    assert known(desk, "{b-2}") == siv.pk


def test_a_snapshot_whose_references_do_not_resolve_is_refused_whole(desk: Desk) -> None:
    more = (
        "<membership><sourcedid><id>g</id></sourcedid><member><sourcedid><id>x</id></sourcedid>"
        "<idtype>1</idtype><role roletype='01'><status>1</status></role></member></membership>"
    )
    staged = snapshot(desk, person("{b-1}", next(desk.town.numbers)), more=more)
    assert (staged.status, faults(staged)) == ("failed", ["ims-reference", "ims-reference"])


def test_taking_a_snapshot_back_takes_the_new_persons_back(desk: Desk) -> None:
    number = next(desk.town.numbers)
    kim = desk.town.person()
    content: Any = (person("{b-1}", number, "Ny"), person("{b-2}", number_of(kim)))
    staged = desk.commit(snapshot(desk, *content))
    assert outcomes(staged) == ["created", "changed"]
    assert outcomes(desk.undo(staged)) == ["taken_back", "taken_back"]
    assert not PersonNumber.objects.filter(number=number).exists()
    assert Person.objects.filter(pk=kim.pk).exists()
    assert codes(grades(desk, of("{b-1}", course()))) == [["external-unknown"]]
