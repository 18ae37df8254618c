"""The screen of record: what is missing, days registered, scans, mistakes taken back, copies."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from provning.catalogues.actions import build_catalogue
from provning.catalogues.models import CatalogueCopy, CatalogueSignature, GradeCatalogue
from provning.kernel.actors import Scope, ScopeKind
from provning.organisation.models import Policy
from provning.people.actions import give_duty, link_account
from provning.people.models import Person
from tests import builders
from tests.builders import HT26, PROGRAM
from tests.catalogues.test_scans import PNG
from tests.support.kept import kept
from tests.web.catalogues.conftest import AFTER_TERM, LIST, order_form, run_jobs, write
from tests.web.stage import Stage, build_graded_stage

RECORD_QUERIES = 26
UNSIGNED = f"{LIST}att-underteckna/"


def build_printed() -> tuple[Stage, GradeCatalogue]:
    """Build the town, and write its catalogue of the autumn."""
    built = build_graded_stage()
    [made] = build_catalogue(actor=PROGRAM, unit_id=built.town.centrum, term=HT26, today=AFTER_TERM)
    return built, made


printed = kept(build_printed)


@pytest.fixture
def stage(printed: tuple[Stage, GradeCatalogue], settings: Settings) -> Stage:
    """Return the town in January."""
    settings.TODAY = AFTER_TERM.isoformat()
    return printed[0]


@pytest.fixture
def made(printed: tuple[Stage, GradeCatalogue]) -> GradeCatalogue:
    """Return the written catalogue of the autumn."""
    return printed[1]


@pytest.fixture
def teacher(stage: Stage) -> Client:
    """Return the grading teacher's own browser."""
    scope = Scope(ScopeKind.OWN_GROUPS, stage.town.centrum)
    user = builders.account("larare", "grading_teacher", scope)
    link_account(actor=PROGRAM, person_id=stage.teacher.id, user_id=user.id)
    client = Client()
    client.force_login(user)
    return client


def rektor_on_duty(stage: Stage) -> Person:
    """Give the unit a rektor."""
    rektor = stage.town.stranger("Maria")
    give_duty(
        actor=PROGRAM,
        person_id=rektor.id,
        unit_id=stage.town.centrum,
        role="Rektor",
        start_date=date(2020, 1, 1),
    )
    return rektor


def record(made: GradeCatalogue) -> str:
    return f"{LIST}{made.id}/"


def day_field(stage: Stage) -> str:
    return f"day_{stage.teacher.id.hex}_LÄRARE"


