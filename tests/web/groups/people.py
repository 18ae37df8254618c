"""Who opens the screens of the groups: clients signed in by role, over the world of the groups."""

from typing import Protocol
from uuid import UUID, uuid4

from django.test import Client

from provning.kernel.actors import Scope, ScopeKind
from provning.people.actions import link_account
from tests.builders import PROGRAM, account
from tests.exams.world import World


def client_of(
    role: str, kind: ScopeKind, scope_id: UUID | None, person: UUID | None = None
) -> Client:
    """Sign somebody with one role in; with `person` the account is that person's."""
    user = account(f"konto-{uuid4().hex[:12]}", role, Scope(kind, scope_id))
    if person:
        link_account(actor=PROGRAM, person_id=person, user_id=user.id)
    client = Client()
    client.force_login(user)
    return client


def administrator(world: World) -> Client:
    """Sign the administrator of the own-run provider in."""
    return client_of("internal_provider", ScopeKind.PROVIDER, world.provider)


def other_administrator(world: World) -> Client:
    """Sign the administrator of the contracted provider in."""
    return client_of("external_provider", ScopeKind.PROVIDER, world.other_provider)


def grade_administrator(world: World) -> Client:
    """Sign a betygsadministratör in, who sees groups and changes none."""
    return client_of("grade_administrator", ScopeKind.PROVIDER, world.provider)


def teacher(world: World, name: str) -> Client:
    """Sign a teacher of Komvux Centrum in."""
    return client_of("grading_teacher", ScopeKind.OWN_GROUPS, world.centrum, world.teachers[name])


def centre(world: World) -> Client:
    """Sign the adminkontakt at Vuxenutbildningscentrum in."""
    return client_of("adult_education_centre", ScopeKind.ORGANISER, world.town.organiser)


class Answer(Protocol):
    """What a client of the tests gets back."""

    @property
    def content(self) -> bytes:
        """The page."""


def text_of(response: Answer) -> str:
    """Return a page as text, with what is only spacing made single spaces."""
    return " ".join(response.content.decode().split())
