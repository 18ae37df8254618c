"""One person's extracts: chosen, looked at, issued, handed out, replaced and copied, in scope."""

import hashlib
import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from provning.extracts.models import Extract
from provning.grading.models import GradeDecision
from provning.organisation.models import Policy
from tests.builders import FIRST
from tests.extracts.test_reissuing import multiplied
from tests.support.pdf_text import text_of
from tests.web.extracts.conftest import LIST, Room, documents, principal
from tests.web.opening import open_identity

PERSON_QUERIES = 21


def corrected(room: Room, value: str = "A") -> None:
    """Store an ändring of the person's first grade."""
    old = GradeDecision.objects.get(pk=room.decisions[0])
    new = GradeDecision.objects.get(pk=old.pk)
    new.pk, new.supersedes, new.value = uuid4(), old, value
    new.correction_type, new.reason, new.decided_at = "Ändring", "nya uppgifter", datetime.now(UTC)
    new.submission = uuid4()
    new.save(force_insert=True)


def test_every_grade_that_stands_is_marked_from_the_start(room: Room) -> None:
    html = room.rektor.get(room.address).content.decode()
    marked = re.findall(r'name="decisions" value="([0-9a-f-]{36})" checked', html)
    assert marked == room.decisions
    assert ("Matematik 3b" in html, "Betyg hos Komvux Centrum" in html) == (True, True)


def test_what_is_marked_is_issued_and_handed_out_byte_for_byte(room: Room) -> None:
    html = room.issue()
    [address] = documents(html)
    answer = room.rektor.get(address)
    extract = Extract.objects.get()
    assert f"Utdrag {extract.document_id} är utfärdat." in html
    assert hashlib.sha256(answer.content).hexdigest() == extract.stored_id
    assert answer.headers["Content-Type"] == "application/pdf"
    name = f'attachment; filename="utdrag-{extract.document_id}.pdf"'
    assert answer.headers["Content-Disposition"] == name
    assert "Efternamn Bergqvist Förnamn Alva" in text_of(answer.content)


def test_the_same_form_twice_is_one_extract(room: Room) -> None:
    sent = room.form(*room.decisions)
    for _click in range(2):
        assert room.rektor.post(f"{room.address}utfarda/", sent).status_code == 302
    assert Extract.objects.count() == 1


