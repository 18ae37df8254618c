"""The demo's world, built through the same actions as the screens use."""

from datetime import date

from django.db import transaction

from provning.cli.demo.history import build_terms
from provning.cli.demo.organisation import build_organisation
from provning.cli.demo.students import build_students
from provning.kernel.actors import system_actor
from provning.kernel.terms import Term
from provning.organisation.models import Organiser

ACTOR = system_actor("Demo", "demo")


def is_built() -> bool:
    """Say whether the database already holds an organiser."""
    return Organiser.objects.exists()


@transaction.atomic
def build_world(today: date) -> None:
    """Build everything: two whole terms before today's, and today's as far as it has come."""
    term = Term.of(today)
    terms = (term.previous().previous(), term.previous(), term)
    units = build_organisation(ACTOR, terms[0].previous(), term.next(), today)
    students = build_students(ACTOR, units, terms[0].first_day, today)
    build_terms(ACTOR, units, students, terms, today)
