"""Betygskatalog: ordered by form, written by a job, handed out byte for byte, within scope."""

import hashlib
from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from provning.catalogues.models import CatalogueOrder, GradeCatalogue, StoredDocument
from tests.support.pdf_text import text_of
from tests.web.catalogues.conftest import (
    AFTER_TERM,
    LIST,
    ORDER,
    documents,
    order_form,
    run_jobs,
    write,
)
from tests.web.opening import opened
from tests.web.shelf import in_autumn
from tests.web.stage import Stage

LIST_QUERIES = 19


def test_an_ordered_catalogue_is_waited_for_and_then_there(admin: Client, stage: Stage) -> None:
    answer = admin.post(ORDER, order_form(stage.town.centrum), follow=True)
    html = answer.content.decode()
    order = CatalogueOrder.objects.get()
    assert answer.redirect_chain == [(LIST, 302)]
    assert f'data-progress="/betygskataloger/jobb/{order.id}/"' in html
    assert "Betygskatalogen: väntar" in html
    waiting = admin.get(f"/betygskataloger/jobb/{order.id}/").json()
    run_jobs()
    done = admin.get(f"/betygskataloger/jobb/{order.id}/").json()
    assert (waiting["finished"], done["finished"]) == (False, True)
    html = admin.get(LIST).content.decode()
    assert ("data-progress" in html, "Katalogen är skriven" in html) == (False, True)
    assert len(documents(html)) == 1


def test_the_document_is_handed_out_byte_for_byte(admin: Client, stage: Stage) -> None:
    (address,) = documents(write(admin, stage))
    answer = admin.get(address)
    catalogue = GradeCatalogue.objects.get()
    assert hashlib.sha256(answer.content).hexdigest() == catalogue.stored_id
    assert answer.headers["Content-Type"] == "application/pdf"
    name = f'attachment; filename="betygskatalog-{catalogue.document_id}.pdf"'
    assert answer.headers["Content-Disposition"] == name
    assert "Bergqvist" in text_of(answer.content)


def test_the_same_form_twice_is_one_order(admin: Client, stage: Stage) -> None:
    sent = order_form(stage.town.centrum)
    for _click in range(2):
        assert admin.post(ORDER, sent).status_code == 302
    assert CatalogueOrder.objects.count() == 1
    run_jobs()
    admin.post(ORDER, sent)
    assert (CatalogueOrder.objects.count(), GradeCatalogue.objects.count()) == (1, 1)


def test_writing_again_without_change_says_so_and_makes_no_version(
    admin: Client, stage: Stage
) -> None:
    write(admin, stage)
    assert "Inget har ändrats sedan den senaste versionen" in write(admin, stage)
    assert GradeCatalogue.objects.count() == 1


def test_a_new_decision_makes_a_new_version_and_the_old_one_stays(
    admin: Client, stage: Stage
) -> None:
    write(admin, stage)
    stage.decide(stage.place(stage.town.person("Bo", "Ask")), "C")
    html = write(admin, stage)
    assert len(documents(html)) == 2
    assert (html.count("Gäller"), html.count("Ersatt av en nyare")) == (1, 1)


def test_before_the_terms_end_it_is_preliminary(
    admin: Client, stage: Stage, settings: Settings
) -> None:
    settings.TODAY = "2026-12-18"
    html = admin.get(LIST).content.decode()
    assert ("Terminen är inte slut" in html, "Skriv preliminär" in html) == (True, True)
    admin.post(ORDER, order_form(stage.town.centrum))
    run_jobs(stage.group.end_date)
    html = admin.get(LIST).content.decode()
    assert "Preliminär, undertecknas inte" in html
    (address,) = documents(html)
    assert "PRELIMINÄR" in text_of(admin.get(address).content).upper()
    settings.TODAY = "2026-12-19"
    assert "Terminen är inte slut" not in admin.get(LIST).content.decode()


