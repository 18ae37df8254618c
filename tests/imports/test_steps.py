"""The steps of an import: who may take which, when, and what stands in the way."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from provning.audit.models import AuditEvent
from provning.audit.queries import history_of
from provning.imports.actions import (
    answer_rows,
    ask_to_commit,
    ask_to_undo,
    drop_import,
    match_columns,
    parts,
    resume_import,
    run_import,
    upload_file,
)
from provning.imports.models import ColumnMapping, ImportFile, StagedImport, StagedRow
from provning.imports.policies import Place
from provning.imports.progress import note_progress
from provning.imports.queries import import_for, imports_for, saved_mapping
from provning.imports.queries.lines import row_lines
from provning.imports.reading import headers_digest
from provning.imports.states import AFTER, FINISHED, RUNNING, Status, Step, after
from provning.imports.tasks import run_staged_import
from provning.kernel.actors import Actor
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from provning.people.actions import change_number
from provning.people.models import Person, PersonNumber
from tests.builders import PROGRAM, TODAY, account, official_numbers, recorded
from tests.imports.world import (
    PERSON_HEADERS,
    Desk,
    codes,
    csv_file,
    faults,
    notes,
    outcomes,
    verdicts,
    xlsx_file,
)

pytestmark = pytest.mark.django_db


def upload(desk: Desk, content: bytes, actor: Actor | None = None) -> StagedImport:
    return upload_file(
        actor=actor or desk.town.centre,
        kind_key="persons",
        place=str(desk.town.organiser),
        file_name="fil.csv",
        content=content,
        submission=uuid4(),
        today=TODAY,
    )


def problem_codes(error: ProblemsFoundError) -> list[str]:
    return [each.code for each in error.problems]


def test_every_status_is_left_or_is_an_end() -> None:
    left = {status for status, _step in AFTER}
    assert left | FINISHED == set(Status)
    assert RUNNING.isdisjoint(FINISHED)
    assert after("done", Step.COMMIT) is None


@pytest.mark.parametrize(
    "content",
    [
        "Personnummer;Förnamn;Efternamn\r\n{n};Åsa;Ö\r\n".encode("cp1252"),
        "Personnummer,Förnamn,Efternamn\n{n},Åsa,Ö\n".encode(),
        "\ufeffPERSONNR\tförnamn\tEfternamn\n{n}\tÅsa\tÖ\n".encode(),
    ],
    ids=["windows-1252", "comma", "tab-and-mark"],
)
def test_a_file_is_read_as_offices_write_it(content: bytes, desk: Desk) -> None:
    number = next(desk.town.numbers)
    desk.commit(desk.run(upload(desk, content.replace(b"{n}", number.encode()))))
    assert list(Person.objects.values_list("given_name", "family_name")) == [("Åsa", "Ö")]


def test_a_workbook_is_read(desk: Desk) -> None:
    content = xlsx_file(PERSON_HEADERS, [(next(desk.town.numbers), "Alva", "Bergqvist")])
    assert verdicts(desk.run(upload(desk, content))) == ["new"]


def test_only_who_holds_the_right_brings_in_a_file_and_only_where_they_reach(desk: Desk) -> None:
    with pytest.raises(NotAllowedError):
        upload(desk, b"Personnummer\r\n", desk.town.admin)
    elsewhere = replace(desk.town.centre, grants=())
    with pytest.raises(NotAllowedError):
        upload(desk, b"Personnummer\r\n", elsewhere)
    with pytest.raises(NotFoundError):
        upload_file(
            actor=desk.town.centre,
            kind_key="persons",
            place=str(desk.town.own),
            file_name="x",
            content=b"Personnummer\r\n",
            submission=uuid4(),
            today=TODAY,
        )
    assert StagedImport.objects.count() == 0


def test_an_import_out_of_reach_does_not_exist(desk: Desk) -> None:
    staged = desk.persons((next(desk.town.numbers), "Alva", "Bergqvist"))
    other = desk.town.admin
    assert imports_for(other) == []
    for act in (
        lambda: import_for(other, staged.id),
        lambda: row_lines(other, staged.id),
        lambda: ask_to_commit(actor=other, import_id=staged.id, today=TODAY),
        lambda: drop_import(actor=other, import_id=staged.id),
        lambda: answer_rows(actor=other, import_id=staged.id, answers={2: "skip"}, today=TODAY),
    ):
        with pytest.raises(NotFoundError):
            act()
    assert verdicts(staged) == ["new"]


def test_somebody_elses_form_is_not_used_again(desk: Desk) -> None:
    submission, content = uuid4(), csv_file(PERSON_HEADERS, [("1", "A", "B")])
    who = desk.town.centre
    sent = {
        "kind_key": "persons",
        "place": str(desk.town.organiser),
        "file_name": "x",
        "content": content,
        "submission": submission,
        "today": TODAY,
    }
    with recorded() as events:
        for _click in range(2):
            staged = upload_file(actor=who, **sent)  # type: ignore[arg-type] # plain values
    assert events == ["import_uploaded"]
    [event] = history_of("staged_import", staged.pk)
    assert event.after == {"file": "x", "kind": "Personer", "sha256": sha256(content).hexdigest()}
    with pytest.raises(ProblemsFoundError) as found:
        upload_file(actor=desk.town.centre, **sent)  # type: ignore[arg-type] # another account
    assert problem_codes(found.value) == ["import-form-used"]


def test_a_file_without_rows_fails_and_says_so(desk: Desk) -> None:
    staged = desk.run(upload(desk, csv_file(PERSON_HEADERS, [])))
    assert (staged.status, faults(staged)) == ("failed", ["import-no-rows"])


def test_a_file_that_breaks_off_fails_as_a_whole(desk: Desk) -> None:
    number = next(desk.town.numbers)
    rows = f"{number};Alva\r\n" * 40
    content = f'Personnummer;Förnamn\r\n{rows}{number};"Bo'.encode()
    staged = desk.run(upload(desk, content))
    assert (staged.status, faults(staged)) == ("failed", ["table-broken-row"])
    assert StagedRow.objects.count() == 0


def test_a_row_with_more_cells_than_headers_is_refused(desk: Desk) -> None:
    number = next(desk.town.numbers)
    content = f"Personnummer;Förnamn\r\n{number};Alva;Ek\r\n".encode()
    staged = desk.run(upload(desk, content))
    assert codes(staged) == [["table-row-wider"]]


def test_columns_matched_by_hand_are_kept_for_the_place(desk: Desk) -> None:
    number = next(desk.town.numbers)
    content = csv_file(("Id", "Tilltal"), [(number, "Alva")])
    staged = upload(desk, content)
    assert staged.status == "columns"
    with pytest.raises(ProblemsFoundError) as found:
        match_columns(
            actor=desk.town.centre, import_id=staged.id, columns={"Id": "skostorlek"}, today=TODAY
        )
    assert problem_codes(found.value) == ["import-field-unknown"]
    columns = {"Id": "identity_number", "Tilltal": "given_name"}
    with recorded() as names:
        match_columns(actor=desk.town.centre, import_id=staged.id, columns=columns, today=TODAY)
    assert names == ["column_mapping_saved"]
    assert verdicts(desk.run(staged)) == ["new"]
    again = desk.run(upload(desk, content))
    assert (verdicts(again), ColumnMapping.objects.count()) == (["new"], 1)
    place = Place(desk.town.organiser, None, "")
    assert saved_mapping(place, "persons", ["ID", "tilltal"]) == columns
    assert saved_mapping(Place(uuid4(), None, ""), "persons", ["ID", "tilltal"]) == {}


def test_a_provider_without_a_mapping_of_its_own_has_the_organisers(desk: Desk) -> None:
    ColumnMapping.objects.create(
        organiser_id=desk.town.organiser,
        purpose="placeringar",
        headers_sha256=headers_digest(["Id"]),
        columns={"Id": "identity_number"},
        saved_at=desk.upload(PERSON_HEADERS, ("1", "A", "B")).uploaded_at,
        saved_by_name="Ada",
    )
    place = Place(desk.town.organiser, desk.town.own, "")
    assert saved_mapping(place, "placeringar", ["id"]) == {"Id": "identity_number"}


def test_what_waits_for_an_answer_stops_the_rest(desk: Desk) -> None:
    kim = desk.town.person("Kim", "Ek")
    number = PersonNumber.objects.get(person=kim).number
    staged = desk.persons((number, "Bo", "Alm"), (next(desk.town.numbers), "A", "B"))
    with pytest.raises(ProblemsFoundError) as found:
        desk.commit(staged)
    assert problem_codes(found.value) == ["import-unanswered"]
    with recorded() as events:
        for _click in range(2):
            desk.answer(staged, {2: "skip"})
    assert events == ["import_rows_chosen"]
    event = history_of("staged_import", staged.pk)[0]
    assert event.after == {"file": "fil.csv", "count": 1, "answers": {"2": "skip"}}
    desk.commit(staged)
    assert outcomes(staged) == ["left_out", "created"]


def test_nothing_new_is_nothing_to_take_in(desk: Desk) -> None:
    kim = desk.town.person("Kim", "Ek")
    staged = desk.persons((PersonNumber.objects.get(person=kim).number, "Kim", "Ek"))
    with pytest.raises(ProblemsFoundError) as found:
        desk.commit(staged)
    assert problem_codes(found.value) == ["import-nothing"]


def test_asked_twice_is_done_once(desk: Desk) -> None:
    staged = desk.persons((next(desk.town.numbers), "Alva", "Bergqvist"))
    for _click in range(2):
        ask_to_commit(actor=desk.town.centre, import_id=staged.id, today=TODAY)
    desk.run(staged)
    assert run_import(import_id=staged.id, today=TODAY, actor=desk.town.centre) is None
    assert Person.objects.count() == 1
    for _click in range(2):
        ask_to_undo(actor=desk.town.centre, import_id=staged.id, today=TODAY)
    desk.run(staged)
    assert (Person.objects.count(), staged.status) == (0, "undone")
    assert AuditEvent.objects.filter(name="import_undone").count() == 1
    assert jobs() == [[str(staged.id), TODAY.isoformat()]] * 3


def jobs() -> list[list[str]]:
    """Return what each job was asked for: one for a file's reading, taking in and taking back."""
    found = DBTaskResult.objects.filter(task_path=run_staged_import.module_path)
    return [each.args_kwargs["args"] for each in found]


