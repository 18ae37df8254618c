"""The screens of roles: given in one sending, ended with the last day that was seen."""

import pytest
from django.test import Client
from django.utils.html import escape

from provning.accounts.models import RoleAssignment, RoleProposal
from provning.kernel.actors import Scope, ScopeKind
from tests.builders import Town, account, build_town
from tests.support.kept import kept

pytestmark = pytest.mark.django_db
LIST, END = "/roller/", "/roller/avsluta/"
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
