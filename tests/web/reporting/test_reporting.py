"""Underlag till myndigheter on screen: what is missing, made, fetched, handed over, out of date."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from provning.grading.models import GradeDecision
from provning.organisation.actions import set_policy
from provning.people.models import PersonNumber
from provning.reporting.actions import run_report_order
from provning.reporting.models import AuthorityExtract, ReportCode, ReportOrder, SentExport
from tests.builders import FIRST, PROGRAM, TODAY
from tests.reporting.world import examinee_number
from tests.support.kept import kept
from tests.web.opening import REASON
from tests.web.stage import Stage, build_stage

pytestmark = pytest.mark.django_db
LIST = "/underlag/"
SCB, UHR = f"{LIST}?target=scb&term=HT26", f"{LIST}?target=uhr&term=HT26"
LIST_QUERIES = 18


def build_reported() -> Stage:
    """Return the town with one grade decided in the autumn's group."""
    built = build_stage()
    person = built.town.person("Alva", "Bergqvist", number=examinee_number())
    built.decide(built.place(person), "B")
    return built


stage = kept(build_reported)


@pytest.fixture
def centre(stage: Stage) -> Client:
    """Return the browser of Vuxenutbildningscentrum."""
    return stage.client("adult_education_centre")


def form(stage: Stage, target: str = "scb", **more: str) -> dict[str, str]:
    """Return the form that asks for a draft."""
    return {
        "target": target,
        "term": "HT26",
        "organiser": str(stage.town.organiser),
        "submission": str(uuid4()),
    } | more


def made(stage: Stage, centre: Client, target: str = "scb") -> str:
    """Ask for a draft, let the job make it, and return the draft's address."""
    order = centre.post(f"{LIST}gor/", form(stage, target)).headers["Location"]
    run_jobs()
    return str(centre.get(order).headers["Location"])


def run_jobs() -> None:
    """Do what the worker does: every waiting order."""
    for order in ReportOrder.objects.filter(status=ReportOrder.Status.WAITING):
        run_report_order(order_id=order.id, today=TODAY)


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_the_page_says_what_the_file_would_hold_and_that_it_is_a_draft(
    stage: Stage, centre: Client
) -> None:
    stage.place(stage.town.person("Cia", "Sen", number=examinee_number()))
    html = read(centre, SCB)
    assert "Utkast, layout ej verifierad mot myndighetens beskrivning" in html
    assert "prövningar från 2026-06-29 till 2027-01-03" in html
    assert re.findall(r"<dt>(Rader|Med betyg)</dt><dd>(\d+)", html) == [
        ("Rader", "2"),
        ("Med betyg", "1"),
    ]
    assert "Sen, Cia" in html
    assert "Det ska registreras senast 2026-11-26." in html


def test_each_row_leads_to_where_it_is_mended(stage: Stage, centre: Client) -> None:
    person = stage.town.person("Bo", "Utan", number=examinee_number())
    stage.decide(stage.place(person), "C")
    PersonNumber.objects.filter(person=person).update(valid_to=TODAY)
    html = read(centre, SCB)
    assert f'href="/elever/{person.pk}/"' in html
    assert "Personen saknar personnummer. Skriv in numret." in html
    assert "Gör underlag</button>" not in html
    assert "rätta först det som måste rättas" in html


def test_a_provider_sees_its_own_and_makes_nothing(stage: Stage) -> None:
    stage.place(stage.town.person("Egon", "Egen", number=examinee_number()))
    stage.place(
        stage.town.person("Anna", "Annan", at=stage.town.contracted, number=examinee_number()),
        group=stage.other_group,
    )
    provider = stage.client()
    html = read(provider, SCB)
    assert ("Egen, Egon" in html, "Annan, Anna" in html) == (True, False)
    assert "Gör underlag</button>" not in html
    assert provider.post(f"{LIST}gor/", form(stage)).status_code == 403
    assert ReportOrder.objects.count() == 0


def test_the_list_is_narrowed_down(stage: Stage, centre: Client) -> None:
    stage.place(stage.town.person("Egon", "Egen", number=examinee_number()))
    stage.place(
        stage.town.person("Anna", "Annan", at=stage.town.contracted, number=examinee_number()),
        group=stage.other_group,
    )
    html = read(centre, f"{SCB}&provider={stage.town.contracted}&code=report-grade-waiting")
    assert ("Egen, Egon" in html, "Annan, Anna" in html) == (False, True)
    assert "<b>1 sak att se till</b>" in html


