"""The demo's world, built through the same actions as the screens use."""

from datetime import date

from django.db import transaction

from provning.cli.demo.deliveries import build_deliveries
from provning.cli.demo.history import build_terms
from provning.cli.demo.organisation import build_organisation
from provning.cli.demo.plan import ORGANISER
from provning.cli.demo.reporting import build_reports
from provning.cli.demo.standing import ACTOR
from provning.cli.demo.students import build_students
from provning.cli.demo.together import decide_together
from provning.kernel.terms import Term
from provning.organisation.models import Organiser


@transaction.atomic
def build_world(today: date) -> None:
    """Build everything: two whole terms before today's, and today's as far as it has come."""
    term = Term.of(today)
    terms = (term.previous().previous(), term.previous(), term)
    units = build_organisation(ACTOR, terms[0].previous(), term.next(), today)
    students = build_students(ACTOR, units, terms[0].first_day, today)
    build_terms(ACTOR, units, students, terms, today)
    decide_together(ACTOR, today)
    build_deliveries(ACTOR, units, terms[0], today)
    organiser = Organiser.objects.get(name=ORGANISER)
    build_reports(ACTOR, organiser.id, terms[1], today)
