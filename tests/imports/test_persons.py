"""Persons brought in from a file: new, changed, unchanged, refused, asked about, taken back."""

from datetime import date

import pytest

from provning.access.models import AccessEntry
from provning.audit.queries import history_of
from provning.imports.models import StagedRow
from provning.people.actions import enrol, rename_person
from provning.people.models import Person, PersonNumber
from tests.builders import FIRST, PROGRAM, recorded
from tests.imports.world import Desk, codes, faults, notes, outcomes, verdicts

pytestmark = pytest.mark.django_db


def number_of(person: Person) -> str:
    return PersonNumber.objects.get(person=person, valid_to=None).number


def test_a_new_person_is_registered_as_the_file_says(desk: Desk) -> None:
    number = next(desk.town.numbers)
    written = number[2:8] + "-" + number[8:]
    headers = ("Personnummer", "Förnamn", "Efternamn", "E-post", "Skyddad identitet", "Status")
    row = (written, " Alva ", "Bergqvist", "a@b.se", "ingen", "utvandrad", "2026-03-01")
    staged = desk.upload((*headers, "Utvandringsdatum"), row)
    assert (verdicts(staged), Person.objects.count()) == (["new"], 0)
    desk.commit(staged)
    person = Person.objects.get()
    assert (person.given_name, person.family_name, person.email) == ("Alva", "Bergqvist", "a@b.se")
    assert (person.status, person.status_on) == ("Utvandrad", date(2026, 3, 1))
    assert number_of(person) == number
    assert (staged.status, outcomes(staged)) == ("done", ["created"])


def test_only_what_differs_is_changed_and_named_field_by_field(desk: Desk) -> None:
    kim = desk.town.person("Kim", "Ek")
    bo = desk.town.person("Bo", "Ask")
    staged = desk.persons((number_of(kim), "Kim", "Alm"), (number_of(bo), "Bo", "Ask"))
    rows = list(StagedRow.objects.order_by("number"))
    assert verdicts(staged) == ["changed", "unchanged"]
    assert [row.differences for row in rows] == [[["family_name", "Ek", "Alm"]], []]
    with recorded() as names:
        desk.commit(staged)
    kim.refresh_from_db()
    assert (kim.family_name, kim.version) == ("Alm", 2)
    assert names == ["import_asked", "person_revised", "import_committed"]
    assert outcomes(staged) == ["changed", "unchanged"]


def test_a_death_needs_its_day_and_is_undone_with_it(desk: Desk) -> None:
    kim, new = desk.town.person("Kim", "Ek"), next(desk.town.numbers)
    headers = ("Personnummer", "Förnamn", "Efternamn", "Status", "Dödsdatum")
    kims = (number_of(kim), "Kim", "Ek", "Avliden")
    without = desk.upload(headers, (*kims, ""), (new, "Bo", "Ask", "Avliden", ""))
    assert (verdicts(without), codes(without)) == (
        ["refused"] * 2,
        [["person-status-day-missing"]] * 2,
    )
    staged = desk.upload(headers, (*kims, "2026-03-01"))
    desk.commit(staged)
    kim.refresh_from_db()
    assert (kim.status, kim.status_on) == ("Avliden", date(2026, 3, 1))
    # The same status without a day says nothing new.
    assert verdicts(desk.upload(headers, (*kims, ""))) == ["unchanged"]
    desk.undo(staged)
    kim.refresh_from_db()
    assert (kim.status, kim.status_on) == ("Aktiv", None)


def test_an_empty_cell_changes_nothing(desk: Desk) -> None:
    kim = desk.town.person("Kim", "Ek")
    assert verdicts(desk.persons((number_of(kim), "", ""))) == ["unchanged"]


def test_the_same_file_twice_changes_nothing(desk: Desk) -> None:
    row = (next(desk.town.numbers), "Alva", "Bergqvist")
    desk.commit(desk.persons(row))
    again = desk.persons(row)
    assert verdicts(again) == ["unchanged"]
    assert Person.objects.count() == 1


