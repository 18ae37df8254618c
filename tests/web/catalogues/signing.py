"""A catalogue to sign electronically on screen, and the short words for it."""

from django.test import Client

from provning.accounts.models import User
from provning.catalogues.actions import SEALER, build_catalogue, check_signatures, run_signing_order
from provning.catalogues.models import GradeCatalogue, SigningOrder
from provning.kernel.actors import Scope
from provning.organisation.models import Policy
from provning.people.actions import link_account
from provning.people.models import Person
from tests import builders
from tests.builders import HT26, PASSWORD, PROGRAM
from tests.web.catalogues.conftest import AFTER_TERM
from tests.web.stage import Stage


def to_sign(stage: Stage) -> GradeCatalogue:
    """Return the autumn's catalogue, signed electronically or on paper."""
    custom(stage, "electronic_with_paper")
    return written(stage)


def written(stage: Stage) -> GradeCatalogue:
    """Return the autumn's catalogue as it is now."""
    made = build_catalogue(actor=PROGRAM, unit_id=stage.town.centrum, term=HT26, today=AFTER_TERM)
    return made[0]


def custom(stage: Stage, mode: str) -> None:
    """Let the municipality decide how catalogues are signed."""
    Policy.objects.create(
        organiser_id=stage.town.organiser,
        key="catalogue_signing",
        value=mode,
        valid_from="2020-01-01",
    )


def account_of(role: str, scope: Scope, person: Person) -> User:
    """Return a new account of a person of the staff."""
    user = builders.account(f"konto-{role}", role, scope)
    link_account(actor=PROGRAM, person_id=person.id, user_id=user.id)
    return user


def signed_in(role: str, scope: Scope, person: Person) -> Client:
    """Sign a person of the staff in."""
    client = Client()
    client.force_login(account_of(role, scope, person))
    return client


def address(made: GradeCatalogue) -> str:
    """Return where the version is signed."""
    return f"/betygskataloger/{made.id}/underskrift/"


def form_of(client: Client, made: GradeCatalogue, password: str = PASSWORD) -> dict[str, str]:
    """Return the form as the page gives it, with a password typed in."""
    form = client.get(address(made)).context["form"]
    return {
        "line": form["line"].value() or "",
        "submission": str(form["submission"].value()),
        "password": password,
    }


def run_jobs(made: GradeCatalogue) -> None:
    """Do what the worker does."""
    for order in SigningOrder.objects.filter(status="waiting"):
        run_signing_order(order_id=order.id, today=AFTER_TERM)
    check_signatures(actor=SEALER, catalogue_id=made.id)


def sign(client: Client, made: GradeCatalogue) -> str:
    """Sign, let the job run, and return the page that shows it."""
    client.post(address(made), form_of(client, made))
    run_jobs(made)
    return client.get(address(made)).content.decode()
