"""An account is bound to an EPPN or a personnummer at one provider, by an administrator."""

from datetime import date

import pytest

from provning.accounts.actions import begin_session, bind_identity, unbind_identity
from provning.accounts.identities import Identity, IdentityKind, level_of, masked, read_identity
from provning.accounts.models import IdentityBinding, SignIn, User
from provning.accounts.queries import bindings_of, user_by_identities
from provning.audit.models import AuditEvent
from provning.kernel.actors import Actor
from provning.kernel.problems import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    ProblemsFoundError,
)
from tests.builders import PROGRAM, TODAY, Town, account, official_numbers, recorded

NUMBER = next(official_numbers())
SCOPES = frozenset({"sjostad.example"})
EPPN, PERSON = IdentityKind.EPPN, IdentityKind.NUMBER


def bound(user: User, kind: str = "eppn", value: str = "lena@sjostad.example") -> IdentityBinding:
    return bind_identity(
        actor=PROGRAM,
        user_id=user.pk,
        provider="sjostad",
        kind=kind,
        value=value,
        scopes=SCOPES,
        today=TODAY,
    )


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (EPPN, " Lena@Sjostad.example", "lena@sjostad.example"),
        (EPPN, "LENA@SJOSTAD.EXAMPLE", "lena@sjostad.example"),
        (EPPN, "ÅSA@sjostad.example", "åsa@sjostad.example"),
        (EPPN, "ſven@sjostad.example", None),
        (EPPN, "\u212aim@sjostad.example", None),
        (EPPN, "len\uff41@sjostad.example", None),
        (EPPN, "lena@annan.example", None),
        (EPPN, "lena@sjostad.example.ond.example", None),
        (EPPN, "lena@@sjostad.example", None),
        (EPPN, "lena", None),
        (PERSON, NUMBER, NUMBER),
        (PERSON, f"{NUMBER[2:8]}-{NUMBER[8:]}", NUMBER),
        (PERSON, f"{NUMBER[:-1]}{(int(NUMBER[-1]) + 1) % 10}", None),
        (PERSON, "19900101TF10", None),
        (PERSON, "lena@sjostad.example", None),
    ],
)
def test_an_identity_has_one_form_or_is_none(
    kind: IdentityKind, text: str, value: str | None
) -> None:
    found = read_identity(kind, text, scopes=SCOPES, today=TODAY)
    assert found == (Identity(kind, value) if value else None)


def test_a_level_that_is_unknown_or_unsaid_is_the_lowest() -> None:
    levels = {"loa2": 2, "loa3": 3}
    every: tuple[list[str], ...] = ([], ["x"], ["loa2"], ["loa3"], ["loa2", "loa3"], ["loa3", "x"])
    assert [level_of(said, levels) for said in every] == [1, 1, 2, 3, 2, 1]


@pytest.mark.django_db
def test_a_bound_identity_opens_the_account_at_its_own_provider_alone() -> None:
    user = account("lena")
    bound(user)
    identity = [Identity(EPPN, "lena@sjostad.example")]
    assert user_by_identities("sjostad", identity) == user
    assert user_by_identities("annan", identity) is None
    assert user_by_identities("sjostad", [Identity(PERSON, "lena@sjostad.example")]) is None
    User.objects.update(is_active=False)
    assert user_by_identities("sjostad", identity) is None


@pytest.mark.django_db
def test_identities_of_two_accounts_open_neither() -> None:
    bound(account("lena"))
    bound(account("nils"), "personal_number", NUMBER)
    both = [Identity(EPPN, "lena@sjostad.example"), Identity(PERSON, NUMBER)]
    assert user_by_identities("sjostad", both) is None


@pytest.mark.django_db
def test_what_contradicts_a_binding_opens_nothing() -> None:
    """An EPPN is given to a new colleague; or somebody's number comes beside one's own EPPN."""
    lena, other = account("lena"), "199912312394"
    bound(lena)
    bound(lena, "personal_number", NUMBER)
    eppn, number = Identity(EPPN, "lena@sjostad.example"), Identity(PERSON, NUMBER)
    theirs = Identity(PERSON, other)
    said = ([eppn], [eppn, number], [eppn, theirs], [number, theirs], [theirs])
    assert [user_by_identities("sjostad", each) for each in said] == [lena, lena, None, None, None]
    bound(lena, value="ek@sjostad.example")
    assert user_by_identities("sjostad", [eppn, number]) == lena


@pytest.mark.django_db
def test_the_trail_and_the_list_hold_no_whole_personnummer() -> None:
    user = account("lena")
    with recorded() as events:
        bound(user, "personal_number", NUMBER)
        bound(user, "personal_number", NUMBER)
    assert events == ["identity_bound"]
    shown = f"{NUMBER[:8]}-****"
    assert [row.shown for row in bindings_of(PROGRAM, user.pk)] == [shown]
    event = AuditEvent.objects.latest("number")
    assert (event.name, NUMBER in event.after) == ("identity_bound", False)
    assert masked("eppn", "lena@sjostad.example") == "lena@sjostad.example"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("email", "lena@sjostad.example", "identity-kind"),
        ("eppn", "lena@annan.example", "identity-form"),
        ("personal_number", "191212121213", "identity-form"),
    ],
)
def test_nothing_else_is_bound(kind: str, value: str, code: str) -> None:
    with pytest.raises(ProblemsFoundError) as refused:
        bound(account("lena"), kind, value)
    assert [each.code for each in refused.value.problems] == [code]
    assert IdentityBinding.objects.count() == 0


@pytest.mark.django_db
def test_an_identity_is_one_accounts() -> None:
    bound(account("lena"))
    with pytest.raises(ConflictError) as conflict:
        bound(account("nils"), value="LENA@sjostad.example")
    assert [each.code for each in conflict.value.problems] == ["identity-taken"]


@pytest.mark.django_db
def test_only_who_manages_accounts_binds_and_unbinds(town: Town) -> None:
    user = account("lena")
    binding = bound(user)
    for who in (town.admin, town.principal, Actor(str(user.pk), "Lena")):
        with pytest.raises(NotAllowedError):
            unbind_identity(actor=who, binding_id=binding.pk)
        with pytest.raises(NotAllowedError):
            bind_identity(
                actor=who,
                user_id=user.pk,
                provider="sjostad",
                kind="eppn",
                value="x@sjostad.example",
                scopes=SCOPES,
                today=date(2026, 11, 24),
            )


@pytest.mark.django_db
def test_unbinding_ends_what_was_signed_in() -> None:
    user = account("lena")
    binding = bound(user)
    begin_session(user=user, session_key="a" * 32, method="idp:sjostad", user_agent="")
    unbind_identity(actor=PROGRAM, binding_id=binding.pk)
    assert (IdentityBinding.objects.count(), SignIn.objects.count()) == (0, 0)
    with pytest.raises(NotFoundError):
        unbind_identity(actor=PROGRAM, binding_id=binding.pk)