def test_nothing_marked_says_so_and_keeps_the_choices(room: Room) -> None:
    answer = room.rektor.post(f"{room.address}utfarda/", room.form(english="on"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Inget betyg är valt. Markera minst ett." in html
    assert re.findall(r'name="decisions" value="[0-9a-f-]{36}" checked', html) == []
    assert re.search(r'name="english"[^>]* checked', html)
    assert Extract.objects.count() == 0


def test_the_preview_is_a_paper_that_is_not_issued(room: Room) -> None:
    answer = room.rektor.post(f"{room.address}forhandsvisa/", room.form(*room.decisions))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "Förhandsvisning: utdraget är inte utfärdat" in text_of(answer.content)
    assert Extract.objects.count() == 0


def test_a_preview_of_nothing_is_a_page_that_says_why(room: Room) -> None:
    answer = room.rektor.post(f"{room.address}forhandsvisa/", room.form())
    assert answer.status_code == 422
    assert "Inget betyg är valt" in answer.content.decode()


def test_an_amended_grade_makes_it_out_of_date_until_a_new_one_is_issued(served: Room) -> None:
    corrected(served)
    listed = served.rektor.get(LIST).content.decode()
    assert "MATMAT03b: B ändrades till A" in listed
    [address] = re.findall(r'action="(/utdrag/[0-9a-f-]{36}/nytt/)"', listed)
    sent = {"submission": str(uuid4())}
    for _click in range(2):
        html = served.rektor.post(address, sent, follow=True).content.decode()
    old, new = Extract.objects.order_by("issued_at")
    assert f"Utdrag {new.document_id} är utfärdat och ersätter {old.document_id}." in html
    assert f"Ersatt av {new.document_id}" in html
    assert len(documents(html)) == 2
    assert "Alla utfärdade utdrag stämmer" in served.rektor.get(LIST).content.decode()


def test_what_stands_is_not_replaced_and_says_why(served: Room) -> None:
    extract = Extract.objects.get()
    answer = served.rektor.post(f"/utdrag/{extract.id}/nytt/", {"submission": str(uuid4())})
    assert answer.status_code == 422
    assert "Inget har ändrats sedan utdraget utfärdades" in answer.content.decode()


def test_a_lost_original_is_copied_with_its_reason(served: Room) -> None:
    html = served.rektor.get(served.address).content.decode()
    [address] = re.findall(r'href="(/utdrag/[0-9a-f-]{36}/kopia/)"', html)
    without = served.rektor.post(address, {"submission": str(uuid4()), "reason": ""})
    sent = {"submission": str(uuid4()), "reason": "Borta i posten"}
    html = served.rektor.post(address, sent, follow=True).content.decode()
    copy = Extract.objects.get(copy_of__isnull=False)
    assert (without.status_code, copy.reason) == (422, "Borta i posten")
    assert f"Kopia {copy.document_id} är skriven." in html
    assert "Kopia. Skäl: Borta i posten" in html
    assert "KOPIA" in text_of(served.rektor.get(f"/utdrag/{copy.id}/").content)


def test_who_only_prepares_sees_and_prints_but_cannot_issue(served: Room) -> None:
    admin = served.stage.client("grade_administrator")
    html = admin.get(served.address).content.decode()
    [address] = documents(html)
    assert admin.get(address).status_code == 200
    assert ("Utfärda utdrag</button>" in html, "Skriv kopia" in html) == (False, False)
    assert "Hänvisa personen dit" in html
    assert (
        admin.post(f"{served.address}utfarda/", served.form(*served.decisions)).status_code == 403
    )
    assert Extract.objects.count() == 1


def test_where_the_home_municipality_issues_the_provider_is_told_to_send_the_person(
    room: Room,
) -> None:
    for key, value in (("extract_issuer", "organiser"), ("extract_principal", "Hedda Rektor")):
        Policy.objects.create(
            organiser_id=room.stage.town.organiser, key=key, value=value, valid_from=FIRST
        )
    centre = room.stage.client("adult_education_centre")
    html = room.rektor.get(room.address).content.decode()
    assert "Hänvisa personen till Vuxenutbildningscentrum." in html
    assert 'name="decisions"' not in html
    sent = room.form(*room.decisions, issuer=str(room.stage.town.organiser))
    assert room.rektor.post(f"{room.address}utfarda/", sent).status_code == 422
    html = centre.post(f"{room.address}utfarda/", sent, follow=True).content.decode()
    assert len(documents(html)) == 1
    assert documents(room.rektor.get(room.address).content.decode()) == []


def test_a_protected_person_has_a_routine_and_is_masked_for_others(room: Room) -> None:
    siv = room.stage.town.person("Siv", "Hemlig", protection="Sekretessmarkering")
    room.stage.decide(room.stage.place(siv), "D")
    room.person = siv
    assert documents(room.issue()) == []
    open_identity(room.rektor, siv.id)
    html = room.issue()
    [address] = documents(html)
    assert "Lämna utdraget till personen själv mot legitimation" in html
    admin = room.stage.client()
    masked = admin.get(room.address).content.decode()
    assert ("Hemlig" in masked, documents(masked)) == (False, [])
    assert admin.get(address).status_code == 404
    assert "Utdraget utfärdas av den som får se personen" in masked
    corrected(room)
    assert "Hemlig" in room.rektor.get(LIST).content.decode()


def test_another_providers_extract_does_not_exist(served: Room) -> None:
    [address] = documents(served.rektor.get(served.address).content.decode())
    other = principal(served.stage, served.stage.town.kompaniet)
    assert other.get(address).status_code == 404
    assert other.get(served.address).status_code == 404
    assert other.post(f"{address}nytt/", {"submission": str(uuid4())}).status_code == 404
    assert other.get(f"{address}kopia/").status_code == 404


def test_a_person_of_two_providers_shows_each_its_own(served: Room) -> None:
    other = principal(served.stage, served.stage.town.kompaniet)
    served.person.enrolments.create(provider_id=served.stage.town.contracted, start_date=FIRST)
    served.stage.place(served.person, served.stage.other_group)
    html = other.get(served.address).content.decode()
    assert ("Inga betyg att ta med" in html, documents(html)) == (True, [])


@pytest.mark.parametrize("changed", [{"submission": ""}, {"submission": "x"}])
def test_a_form_that_is_not_ours_is_not_found(changed: dict[str, str], room: Room) -> None:
    sent = room.form(*room.decisions, **changed)
    for act in ("utfarda", "forhandsvisa"):
        assert room.rektor.post(f"{room.address}{act}/", sent).status_code == 404
    assert Extract.objects.count() == 0


def test_ids_that_are_none_are_left_out(room: Room) -> None:
    assert len(documents(room.issue(*room.decisions, "x"))) == 1


@pytest.mark.parametrize("size", [1, 30])
def test_the_page_asks_the_database_as_often_for_any_number_of_extracts(
    size: int, served: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    original = Extract.objects.get()
    for number in range(size - 1):
        multiplied(original, number)
    with django_assert_num_queries(PERSON_QUERIES):
        html = served.rektor.get(served.address).content.decode()
    assert len(documents(html)) == size


def test_everything_about_the_person_is_on_one_page(served: Room, client: Client) -> None:
    corrected(served)
    extract = Extract.objects.get()
    html = served.rektor.get(f"/elever/{served.person.id}/allt/").content.decode()
    for said in (
        "Nummer över tid",
        "Vuxenutbildning Sjöstad",
        "Ändring till A",
        "Tidigare betyg B från",
        "nya uppgifter",
        f'<code class="nowrap">{extract.document_id}</code>',
    ):
        assert said in html
    assert client.get(f"/elever/{served.person.id}/allt/").status_code == 302


def test_everything_of_a_masked_person_hides_who_it_is(room: Room) -> None:
    siv = room.stage.town.person("Siv", "Hemlig", protection="Sekretessmarkering")
    room.stage.decide(room.stage.place(siv), "D")
    room.person = siv
    room.issue()
    html = room.stage.client().get(f"/elever/{siv.id}/allt/").content.decode()
    number = siv.numbers.get().number
    assert ("Hemlig" in html, number[8:] in html, documents(html)) == (False, False, [])
    assert "Visas inte: personen har skyddad identitet." in html


def test_what_is_out_of_date_waits_on_the_first_page_of_who_issues(served: Room) -> None:
    before = served.rektor.get("/").content.decode()
    corrected(served)
    after = served.rektor.get("/").content.decode()
    assert ["Utdrag är inaktuellt" in html for html in (before, after)] == [False, True]
    assert "Utdrag är inaktuellt" not in served.stage.client().get("/").content.decode()
