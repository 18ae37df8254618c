"""Reading what a file is judged by: the organiser's codes and local rules on the day."""

from datetime import date
from uuid import UUID

from provning import __version__
from provning.kernel.terms import Term
from provning.organisation.policies_data import PolicyKey
from provning.organisation.queries import PolicyBook
from provning.reporting.layout import Layout, Target, layout_of
from provning.reporting.models import ReportCode
from provning.reporting.rules import View
from provning.reporting.source import FileFacts
from provning.reporting.writing import CodeKey

SYSTEM = "Prövning"
DRAFT = "utkast"
KEYS = (PolicyKey.REPORT_PROTECTED, PolicyKey.CSN_TRIALS, PolicyKey.REGISTER_WITHIN_DAYS)
INCLUDED = "included"


def view_for(organiser_id: UUID, target: Target, term: Term, today: date) -> View:
    """Return how an organiser's file of a term is judged on the day; two queries."""
    layout = layout_of(target)
    book = PolicyBook([organiser_id], KEYS)
    return View(
        layout=layout,
        columns=layout.columns_on(today),
        term=term,
        codes=codes_on(organiser_id, layout, today),
        facts=FileFacts(SYSTEM, f"{__version__} {DRAFT}", today),
        today=today,
        days=int(book.value(organiser_id, PolicyKey.REGISTER_WITHIN_DAYS, today)),
        protected_in=book.value(organiser_id, PolicyKey.REPORT_PROTECTED, today) == INCLUDED,
        trials_in=not layout.policy
        or book.value(organiser_id, PolicyKey(layout.policy), today) == INCLUDED,
    )


def codes_on(organiser_id: UUID, layout: Layout, day: date) -> dict[CodeKey, str]:
    """Return the codes of a file on the day: those published, and over them the organiser's."""
    written = ReportCode.objects.filter(
        organiser_id=organiser_id, kind=layout.target.value, valid_from__lte=day
    ).order_by("valid_from")
    own = {(each.table, each.key): each.code for each in written}
    return layout.codes | own