def test_a_draft_is_ordered_waited_for_and_there(stage: Stage, centre: Client) -> None:
    order = centre.post(f"{LIST}gor/", form(stage)).headers["Location"]
    html = read(centre, order)
    assert f'data-progress="{order}laget/"' in html
    waiting = centre.get(f"{order}laget/").json()
    run_jobs()
    done = centre.get(f"{order}laget/").json()
    assert (waiting["finished"], done["finished"]) == (False, True)
    [extract] = AuthorityExtract.objects.all()
    assert centre.get(order).headers["Location"] == f"{LIST}{extract.pk}/"
    assert f'href="{LIST}{extract.pk}/"' in read(centre, SCB)


def test_the_same_form_twice_is_one_order(stage: Stage, centre: Client) -> None:
    sent = form(stage)
    places = {centre.post(f"{LIST}gor/", sent).headers["Location"] for _click in range(2)}
    assert (len(places), ReportOrder.objects.count()) == (1, 1)


def test_what_could_not_be_made_says_why(stage: Stage, centre: Client) -> None:
    order = centre.post(f"{LIST}gor/", form(stage, "csn")).headers["Location"]
    run_jobs()
    html = read(centre, order)
    assert "Inget underlag gjordes" in html
    assert "En prövning är inte studier och ger inget studiestöd" in html


def test_the_file_is_fetched_as_it_was_made(stage: Stage, centre: Client) -> None:
    address = made(stage, centre)
    answer = centre.post(f"{address}fil/")
    [extract] = AuthorityExtract.objects.all()
    assert answer.content == bytes(extract.stored.content)
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="scb-utkast-SCB-9999-HT26-1.csv"'
    )
    assert answer.headers["Cache-Control"] == "no-store"
    assert centre.get(f"{address}fil/").status_code == 405


def test_a_draft_with_unknown_codes_names_them_and_cannot_be_marked_as_sent(
    stage: Stage, centre: Client
) -> None:
    address = made(stage, centre)
    html = read(centre, address)
    assert "<li>Prövning</li>" in html
    assert "Registrera som lämnad" not in html
    answer = centre.post(f"{address}lamnad/", handed())
    assert answer.status_code == 422
    assert "Koden för ”Prövning” hos SCB är okänd" in answer.content.decode()
    assert SentExport.objects.count() == 0


def handed(**more: str) -> dict[str, str]:
    """Return the form that says that a draft was handed over."""
    sent = {"receiver": "UHR", "sent_on": "2026-11-20", "submission": str(uuid4())}
    return sent | more


def test_what_was_handed_over_is_listed_until_a_rättelse_makes_it_out_of_date(
    stage: Stage, centre: Client
) -> None:
    address = made(stage, centre, "uhr")
    sent = handed()
    for _click in range(2):
        assert centre.post(f"{address}lamnad/", sent).headers["Location"] == address
    assert SentExport.objects.count() == 1
    assert "Stämmer" in read(centre, f"{LIST}lamnade/")

    old = GradeDecision.objects.get()
    corrected(old)

    assert "UHR-9999-HT26-1 till UHR har ett betyg som har rättats eller ändrats." in read(
        centre, "/"
    )
    listed = read(centre, f"{LIST}lamnade/")
    assert "Inaktuell" in listed
    assert "En fil har ett betyg som har rättats eller ändrats." in listed
    assert "Ett betyg i filen har rättats eller ändrats" in read(centre, address)


def corrected(old: GradeDecision) -> GradeDecision:
    """Store a rättelse of a grade."""
    new = GradeDecision.objects.get(pk=old.pk)
    new.pk, new.id = None, uuid4()
    new.value, new.supersedes, new.correction_type = "A", old, "Rättelse"
    new.decider_role, new.reason = "REKTOR", "skrivfel"
    new.hearing, new.hearing_note, new.submission = "heard", "Håller med.", uuid4()
    new.save(force_insert=True)
    return new


def test_what_cannot_be_is_refused_and_what_was_typed_stays(stage: Stage, centre: Client) -> None:
    address = made(stage, centre, "uhr")
    answer = centre.post(f"{address}lamnad/", handed(receiver="Beda", sent_on="2027-01-01"))
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "2027-01-01 har inte varit än. Skriv dagen då filen lämnades." in html
    assert 'value="Beda"' in html


def test_a_code_is_written_and_is_in_the_next_draft(stage: Stage, centre: Client) -> None:
    codes = f"{LIST}koder/?target=scb"
    assert read(centre, codes).count("Okänd: kolumnen är tom") == 12
    for key in re.findall(r'<option value="(\w+\.\w+)">', read(centre, codes)):
        sent = {"key": key, "code": "7", "valid_from": FIRST.isoformat()}
        assert centre.post(codes, sent).status_code == 302
    assert "Okänd: kolumnen är tom" not in read(centre, codes)

    address = made(stage, centre)

    assert "Registrera som lämnad" in read(centre, address)
    assert centre.post(f"{address}lamnad/", handed(receiver="SCB")).status_code == 302


