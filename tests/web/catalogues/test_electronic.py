"""Electronic underskrift on screen: with the password again, a job's state, file and report."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings

from provning.accounts.models import User
from provning.catalogues.actions import run_signing_order
from provning.catalogues.models import (
    CatalogueSignature,
    GradeCatalogue,
    SignatureCheck,
    SigningOrder,
)
from provning.catalogues.queries.electronic import current_file
from provning.exams.actions import create_exam_group
from provning.grading.actions import decide_grades
from provning.kernel.actors import Scope, ScopeKind
from provning.organisation.models import Policy
from provning.people.models import Duty
from tests.builders import HT26, PASSWORD, PROGRAM
from tests.grading import world
from tests.support.kept import kept
from tests.web.catalogues.conftest import AFTER_TERM
from tests.web.catalogues.signing import (
    account_of,
    address,
    custom,
    form_of,
    run_jobs,
    sign,
    signed_in,
    to_sign,
    written,
)
from tests.web.stage import EXAM_DAY, Stage, build_graded_stage

World = tuple[Stage, User, GradeCatalogue]


def build_to_sign() -> World:
    """Build the town, its catalogue, and the account of the teacher who is to sign it."""
    built = build_graded_stage()
    scope = Scope(ScopeKind.OWN_GROUPS, built.town.centrum)
    return built, account_of("grading_teacher", scope, built.teacher), to_sign(built)


waiting = kept(build_to_sign)


@pytest.fixture
def stage(waiting: World, settings: Settings) -> Stage:
    """Return the town in January."""
    settings.TODAY = AFTER_TERM.isoformat()
    return waiting[0]


@pytest.fixture
def made(waiting: World) -> GradeCatalogue:
    """Return the autumn's catalogue, which the teacher is to sign electronically."""
    return waiting[2]


@pytest.fixture
def teacher(stage: Stage, waiting: World) -> Client:  # noqa: ARG001 # signed in in January
    """Sign the group's teacher in."""
    client = Client()
    client.force_login(waiting[1])
    return client


def test_the_page_says_what_is_signed(teacher: Client, made: GradeCatalogue) -> None:
    page = teacher.get(address(made)).content.decode()

    assert f"<h1>Underteckna {made.document_id}</h1>" in page
    for said in ("betygssättande lärare", "Matematik 3b", made.stored_id, "Läs dokumentet"):
        assert said in page


def test_a_signature_is_given_by_form_and_a_job(teacher: Client, made: GradeCatalogue) -> None:
    answer = teacher.post(address(made), form_of(teacher, made), follow=True)
    waiting = answer.content.decode()
    assert "Underskriften görs. Det tar oftast några sekunder." in waiting
    order = SigningOrder.objects.get()
    progress = f"/betygskataloger/underskrift/{order.id}/"
    assert f'data-progress="{progress}"' in waiting
    assert "Underteckna elektroniskt" not in waiting
    assert teacher.get(progress).json() == {"finished": False, "text": "väntar"}

    run_jobs(made)

    assert teacher.get(progress).json() == {"finished": True, "text": "klar"}
    done = teacher.get(address(made)).content.decode()
    assert "Din underskrift står i filen här nedanför." in done
    assert "Underskrifterna är giltiga" in done
    assert "Alla har skrivit under och filen är förseglad." in done
    assert CatalogueSignature.objects.get().signer_name == "Karin Wallgren"


def test_a_wrong_password_signs_nothing(teacher: Client, made: GradeCatalogue) -> None:
    answer = teacher.post(address(made), form_of(teacher, made, "fel lösenord här"))

    assert answer.status_code == 422
    assert "Lösenordet stämmer inte." in answer.content.decode()
    assert "fel lösenord här" not in answer.content.decode()
    assert not SigningOrder.objects.exists()


def test_a_second_click_signs_nothing_more(teacher: Client, made: GradeCatalogue) -> None:
    form = form_of(teacher, made)

    answers = [teacher.post(address(made), form).status_code for _click in range(3)]
    run_jobs(made)

    assert answers == [302, 302, 302]
    assert teacher.post(address(made), form).status_code == 302
    assert SigningOrder.objects.count() == CatalogueSignature.objects.count() == 1


def test_on_paper_the_page_says_so_and_a_form_sent_anyway_is_refused(
    stage: Stage, teacher: Client, made: GradeCatalogue
) -> None:
    form = form_of(teacher, made)
    Policy.objects.all().delete()
    custom(stage, "paper")

    assert "Här undertecknas på papper" in teacher.get(address(made)).content.decode()
    answer = teacher.post(address(made), form)

    assert answer.status_code == 422
    assert "Här undertecknas betygskatalogen med penna på papper." in answer.content.decode()
    assert not SigningOrder.objects.exists()


def test_the_file_and_the_report_are_handed_out(teacher: Client, made: GradeCatalogue) -> None:
    before = teacher.get(f"{address(made)}dokument/")
    assert before.content == bytes(made.stored.content)
    assert teacher.get(f"{address(made)}kontroll/").status_code == 404

    sign(teacher, made)

    answer = teacher.get(f"{address(made)}dokument/")
    assert answer.content == bytes(current_file(made).content)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == (
        f'attachment; filename="betygskatalog-{made.document_id}-undertecknad.pdf"'
    )
    report = teacher.get(f"{address(made)}kontroll/")
    assert report["Content-Type"] == "application/json"
    assert json.loads(report.content)["report"]["signatures"][0]["name"] == "Karin Wallgren"