def html(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_record_says_what_is_missing_and_takes_the_day(
    admin: Client, stage: Stage, made: GradeCatalogue
) -> None:
    page = html(admin, record(made))
    assert "1 underskrift saknas" in page
    assert "Återstår: Karin Wallgren" in page

    answer = admin.post(record(made), {day_field(stage): "2027-01-04"}, follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain == [(record(made), 302)]
    assert "1 underskrift registrerades." in page
    assert "Alla har undertecknat" in page
    assert day_field(stage) not in page
    signed = CatalogueSignature.objects.get()
    assert (signed.signer_id, signed.signed_on) == (stage.teacher.id, AFTER_TERM)


def test_a_day_that_cannot_be_stays_in_its_field_with_what_is_wrong(
    admin: Client, stage: Stage, made: GradeCatalogue
) -> None:
    for typed, said in (
        ("2027-02-01", "Underskriften 2027-02-01 är efter i dag."),
        ("2026-12-31", "är före dagen då katalogen skrevs, 2027-01-04."),
        ("2023-13-45", "Skriv datumet som 2026-11-12."),
    ):
        answer = admin.post(record(made), {day_field(stage): typed})
        page = answer.content.decode()
        assert (answer.status_code, said in page) == (422, True)
        assert f'value="{typed}"' in page
    assert not CatalogueSignature.objects.exists()


def test_without_a_day_nothing_is_registered(
    admin: Client, stage: Stage, made: GradeCatalogue
) -> None:
    answer = admin.post(record(made), {day_field(stage): ""})
    assert answer.status_code == 422
    assert "Skriv dagen för minst en underskrift." in answer.content.decode()


def test_a_second_click_registers_nothing_more(
    admin: Client, stage: Stage, made: GradeCatalogue
) -> None:
    sent = {day_field(stage): "2027-01-04"}
    admin.post(record(made), sent)
    admin.post(record(made), sent)
    assert CatalogueSignature.objects.count() == 1


def test_a_scanned_page_is_kept_and_handed_out(
    admin: Client, stage: Stage, made: GradeCatalogue
) -> None:
    bad = SimpleUploadedFile("blad.png", b"ingen bild", "image/png")
    answer = admin.post(record(made), {day_field(stage): "2027-01-04", "scan": bad})
    assert answer.status_code == 422
    assert "Filen är ingen hel PDF, PNG eller JPEG." in answer.content.decode()

    scan = SimpleUploadedFile("blad.exe", PNG, "application/octet-stream")
    admin.post(record(made), {day_field(stage): "2027-01-04", "scan": scan})

    address = reverse("catalogues:scan", args=[CatalogueSignature.objects.get().pk])
    assert address in html(admin, record(made))
    answer = admin.get(address)
    assert (answer.content, answer.headers["Content-Type"]) == (PNG, "image/png")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="underskrift-')


def test_a_mistake_is_taken_back_with_its_reason(
    admin: Client, stage: Stage, made: GradeCatalogue
) -> None:
    admin.post(record(made), {day_field(stage): "2027-01-04"})
    address = reverse("catalogues:take-back", args=[CatalogueSignature.objects.get().pk])
    assert address in html(admin, record(made))
    assert admin.post(address, {"reason": " "}).status_code == 422

    answer = admin.post(address, {"reason": "Fel dag."}, follow=True)

    page = answer.content.decode()
    assert answer.redirect_chain == [(record(made), 302)]
    assert "1 underskrift saknas" in page
    assert "Underskriften av Karin Wallgren 2027-01-04 togs tillbaka" in page
    assert "Fel dag." in page
    assert admin.get(address).status_code == 404


def test_rektor_signs_in_the_place_of_a_teacher_who_cannot(
    admin: Client, stage: Stage, made: GradeCatalogue
) -> None:
    address = f"{record(made)}i-stallet/"
    assert address not in html(admin, record(made))
    assert "Ingen underskrift att ge i någons ställe" in html(admin, address)
    rektor = rektor_on_duty(stage)
    assert f"{address}?signer={stage.teacher.id}" in html(admin, record(made))
    sent = {
        "signer": str(stage.teacher.id),
        "principal": str(rektor.id),
        "signed_on": "2027-02-01",
        "reason": "Karin har slutat.",
    }
    answer = admin.post(address, sent)
    assert answer.status_code == 422
    assert "är efter i dag" in answer.content.decode()
    assert "Karin har slutat." in answer.content.decode()
    assert "Välj filen" not in answer.content.decode()

    scan = SimpleUploadedFile("blad <1>.png", PNG, "image/png")
    page = admin.post(address, sent | {"scan": scan}).content.decode()
    assert page.count("Välj filen blad &lt;1&gt;.png igen. Allt annat finns kvar.") == 2
    kept = ("Karin har slutat.", 'value="2027-02-01"', f'value="{rektor.id}" selected')
    assert [each in page for each in kept] == [True, True, True]

    admin.post(address, sent | {"signed_on": "2027-01-04"})

    page = html(admin, record(made))
    assert ("Undertecknad av rektor" in page, "Karin har slutat." in page) == (True, True)
    assert "Alla har undertecknat" in page


def test_a_copy_of_a_lost_original_is_made_once_and_handed_out(
    admin: Client, stage: Stage, made: GradeCatalogue
) -> None:
    admin.post(record(made), {day_field(stage): "2027-01-04"})
    address = f"{record(made)}kopia/"
    sent = {"submission": str(uuid4()), "reason": ""}
    assert admin.post(address, sent).status_code == 422
    for _click in range(2):
        admin.post(address, sent | {"reason": "Pärmen är borta."})

    copy = CatalogueCopy.objects.get()
    page = html(admin, record(made))
    document = reverse("catalogues:copied-document", args=[copy.id])
    assert (document in page, "Pärmen är borta." in page) == (True, True)
    assert admin.get(document).content.startswith(b"%PDF-")


def test_the_content_is_handed_out_beside_the_document(admin: Client, made: GradeCatalogue) -> None:
    answer = admin.get(f"{record(made)}innehall/")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.content.decode() == made.content


def test_a_new_version_says_what_has_changed_and_the_old_one_that_it_is_replaced(
    admin: Client, stage: Stage, made: GradeCatalogue
) -> None:
    stage.decide(stage.place(stage.town.person("Bo", "Ask")), "C")
    page = html(admin, record(made))
    assert (
        "En ny version behöver skrivas" in page,
        "1 beslut står inte i någon katalog." in page,
    ) == (
        True,
        True,
    )
    write(admin, stage)
    newest = GradeCatalogue.objects.get(version=2)

    page = html(admin, record(newest))
    assert f"{stage.group.name}, Karin Wallgren: Nya rader: 1" in page
    assert (newest.stored_id in page, newest.content_sha256 in page) == (True, True)
    old = html(admin, record(made))
    assert "Den här versionen är ersatt" in old
    assert day_field(stage) not in old


def test_a_preliminary_version_is_shown_but_not_signed(admin: Client, stage: Stage) -> None:
    admin.post("/enhet-och-period/", {"unit": str(stage.town.centrum), "next": LIST})
    admin.post(LIST + "skriv/", order_form(stage.town.centrum))
    run_jobs(stage.group.end_date)
    made = GradeCatalogue.objects.get(preliminary=True)

    page = html(admin, record(made))

    assert ("Preliminär katalog" in page, "Registrera underskrifter" in page) == (True, False)


def test_what_is_not_signed_is_listed_for_everybody_it_concerns(
    admin: Client, teacher: Client, stage: Stage, made: GradeCatalogue
) -> None:
    centre = stage.client("adult_education_centre")
    contractor = stage.client("external_provider")
    for client in (admin, teacher, centre):
        page = html(client, UNSIGNED)
        assert (record(made) in page, "Karin Wallgren" in page) == (True, True)
    assert made.document_id not in html(contractor, UNSIGNED)
    admin.post(record(made), {day_field(stage): "2027-01-04"})
    assert "Inga underskrifter saknas" in html(centre, UNSIGNED)


def test_a_teacher_registers_their_own_signature_and_reads_what_is_all_their_own(
    teacher: Client, stage: Stage, made: GradeCatalogue
) -> None:
    page = html(teacher, record(made))
    assert ("SHA-256" in page, "Hämta katalogen" in page, "Innan leverans" in page) == (
        False,
        True,
        False,
    )
    assert "Betygskatalog utan alla underskrifter" in html(teacher, "/")

    teacher.post(record(made), {day_field(stage): "2027-01-04"})

    assert CatalogueSignature.objects.get().registered_by_name == "Larare"
    assert "Betygskatalog utan alla underskrifter" not in html(teacher, "/")


def test_the_provider_is_told_on_the_overview(admin: Client, made: GradeCatalogue) -> None:
    page = html(admin, "/")
    said = f'Karin Wallgren har inte undertecknat <span class="nowrap">{made.document_id}</span>.'
    assert said in page
    assert record(made) in page


def test_where_signing_is_electronic_the_record_leads_there_and_asks_for_no_days(
    admin: Client, teacher: Client, stage: Stage, made: GradeCatalogue
) -> None:
    Policy.objects.create(
        organiser_id=stage.town.organiser,
        key="catalogue_signing",
        value="electronic",
        valid_from=AFTER_TERM,
    )
    sign = reverse("catalogues:sign", args=[made.id])
    pages = [html(client, record(made)) for client in (admin, teacher)]
    assert [day_field(stage) in page for page in pages] == [False, False]
    assert [sign in page for page in pages] == [False, True]


def test_who_only_reads_is_not_asked_for_days(
    stage: Stage, admin: Client, made: GradeCatalogue
) -> None:
    centre = stage.client("adult_education_centre")
    page = html(centre, record(made))
    assert (day_field(stage) in page, "Registrera underskrifter" in page) == (False, False)
    answer = centre.post(record(made), {day_field(stage): "2027-01-04"})
    assert answer.status_code == 422
    assert not CatalogueSignature.objects.exists()
    assert admin.get(record(made)).status_code == 200


def test_another_providers_record_does_not_exist(stage: Stage, made: GradeCatalogue) -> None:
    contractor = stage.client("external_provider")
    for address in ("", "pdf/", "innehall/", "kopia/", "i-stallet/"):
        assert contractor.get(f"{record(made)}{address}").status_code == 404
    assert contractor.post(record(made), {day_field(stage): "2027-01-04"}).status_code == 404


@pytest.mark.parametrize("size", [1, 30])
def test_the_record_asks_the_database_as_often_for_any_number_of_versions(
    size: int,
    admin: Client,
    made: GradeCatalogue,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for version in range(2, size + 1):
        GradeCatalogue.objects.create(
            **{
                field.attname: getattr(made, field.attname)
                for field in GradeCatalogue._meta.concrete_fields
            }
            | {"id": UUID(int=version), "version": version, "document_id": f"BK-{version}"}
        )
    admin.get(record(made))
    with django_assert_num_queries(RECORD_QUERIES):
        admin.get(record(made))