def test_without_decisions_the_order_says_what_is_missing(admin: Client, stage: Stage) -> None:
    admin.post(ORDER, order_form(stage.town.hamnen))
    run_jobs()
    html = admin.get(LIST).content.decode()
    assert "Betygskatalogen kunde inte skrivas" in html
    assert "Inga betyg är beslutade i Komvux Hamnen" in html
    assert GradeCatalogue.objects.count() == 0


def test_what_remains_to_write_is_one_click_away(admin: Client, stage: Stage) -> None:
    admin.post("/enhet-och-period/", {"unit": str(stage.town.hamnen), "next": LIST})
    html = admin.get(LIST).content.decode()
    assert "Fler kataloger att skriva" in html
    assert f'name="unit" value="{stage.town.centrum}"' in html
    write(admin, stage)
    admin.post("/enhet-och-period/", {"unit": str(stage.town.hamnen), "next": LIST})
    assert "Fler kataloger att skriva" not in admin.get(LIST).content.decode()


def test_the_protected_part_exists_only_for_who_may_see_it(
    admin: Client, principal: Client, stage: Stage
) -> None:
    person = stage.town.person("Eva", "Hemlig", protection="Sekretessmarkering")
    stage.decide(stage.place(person), "D")
    shown = documents(write(admin, stage))
    all_of_them = documents(principal.get(LIST).content.decode())
    assert (len(shown), len(all_of_them)) == (1, 2)
    (protected,) = set(all_of_them) - set(shown)
    assert admin.get(protected).status_code == 404
    assert "Hemlig" in text_of(opened(principal, protected).content)
    assert "Hemlig" not in text_of(admin.get(shown[0]).content)


def test_another_providers_catalogue_does_not_exist(admin: Client, stage: Stage) -> None:
    (address,) = documents(write(admin, stage))
    order = CatalogueOrder.objects.get()
    other = in_autumn(stage.client("external_provider"))
    assert documents(other.get(LIST).content.decode()) == []
    assert other.get(address).status_code == 404
    assert other.get(f"/betygskataloger/jobb/{order.id}/").status_code == 404
    assert other.post(ORDER, order_form(stage.town.centrum)).status_code == 404
    assert CatalogueOrder.objects.count() == 1


def test_who_only_reads_has_no_button_and_orders_nothing(stage: Stage) -> None:
    centre = in_autumn(stage.client("adult_education_centre"))
    html = centre.get(LIST).content.decode()
    assert "Skriv betygskatalog" not in html
    assert centre.post(ORDER, order_form(stage.town.centrum)).status_code == 403
    assert CatalogueOrder.objects.count() == 0


@pytest.mark.parametrize("changed", [{"unit": "x"}, {"term": "XX"}, {"submission": ""}])
def test_a_form_that_is_not_ours_is_not_found(
    changed: dict[str, str], admin: Client, stage: Stage
) -> None:
    assert admin.post(ORDER, order_form(stage.town.centrum) | changed).status_code == 404
    assert CatalogueOrder.objects.count() == 0


@pytest.mark.parametrize("size", [1, 30])
def test_the_list_asks_the_database_as_often_for_any_number_of_versions(
    size: int,
    admin: Client,
    stage: Stage,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    stored = StoredDocument.objects.create(
        sha256="0" * 64, media_type="application/pdf", content=b"", size=0, stored_at=_now()
    )
    for version in range(1, size + 1):
        GradeCatalogue.objects.create(
            unit_id=stage.town.centrum,
            year=2026,
            season="HT",
            part=GradeCatalogue.Part.ORDINARY,
            version=version,
            preliminary=False,
            document_id=f"BK-{version}",
            content="{}",
            content_sha256=f"{version:064}",
            stored=stored,
            decisions=1,
            pages=1,
            issued_on=AFTER_TERM,
            made_at=_now(),
            made_by_name="Lena Sandström",
        )
    admin.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        html = admin.get(LIST).content.decode()
    assert len(documents(html)) == size


def _now() -> datetime:
    return datetime.now(UTC)
