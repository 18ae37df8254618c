"""The screens of roles: given in one sending, ended with the last day that was seen."""

import re

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django import Settings

from provning.accounts.models import RoleAssignment, RoleProposal, RoleReview
from provning.kernel.actors import Scope, ScopeKind
from tests.builders import Town, account, build_town, recorded
from tests.support.kept import kept
from tests.support.second_step import add_app, code_of
from tests.web.integrity.visitor import Forms

pytestmark = pytest.mark.django_db
LIST, END, REVIEW = "/roller/", "/roller/avsluta/", "/roller/granskning/"
DELEGATE = "/roller/delegering/"
town = kept(build_town)


@pytest.fixture
def manager(town: Town) -> Client:
    scope = Scope(ScopeKind.PROVIDER, town.own)
    client = Client()
    client.force_login(account("mia", "internal_provider_manager", scope))
    return client


def form(town: Town, **changes: str) -> dict[str, str]:
    return {
        "username": "lena",
        "role": "grading_teacher",
        "place": f"unit:{town.centrum}",
        "valid_from": "2026-11-01",
        "valid_to": "2027-06-30",
        **changes,
    }


def delegated(**changes: str) -> dict[str, str]:
    """Return what rektor sends to delegate a task to Lena."""
    return {
        "office": str(RoleAssignment.objects.get(role="principal").pk),
        "task": "delegated_extracts",
        "person": "lena",
        "valid_from": "2026-11-01",
        "valid_to": "2026-12-31",
        "competent": "on",
        **changes,
    }


def client_of(name: str, role: str, scope: Scope) -> Client:
    client = Client()
    client.force_login(account(name, role, scope))
    return client


def test_a_role_is_given_once_and_ended(manager: Client, town: Town) -> None:
    user = account("lena")
    answers = [manager.post(LIST, form(town)).status_code for _twice in range(2)]
    held = RoleAssignment.objects.get(user=user)
    place = (held.role, held.scope_kind, held.scope_id, str(held.valid_to))
    assert (answers, place) == (
        [302, 302],
        ("grading_teacher", "own_groups", town.centrum, "2027-06-30"),
    )
    assert f"{END}?roll={held.pk}" in manager.get(LIST).content.decode()
    sent = {"last_day": "2026-12-31", "seen": "2027-06-30"}
    ended = manager.post(f"{END}?roll={held.pk}", sent).status_code
    held.refresh_from_db()
    assert (ended, str(held.valid_to)) == (302, "2026-12-31")
    late = manager.post(f"{END}?roll={held.pk}", sent | {"last_day": "2026-11-30"})
    assert late.status_code == 422
    assert "ändrade uppgifterna" in late.content.decode()


def test_what_one_may_not_give_is_not_offered(manager: Client, town: Town) -> None:
    account("lena")
    account("vera", "external_provider", Scope(ScopeKind.PROVIDER, town.contracted))
    page = manager.get(LIST).content.decode()
    assert [each in page for each in ("Hamnen", "Kompaniet", "Vera", "Rektor")] == [
        True,
        False,
        False,
        False,
    ]
    for changes in ({"role": "principal"}, {"place": f"unit:{town.kompaniet}"}):
        assert manager.post(LIST, form(town, **changes)).status_code == 422
    assert RoleAssignment.objects.filter(user__username="lena").count() == 0