def test_who_only_reads_sees_the_signatures_but_signs_nothing(
    admin: Client, teacher: Client, made: GradeCatalogue
) -> None:
    assert (
        "Det finns inget för dig att underteckna här" in admin.get(address(made)).content.decode()
    )
    sign(teacher, made)

    page = admin.get(address(made)).content.decode()
    assert "Karin Wallgren" in page
    assert "Underteckna elektroniskt" not in page
    form = {"line": "LÄRARE", "submission": str(made.id), "password": PASSWORD}
    assert admin.post(address(made), form).status_code == 403


def test_rektor_signs_for_a_teacher_who_cannot_and_says_why(
    stage: Stage, made: GradeCatalogue
) -> None:
    person = stage.town.stranger("Rut", "Hedin")
    Duty.objects.create(
        person=person, unit_id=stage.town.centrum, role="Rektor", start_date="2020-01-01"
    )
    rektor = signed_in("principal", Scope(ScopeKind.UNIT, stage.town.centrum), person)
    form = form_of(rektor, made)
    assert form["line"] == ""
    assert (
        "I stället för Karin Wallgren, som inte kan." in rektor.get(address(made)).content.decode()
    )
    form["line"] = f"REKTOR:{stage.teacher.id}"

    refused = rektor.post(address(made), form)
    assert refused.status_code == 422
    assert "Skriv varför rektor skriver under i stället för läraren." in refused.content.decode()
    rektor.post(address(made), form | {"reason": "Slutade i december"})
    run_jobs(made)

    signature = CatalogueSignature.objects.get()
    assert (signature.in_place_of_id, signature.reason) == (
        stage.teacher.id,
        "Slutade i december",
    )


def test_what_is_wrong_with_a_file_is_said_in_words(teacher: Client, made: GradeCatalogue) -> None:
    sign(teacher, made)
    check = SignatureCheck.objects.get()
    facts = json.loads(check.report)
    facts["findings"] = ["not_as_printed"]
    facts["report"]["signatures"][0]["intact"] = False
    SignatureCheck.objects.create(
        catalogue=made,
        document=check.document,
        checked_at=check.checked_at.replace(year=2030),
        valid=False,
        report=json.dumps(facts),
    )

    page = teacher.get(address(made)).content.decode()

    for said in (
        "Filen eller en underskrift är inte giltig",
        "Filen börjar inte med katalogen så som den skrevs.",
        "Innehållet är ändrat",
    ):
        assert said in page


def test_a_file_is_verified_again_on_request(teacher: Client, made: GradeCatalogue) -> None:
    again = f"{address(made)}kontrollera/"
    teacher.post(address(made), form_of(teacher, made))
    run_signing_order(order_id=SigningOrder.objects.get().id, today=AFTER_TERM)
    asked = teacher.post(again, follow=True).content.decode()
    assert "Filen kontrolleras. Det tar oftast några sekunder." in asked
    run_jobs(made)

    just_now = teacher.post(again, follow=True).content.decode()

    assert "Filen kontrollerades alldeles nyss." in just_now
    assert SignatureCheck.objects.count() == 1


def test_the_record_of_the_version_shows_the_file_and_its_check(
    admin: Client, teacher: Client, made: GradeCatalogue
) -> None:
    record = f"/betygskataloger/{made.id}/"
    assert "Elektroniskt undertecknad fil" not in admin.get(record).content.decode()
    sign(teacher, made)

    page = admin.get(record).content.decode()

    assert "Underskrifterna är giltiga" in page
    assert f'href="{address(made)}dokument/"' in page


def test_the_overview_says_what_waits_for_a_signature(
    teacher: Client, made: GradeCatalogue
) -> None:
    page = teacher.get("/").content.decode()
    assert "Betygskatalog att underteckna" in page
    assert address(made) in page

    sign(teacher, made)
    assert "att underteckna" not in teacher.get("/").content.decode()


def test_it_is_read_in_english_too(teacher: Client, made: GradeCatalogue) -> None:
    teacher.cookies["provning_language"] = "en"

    page = teacher.get(address(made)).content.decode()

    assert f"<h1>Sign {made.document_id}</h1>" in page
    assert "Sign electronically" in page


def test_who_signs_a_part_reads_their_own_sheets_on_the_page_and_nothing_of_others(
    stage: Stage, teacher: Client
) -> None:
    kim = stage.town.teacher("Kim", unit=stage.town.centrum)
    group = create_exam_group(
        actor=PROGRAM,
        unit_id=stage.town.centrum,
        course_id=stage.group.course_id,
        term=HT26,
        grading_teacher_id=kim.pk,
        today=EXAM_DAY,
    )
    placed = stage.place(stage.town.person("Tor", "Fremling"), group)
    decide_grades(
        actor=world.grading_teacher(kim, group.unit),
        group_id=group.id,
        values={placed.id: "E"},
        submission=uuid4(),
        today=AFTER_TERM,
    )
    made = written(stage)

    page = teacher.get(address(made)).content.decode()

    assert ("Alva Bergqvist" in page, "Fremling" in page, "Läs dokumentet" in page) == (
        True,
        False,
        False,
    )
    assert "Underteckna elektroniskt" in page
    assert teacher.get(f"{address(made)}dokument/").status_code == 404