def test_everything_wrong_is_said_at_once_with_its_row_and_column(desk: Desk) -> None:
    good = next(desk.town.numbers)
    headers = ("Personnummer", "Förnamn", "Efternamn", "E-post", "Status")
    staged = desk.upload(
        headers,
        ("2.0E+11", "A", "B", "inte", "Okänd"),
        (good, "", "", "", ""),
        (good[:-1] + str((int(good[-1]) + 1) % 10), "C", "D", "", ""),
    )
    assert verdicts(staged) == ["refused"] * 3
    assert codes(staged) == [
        ["identity-excel", "person-mail", "person-status-unknown"],
        ["person-name-empty"],
        ["identity-checksum"],
    ]
    first = StagedRow.objects.order_by("number")[0]
    assert [(first.number, each["field"]) for each in first.problems] == [
        (2, "identity_number"),
        (2, "email"),
        (2, "status"),
    ]


def test_a_number_twice_in_the_file_is_refused_at_its_second_place(desk: Desk) -> None:
    number = next(desk.town.numbers)
    staged = desk.persons((number, "A", "B"), (number, "A", "B"))
    assert (verdicts(staged), codes(staged)) == (["new", "refused"], [[], ["import-row-twice"]])


def test_somebody_out_of_reach_is_as_taken_never_named_and_logged(desk: Desk) -> None:
    elsewhere, kim = desk.town.teacher("Karin"), desk.town.person("Kim", "Ek")
    rows = [(number_of(each), "Fel", "Namn") for each in (elsewhere, kim)]
    centre = desk.town.centre
    staged = desk.persons(*rows, actor=centre)
    assert codes(staged)[0] == ["person-number-taken"]
    assert "Wallgren" not in str(StagedRow.objects.values())
    logged = AccessEntry.objects.values_list("kind", "person_id", "outside", "actor_id", "place")
    assert list(logged) == [("search", elsewhere.pk, True, centre.id, "imports:rows")]


def test_a_name_with_nothing_in_common_is_asked_about(desk: Desk) -> None:
    kim = desk.town.person("Kim", "Ek")
    staged = desk.persons((number_of(kim), "Bo", "Alm"))
    assert (verdicts(staged), codes(staged)) == (["choice"], [["import-other-name"]])
    desk.answer(staged, {2: str(kim.id)})
    assert verdicts(staged) == ["changed"]
    desk.answer(staged, {2: "skip"})
    assert verdicts(staged) == ["left_out"]
    desk.answer(staged, {2: ""})
    assert verdicts(staged) == ["choice"]


def birthday_twins(desk: Desk) -> tuple[str, str]:
    """Return two official numbers of the same day of birth."""
    met: dict[str, str] = {}
    for number in desk.town.numbers:
        if number[:8] in met:
            return met[number[:8]], number
        met[number[:8]] = number
    raise AssertionError("no two numbers share a day")


@pytest.mark.parametrize("answer", ["same", "new"])
def test_a_new_number_of_a_known_name_and_birthday_goes_to_a_person(
    answer: str, desk: Desk
) -> None:
    old, new = birthday_twins(desk)
    kim = desk.town.person("Kim", "Ek", number=old)
    staged = desk.persons((new, "Kim", "Ek"))
    row = StagedRow.objects.get()
    assert (row.verdict, codes(staged)) == ("choice", [["import-alike"]])
    assert (row.candidates, row.may_be_new) == ([str(kim.id)], True)
    desk.answer(staged, {2: str(kim.id) if answer == "same" else "new"})
    desk.commit(staged)
    assert Person.objects.count() == (1 if answer == "same" else 2)
    assert (number_of(kim) == new) == (answer == "same")


def test_a_choice_that_is_not_offered_is_refused(desk: Desk) -> None:
    kim = desk.town.person("Kim", "Ek")
    staged = desk.persons((number_of(kim), "Bo", "Alm"))
    with pytest.raises(Exception, match="alternativen"):
        desk.answer(staged, {2: "new"})