def test_what_is_wrong_is_said_and_what_was_typed_stays(manager: Client, town: Town) -> None:
    answer = manager.post(LIST, form(town, username="<ingen>"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert (escape("Inget konto heter <ingen>.") in page, escape("<ingen>") in page) == (True, True)


def test_a_role_beyond_reach_is_as_one_that_is_not(manager: Client, town: Town) -> None:
    user = account("vera", "external_provider", Scope(ScopeKind.PROVIDER, town.contracted))
    held = RoleAssignment.objects.get(user=user)
    answers = [
        manager.get(f"{END}?roll={number}").status_code for number in (held.pk, held.pk + 99)
    ]
    assert answers == [404, 404]


def test_a_role_that_shows_protected_persons_is_approved_by_another(town: Town) -> None:
    user = account("lena")
    first, second = Client(), Client()
    for client, name in ((first, "siv"), (second, "tor")):
        scope = Scope(ScopeKind.EVERYTHING)
        client.force_login(account(name, "system_administrator", scope))
    assert first.post(LIST, form(town, role="principal")).status_code == 302
    sent = {"proposal": str(RoleProposal.objects.get().pk), "do": "approve"}
    own, page = first.post(LIST, sent), second.get(LIST).content.decode()
    assert (own.status_code, "Du har själv föreslagit" in own.content.decode()) == (422, True)
    assert (RoleAssignment.objects.filter(user=user).count(), 'value="approve"' in page) == (
        0,
        True,
    )
    assert [second.post(LIST, sent).status_code for _twice in range(2)] == [302, 302]
    assert RoleAssignment.objects.get(user=user).role == "principal"


def test_what_nobody_has_reviewed_is_kept_one_by_one_and_several_at_once(
    manager: Client, town: Town
) -> None:
    for name in ("lena", "nils", "olle"):
        account(name, "grading_teacher", Scope(ScopeKind.OWN_GROUPS, town.centrum))
    account("vera", "external_provider", Scope(ScopeKind.PROVIDER, town.contracted))
    overview, page = (manager.get(url).content.decode() for url in ("/", REVIEW))
    assert ("Roller att granska" in overview, f'href="{REVIEW}"' in overview) == (True, True)
    keys = re.findall(r'type="checkbox"[^>]* value="(\d+:)"', page)
    assert (len(keys), "Vera" in page) == (3, False)
    one = manager.post(REVIEW, {"keep": keys[0], "role": keys[1:]})
    assert (one.status_code, RoleReview.objects.count()) == (302, 1)
    assert [manager.post(REVIEW, {"role": keys}).status_code for _twice in range(2)] == [302, 302]
    assert RoleReview.objects.count() == 3
    assert ("Roller att granska" in manager.get("/").content.decode()) is False
    listed = manager.get(REVIEW, {"visa": "alla"}).content.decode()
    assert listed.count("<small>Mia</small>") == 3
    assert manager.post(REVIEW, {"role": "nonsens"}).status_code == 422


def test_an_only_administrator_is_not_late_but_told_to_get_another() -> None:
    siv = client_of("siv", "system_administrator", Scope(ScopeKind.EVERYTHING))
    RoleAssignment.objects.update(valid_from="2020-01-01")
    told = "Ingen annan kan granska din egen roll"
    page, every = (siv.get(REVIEW, {"visa": each}).content.decode() for each in ("", "alla"))
    assert (told in page, "<small>siv</small>" in page) == (True, False)
    assert ("Ingen annan kan granska den." in every, "Försenad" in every) == (True, False)
    account("ada", "system_administrator", Scope(ScopeKind.EVERYTHING))
    page = siv.get(REVIEW).content.decode()
    assert (told in page, "Försenad" in page) == (False, True)


def test_rektor_ends_from_the_review_and_comes_back_to_it(town: Town) -> None:
    client = Client()
    client.force_login(account("rut", "principal", Scope(ScopeKind.UNIT, town.centrum)))
    user = account("lena", "grading_teacher", Scope(ScopeKind.OWN_GROUPS, town.centrum))
    held = RoleAssignment.objects.get(user=user)
    assert f"{END}?roll={held.pk}&amp;fran=granskning" in client.get(REVIEW).content.decode()
    answer = client.post(f"{END}?roll={held.pk}", {"last_day": "2026-11-30", "seen": ""})
    held.refresh_from_db()
    assert (answer.headers["Location"], str(held.valid_to)) == (REVIEW, "2026-11-30")


def test_a_proposed_role_waits_on_the_overview_of_who_may_approve_it(town: Town) -> None:
    account("lena")
    seen = []
    for name in ("siv", "tor"):
        client = Client()
        client.force_login(account(name, "system_administrator", Scope(ScopeKind.EVERYTHING)))
        if name == "siv":
            client.post(LIST, form(town, role="principal"))
        seen.append("Roll att godkänna" in client.get("/").content.decode())
    assert seen == [False, True]


def test_a_password_alone_gives_proposes_approves_and_delegates_nothing(
    town: Town, settings: Settings
) -> None:
    user = account("lena", "grading_teacher", Scope(ScopeKind.OWN_GROUPS, town.centrum))
    siv, tor = (
        client_of(each, "system_administrator", Scope(ScopeKind.EVERYTHING))
        for each in ("siv", "tor")
    )
    rut = client_of("rut", "principal", Scope(ScopeKind.UNIT, town.centrum))
    siv.post(LIST, form(town, role="principal"))
    proposal = {"proposal": str(RoleProposal.objects.get().pk)}
    settings.ASSURANCE = "strong"
    with recorded() as events:
        answers = [
            tor.post(LIST, form(town, username="siv")),
            tor.post(LIST, form(town, username="siv", role="principal")),
            tor.post(LIST, proposal | {"do": "approve"}),
            rut.post(DELEGATE, delegated()),
        ]
    assert ([each.headers["Location"] for each in answers], events) == (["/bekrafta/"] * 4, [])
    pages = [tor.get(LIST), rut.get(DELEGATE)]
    assert ["Din inloggning är för svag" in each.content.decode() for each in pages] == [True] * 2
    assert "Du saknar ett andra steg" in tor.get("/bekrafta/").content.decode()
    # What takes a right away protects, and waits for nothing.
    assert tor.post(LIST, proposal | {"do": "refuse"}).headers["Location"] == LIST
    held = RoleAssignment.objects.get(user=user)
    sent = {"last_day": "2026-11-30", "seen": ""}
    assert tor.post(f"{END}?roll={held.pk}", sent).headers["Location"] == LIST


def test_what_was_typed_waits_while_the_first_second_step_is_added_in_another_window(
    town: Town, settings: Settings
) -> None:
    settings.ASSURANCE = "strong"
    lena = account("lena", "grading_teacher", Scope(ScopeKind.OWN_GROUPS, town.centrum))
    acts = (
        ("mia", "internal_provider_manager", Scope(ScopeKind.PROVIDER, town.own), LIST),
        ("rut", "principal", Scope(ScopeKind.UNIT, town.centrum), DELEGATE),
    )
    for name, role, scope, url in acts:
        client = client_of(name, role, scope)
        sent = form(town, role="grade_administrator") if url == LIST else delegated()
        assert client.post(url, sent).headers["Location"] == "/bekrafta/"
        assert "Du saknar ett andra steg" in client.get("/bekrafta/").content.decode()
        secret = add_app(client)
        answer = client.post("/bekrafta/har/", {"one_time_code": code_of(secret)})
        [kept_form] = [each for each in Forms(answer.content.decode()).found if each.action == url]
        assert {name: kept_form.fields[name] for name in sent} == sent
        assert client.post(url, kept_form.fields).headers["Location"] == url
        assert "Din inloggning är för svag" not in client.get(url).content.decode()
    held = RoleAssignment.objects.filter(user=lena).order_by("pk")
    assert [each.role for each in held] == [
        "grading_teacher",
        "grade_administrator",
        "delegated_extracts",
    ]


def test_rektor_delegates_a_task_on_screen_and_it_opens_what_it_says(town: Town) -> None:
    scope = Scope(ScopeKind.UNIT, town.centrum)
    rektor, deputy = Client(), Client()
    rektor.force_login(account("rut", "principal", scope))
    lena = account("lena", "grading_teacher", Scope(ScopeKind.OWN_GROUPS, town.centrum))
    deputy.force_login(lena)
    before = deputy.get("/utdrag/").status_code
    page = rektor.get(DELEGATE).content.decode()
    sent = delegated()
    assert ("Lena (lena)" in page, "Inget är delegerat här." in page) == (True, True)
    without = rektor.post(DELEGATE, delegated(competent="", valid_to=""))
    said = ("Skollagen 2 kap. 10 §", "Skriv delegationens sista dag.", "Skriv datumet som")
    told = [text in without.content.decode() for text in said]
    assert (without.status_code, told) == (422, [True, True, False])
    assert [rektor.post(DELEGATE, sent).status_code for _twice in range(2)] == [302, 302]
    held = RoleAssignment.objects.get(role="delegated_extracts")
    assert f"{END}?roll={held.pk}&amp;fran=delegering" in rektor.get(DELEGATE).content.decode()
    assert (before, deputy.get("/utdrag/").status_code) == (403, 200)
    assert deputy.get(DELEGATE).status_code == 403
    own = deputy.get("/konto/").content.decode()
    assert "Komvux Centrum, delegerad av Rut, till och med 2026-12-31" in own
    end = {"last_day": "2026-11-01", "seen": "2026-12-31"}
    ended = rektor.post(f"{END}?roll={held.pk}&fran=delegering", end)
    lena.refresh_from_db()
    deputy.force_login(lena)
    assert (ended.headers["Location"], deputy.get("/utdrag/").status_code) == (DELEGATE, 403)