def test_a_code_that_does_not_fit_is_refused(centre: Client) -> None:
    sent = {"key": "trial.trial", "code": "a b", "valid_from": "2026-01-01"}
    answer = centre.post(f"{LIST}koder/?target=scb", sent)
    assert answer.status_code == 422
    assert "Skriv koden som den står hos myndigheten" in answer.content.decode()
    assert ReportCode.objects.count() == 0


def test_a_file_with_protected_persons_is_refused_whom_may_not_see_them(stage: Stage) -> None:
    set_policy(
        actor=PROGRAM,
        organiser_id=stage.town.organiser,
        key="report_protected",
        value="included",
        valid_from=FIRST,
    )
    person = stage.town.person(
        "Siri", "Skyddad", protection="Sekretessmarkering", number=examinee_number()
    )
    stage.decide(stage.place(person), "D")
    centre = stage.client("adult_education_centre")
    address = made(stage, centre)
    page = f"http://testserver{address}"
    asked = centre.post(f"{address}fil/", headers={"referer": page})
    answer = centre.post(asked["Location"], {"reason": REASON})
    assert (answer["Location"], centre.post(f"{address}fil/").status_code) == (address, 200)
    html = read(stage.client(), SCB)
    assert ("Skyddad identitet" in html, "Skyddad, Siri" in html) == (True, False)


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_takes_as_many_queries_however_long(
    stage: Stage, centre: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for each in range(number):
        stage.place(stage.town.person(f"Elev {each}", "Sen"))
    centre.get(SCB)
    with django_assert_num_queries(LIST_QUERIES):
        html = read(centre, f"{SCB}&code=report-grade-waiting")
    assert html.count("Det ska registreras senast") == number


def test_what_is_mended_leaves_the_page_and_the_counts_when_counted_anew(
    stage: Stage, centre: Client
) -> None:
    first, second = (
        stage.place(stage.town.person(name, "Sen", number=examinee_number())) for name in "AB"
    )
    waiting = f"{SCB}&code=report-grade-waiting"
    again = re.findall(r'href="([^"]*efter=[^"]*)"', read(centre, waiting))[0].replace("&amp;", "&")
    stage.decide(first, "C")
    html = read(centre, waiting)
    assert ("Sen, A" in html, "Sen, B" in html) == (False, True)
    assert "1 rad på den här sidan är rättad sedan listan räknades." in html
    stage.decide(second, "C")
    assert "Allt på den här sidan är rättat sedan listan räknades." in read(centre, waiting)
    html = read(centre, f"{LIST}{again}")
    assert "Inget att se till" in html
    assert "sedan listan räknades" not in html


def test_the_term_in_figures_is_shown_and_taken_out_as_a_file(stage: Stage, centre: Client) -> None:
    stage.place(stage.town.person("Cia", "Sen", number=examinee_number()))
    address = f"{LIST}statistik/?term=HT26"
    html = read(centre, address)
    assert "Vuxenutbildning Sjöstad" in html
    file = centre.get(f"{address}&lista=statistik&format=csv")
    text = b"".join(getattr(file, "streaming_content", [])).decode("utf-8-sig")
    # The days to a decision follow the clock, which is nobody's to set here.
    assert [line.split(";")[:5] for line in text.splitlines()] == [
        ["Anordnare", "Prövningar", "B", "Utan betyg", "Väntar"],
        ["Vuxenutbildning Sjöstad", "2", "1", "0", "1"],
    ]


def test_a_provider_reads_no_other_providers_figures(stage: Stage) -> None:
    stage.place(
        stage.town.person("Anna", "Annan", at=stage.town.contracted, number=examinee_number()),
        group=stage.other_group,
    )
    html = read(stage.client(), f"{LIST}statistik/?term=HT26")
    assert ("Vuxenutbildning Sjöstad" in html, "Kunskapskompaniet" in html) == (True, False)


def test_the_control_list_is_taken_out_whole_and_as_it_is_seen(stage: Stage) -> None:
    for number in range(51):
        stage.place(stage.town.person(f"Elev {number}", "Sen"))
    hidden = stage.town.person(
        "Siri", "Skyddad", protection="Sekretessmarkering", number=examinee_number()
    )
    stage.decide(stage.place(hidden), "D")
    file = stage.client().get(f"{SCB}&lista=kontrollista&format=csv")
    text = b"".join(getattr(file, "streaming_content", [])).decode("utf-8-sig")
    assert text.splitlines()[0] == "Elev;Prövning;Vad"
    assert text.count("Det ska registreras senast") == 51
    assert ("Skyddad identitet" in text, "Siri" in text) == (True, False)