def test_a_step_whose_job_has_died_goes_to_another_from_its_start(desk: Desk) -> None:
    staged = desk.persons((next(desk.town.numbers), "Alva", "Bergqvist"))
    silent = datetime.now(UTC) - timedelta(minutes=6)
    StagedImport.objects.update(status=Status.STAGING, progress_at=silent)
    resume_import(actor=desk.town.centre, import_id=staged.id, today=TODAY)
    assert len(jobs()) == 2
    desk.run(staged)
    assert (staged.status, verdicts(staged)) == ("ready", ["new"])


def test_a_long_step_tells_how_far_it_has_come_until_it_ends(
    desk: Desk, settings: Settings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    staged = desk.persons(*((next(desk.town.numbers), "Alva", "Berg") for _row in range(3)))
    ask_to_commit(actor=desk.town.centre, import_id=staged.id, today=TODAY)
    note_progress(staged.id, 4)
    seen = import_for(desk.town.centre, staged.id)
    assert (seen.done, seen.steps) == (4, 6)
    desk.run(staged)
    assert (import_for(desk.town.centre, staged.id).done, list(tmp_path.glob("*/*"))) == (0, [])


def test_a_file_longer_than_a_part_is_taken_in_and_back_whole(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "AT_ONCE", 2)
    staged = desk.persons(*((next(desk.town.numbers), "Alva", f"N{row}") for row in range(5)))
    with recorded() as names:
        desk.commit(staged)
    assert names == ["import_asked", *["persons_registered"] * 3, "import_committed"]
    assert AuditEvent.objects.get(name="import_committed").after.count('"created":5') == 1
    desk.undo(staged)
    assert (outcomes(staged), Person.objects.count()) == (["taken_back"] * 5, 0)


def test_an_import_is_let_be_once_and_keeps_its_name_alone(desk: Desk) -> None:
    staged = desk.persons((next(desk.town.numbers), "Alva", "Bergqvist"))
    with recorded() as events:
        for _click in range(2):
            dropped = drop_import(actor=desk.town.centre, import_id=staged.id)
    assert (events, dropped.status) == (["import_dropped"], "dropped")
    assert (StagedRow.objects.count(), ImportFile.objects.count()) == (0, 0)
    assert history_of("staged_import", staged.pk)[0].after == {"file": "fil.csv"}


def test_a_step_out_of_turn_is_a_readable_conflict(desk: Desk) -> None:
    staged = desk.persons((next(desk.town.numbers), "Alva", "Bergqvist"))
    desk.commit(staged)
    with pytest.raises(ConflictError, match="Inläsningen är redan inläst"):
        drop_import(actor=desk.town.centre, import_id=staged.id)


def test_a_job_works_with_the_rights_that_the_account_has_now(desk: Desk) -> None:
    staged = desk.persons((next(desk.town.numbers), "Alva", "Bergqvist"))
    ask_to_commit(actor=desk.town.centre, import_id=staged.id, today=TODAY)
    user = account("utan-roll")
    StagedImport.objects.update(asked_by_account=str(user.pk))
    with recorded() as events:
        run_import(import_id=staged.id, today=TODAY)
    staged.refresh_from_db()
    assert (staged.status, faults(staged)) == ("ready", ["import-rights"])
    assert events == ["import_returned"]
    assert Person.objects.count() == 0


def test_a_fault_of_ours_stores_nothing_and_says_so(desk: Desk) -> None:
    staged = desk.persons((next(desk.town.numbers), "Alva", "Bergqvist"))
    ask_to_commit(actor=desk.town.centre, import_id=staged.id, today=TODAY)
    StagedImport.objects.update(kind="ett slag som inte finns")
    desk.run(staged)
    assert (staged.status, faults(staged)) == ("ready", ["import-failed"])
    assert Person.objects.count() == 0


def test_a_number_that_several_have_had_goes_to_a_person(desk: Desk) -> None:
    number, *others = (next(desk.town.numbers) for _each in range(3))
    for name, other in zip(("Ett", "Två"), others, strict=True):
        person = desk.town.stranger(name, "Namn", number=number)
        change_number(
            actor=PROGRAM,
            person_id=person.id,
            identity_number=other,
            expected_version=1,
            today=TODAY,
        )
        PersonNumber.objects.filter(person=person, number=number).update(number="189001019802")
    PersonNumber.objects.filter(number="189001019802").update(number=number)
    staged = desk.persons((number, "Ett", "Namn"))
    assert (verdicts(staged), codes(staged)) == (["choice"], [["import-former-number"]])


def test_a_case_number_is_found_and_an_unknown_one_refused(desk: Desk) -> None:
    siv = desk.town.person("Siv", "Ek", protection="Sekretessmarkering")
    staged = desk.persons((str(siv.case_number), "Siv", "Alm"), ("SI-999999", "A", "B"))
    assert (verdicts(staged), codes(staged)) == (
        ["changed", "refused"],
        [[], ["import-case-number-unknown"]],
    )


def test_who_has_been_given_a_case_number_is_not_taken_back(desk: Desk) -> None:
    headers = (*PERSON_HEADERS, "Skyddad identitet")
    row = (next(desk.town.numbers), "Siv", "Ek", "sekretessmarkering")
    staged = desk.commit(desk.upload(headers, row))
    desk.undo(staged)
    assert (outcomes(staged), notes(staged)) == (["kept"], [["person-case-number-given"]])


def test_a_person_who_is_gone_is_said_to_be(desk: Desk) -> None:
    staged = desk.commit(desk.persons((next(desk.town.numbers), "Alva", "Bergqvist")))
    PersonNumber.objects.all().delete()
    Person.objects.all().delete()
    desk.undo(staged)
    assert notes(staged) == [["import-person-gone"]]


def test_a_file_costs_as_many_queries_whatever_its_length(desk: Desk) -> None:
    numbers = list(official_numbers())[200:250]
    rows = [(number, "Alva", f"Nr{place}") for place, number in enumerate(numbers)]
    counted = []
    for some in (rows[:5], rows[5:]):
        with CaptureQueriesContext(connection) as planning:
            staged = desk.persons(*some)
        with CaptureQueriesContext(connection) as taking:
            desk.commit(staged)
        counted.append((len(planning), len(taking)))
    assert counted[0] == counted[1]
    assert Person.objects.count() == 50


def test_undo_is_left_alone_where_nothing_was_taken_in(desk: Desk) -> None:
    staged = desk.persons((next(desk.town.numbers), "Alva", "Bergqvist"))
    with pytest.raises(ConflictError):
        ask_to_undo(actor=desk.town.centre, import_id=staged.id, today=TODAY)