def test_nothing_is_taken_in_when_the_register_has_changed_since(desk: Desk) -> None:
    kim = desk.town.person("Kim", "Ek")
    staged = desk.persons((number_of(kim), "Kim", "Alm"), (next(desk.town.numbers), "A", "B"))
    rename_person(
        actor=PROGRAM, person_id=kim.id, given_name="Kim", family_name="Ort", expected_version=1
    )
    with recorded() as events:
        desk.commit(staged)
    assert (staged.status, faults(staged)) == ("ready", ["import-changed"])
    assert events == ["import_asked", "import_returned"]
    told = history_of("staged_import", staged.pk)[0].after
    assert told == {"file": "fil.csv", "problems": 1, "rows": 1}
    assert Person.objects.filter(given_name="A").count() == 0
    row = StagedRow.objects.get(number=2)
    assert row.differences == [["family_name", "Ort", "Alm"]]
    desk.commit(staged)
    assert staged.status == "done"


def test_undo_takes_new_ones_away_and_gives_others_back_what_they_had(desk: Desk) -> None:
    kim = desk.town.person("Kim", "Ek")
    staged = desk.persons((number_of(kim), "Kim", "Alm"), (next(desk.town.numbers), "Ny", "Här"))
    desk.commit(staged)
    with recorded() as names:
        desk.undo(staged)
    kim.refresh_from_db()
    assert (staged.status, outcomes(staged)) == ("undone", ["taken_back"] * 2)
    assert (kim.family_name, Person.objects.count()) == ("Ek", 1)
    assert names == ["persons_taken_back", "person_revised", "import_undone"]


def test_undo_leaves_whom_something_rests_on_and_says_why(desk: Desk) -> None:
    staged = desk.persons(
        (next(desk.town.numbers), "Ett", "Namn"), (next(desk.town.numbers), "Två", "Namn")
    )
    desk.commit(staged)
    first = Person.objects.get(given_name="Ett")
    enrol(actor=PROGRAM, person_id=first.id, provider_id=desk.town.own, start_date=FIRST)
    desk.undo(staged)
    assert outcomes(staged) == ["kept", "taken_back"]
    assert notes(staged) == [["person-used"], []]
    assert [each.given_name for each in Person.objects.all()] == ["Ett"]


def test_undo_leaves_who_has_changed_since(desk: Desk) -> None:
    kim = desk.town.person("Kim", "Ek")
    staged = desk.persons((number_of(kim), "Kim", "Alm"))
    desk.commit(staged)
    rename_person(
        actor=PROGRAM, person_id=kim.id, given_name="Kim", family_name="Ort", expected_version=2
    )
    desk.undo(staged)
    kim.refresh_from_db()
    assert (kim.family_name, notes(staged)) == ("Ort", [["person-changed-since"]])


def test_undo_of_a_number_gives_the_old_one_back(desk: Desk) -> None:
    old, new = birthday_twins(desk)
    kim = desk.town.person("Kim", "Ek", number=old)
    staged = desk.persons((new, "Kim", "Ek"))
    desk.answer(staged, {2: str(kim.id)})
    desk.commit(staged)
    desk.undo(staged)
    assert (outcomes(staged), number_of(kim)) == (["taken_back"], old)


def test_whom_one_may_not_see_is_not_changed_by_a_file(desk: Desk) -> None:
    siv = desk.town.person("Siv", "Hemlig", protection="Sekretessmarkering")
    blind = desk.town.centre
    grants = tuple(
        type(grant)(grant.role, grant.scope, grant.permissions - {"view_protected"})
        for grant in blind.grants
    )
    actor = type(blind)(blind.id, blind.name, blind.role, grants)
    staged = desk.persons((number_of(siv), "Annan", "Person"), actor=actor)
    assert codes(staged) == [["import-masked"]]
    assert "Hemlig" not in str(StagedRow.objects.values())


def test_rows_with_problems_are_left_out_only_by_choice(desk: Desk) -> None:
    staged = desk.persons((next(desk.town.numbers), "A", "B"), ("1", "C", "D"))
    with pytest.raises(Exception, match="1 rader kan inte läsas in"):
        desk.commit(staged)
    desk.commit(staged, leave_out=True)
    assert outcomes(staged) == ["created", "left_out"]
