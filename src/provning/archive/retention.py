"""How long each kind of row is kept: the one table that says it, for every table there is.

What is kept for ever has no way to be removed: no action does it, and the database refuses. What
may go has its day by local custom (`PolicyKey`) or by a fixed age, and the function of its own room
that removes it. Sources: domain practice as in Bevara eller gallra, and the laws named.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Protocol
from uuid import UUID

from provning.accounts.actions import dispose_sessions
from provning.accounts.disposal import sessions_to_dispose
from provning.applications.actions.disposal import dispose_requests
from provning.applications.disposal import requests_to_dispose
from provning.archive.actions.jobs import dispose_jobs
from provning.archive.jobs import jobs_to_dispose
from provning.archive.rules.disposal import days_before, months_before
from provning.catalogues.actions.disposal import dispose_orders
from provning.catalogues.disposal import orders_to_dispose
from provning.exams.actions.disposal import dispose_outcome_reasons
from provning.exams.disposal import outcome_reasons_to_dispose
from provning.extracts.actions.disposal import dispose_extract_orders
from provning.extracts.disposal import extract_orders_to_dispose
from provning.grading.actions.disposal import dispose_drafts
from provning.grading.disposal import drafts_to_dispose
from provning.kernel.actors import Actor
from provning.kernel.disposal import Disposable
from provning.organisation.policies_data import PolicyKey

CATALOGUE_LAW = "Förordning (2011:1108) 4 kap. 11 §"
ARCHIVE_LAW = "Arkivlagen (1990:782) 3 §"
STORAGE_LIMIT = "Dataskyddsförordningen artikel 5.1 e"
POLICY = "Policy"


class Keep(StrEnum):
    """How long a kind is kept."""

    FOR_EVER = "for_ever"
    WHILE_NEEDED = "while_needed"
    MONTHS = "months"
    DAYS = "days"


class OrganisersDispose(Protocol):
    """An action that removes an organiser's rows."""

    def __call__(
        self, *, actor: Actor, organiser_id: UUID, before: date, keys: Iterable[str]
    ) -> int:
        """Remove the rows of the keys; returns how many."""


class InstallationsDispose(Protocol):
    """An action that removes rows that belong to no organiser."""

    def __call__(self, *, actor: Actor, before: date, keys: Iterable[str]) -> int:
        """Remove the rows of the keys; returns how many."""


@dataclass(frozen=True, slots=True)
class OrganisersWay:
    """How an organiser's rows go: after the organiser's own number of months or days."""

    policy: PolicyKey
    find: Callable[[UUID, date], list[Disposable]]
    remove: OrganisersDispose


@dataclass(frozen=True, slots=True)
class InstallationsWay:
    """How rows go that belong to no organiser: after so many days, the same everywhere."""

    days: int
    find: Callable[[date], list[Disposable]]
    remove: InstallationsDispose


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row: its Swedish name, how long it is kept, by what source, in which tables.

    `way` is how it goes, None for what stays. A table is named once, unless one of its columns goes
    while the row stays (`exams.Placement.outcome_reason`).
    """

    key: str
    label: str
    keep: Keep
    source: str
    models: tuple[str, ...]
    way: OrganisersWay | InstallationsWay | None = None

    def limit(self, today: date, number: int) -> date:
        """Return the day before which a row may go."""
        return (months_before if self.keep is Keep.MONTHS else days_before)(today, number)


RETENTION: Final = (
    Kind(
        "decisions",
        "Betygsbeslut",
        Keep.FOR_EVER,
        CATALOGUE_LAW,
        ("grading.GradeDecision", "grading.JointDecider"),
    ),
    Kind(
        "examinations",
        "Prövningsgrupper och placeringar",
        Keep.FOR_EVER,
        CATALOGUE_LAW,
        ("exams.ExamGroup", "exams.Placement"),
    ),
    Kind(
        "catalogues",
        "Betygskataloger med underskrifter",
        Keep.FOR_EVER,
        CATALOGUE_LAW,
        (
            "catalogues.StoredDocument",
            "catalogues.GradeCatalogue",
            "catalogues.CatalogueSigner",
            "catalogues.CatalogueSignature",
        ),
    ),
    Kind(
        "extracts",
        "Utdrag ur betygskatalogen",
        Keep.FOR_EVER,
        CATALOGUE_LAW,
        ("extracts.Extract", "extracts.ExtractDecision"),
    ),
    Kind(
        "deliveries",
        "Leveranser och e-arkivpaket",
        Keep.FOR_EVER,
        ARCHIVE_LAW,
        (
            "archive.Delivery",
            "archive.DeliveryStep",
            "archive.DeliveryItem",
            "archive.DeliveryList",
            "archive.ArchivePackage",
        ),
    ),
    Kind(
        "trail",
        "Händelseloggen och gallringsbesluten",
        Keep.FOR_EVER,
        ARCHIVE_LAW,
        ("audit.AuditEvent", "audit.AuditSubject", "archive.Disposal"),
    ),
    Kind(
        "persons",
        "Personer med nummer, inskrivningar och tjänster",
        Keep.WHILE_NEEDED,
        CATALOGUE_LAW,
        (
            "people.Person",
            "people.PersonNumber",
            "people.NameWord",
            "people.Enrolment",
            "people.Duty",
        ),
    ),
    Kind(
        "registers",
        "Organisation, kursregister, konton och roller",
        Keep.WHILE_NEEDED,
        POLICY,
        (
            "organisation.Organiser",
            "organisation.Provider",
            "organisation.SchoolUnit",
            "organisation.UnitInitials",
            "organisation.TermCalendar",
            "organisation.Policy",
            "courses.Course",
            "courses.CourseWord",
            "courses.CoursePair",
            "courses.RegisterVersion",
            "accounts.User",
            "accounts.RoleAssignment",
            "accounts.RoleName",
        ),
    ),
    Kind(
        "opinions",
        "Bedömningar före beslut",
        Keep.WHILE_NEEDED,
        POLICY,
        ("grading.GradeOpinion",),
    ),
    Kind(
        "requests",
        "Avslutade begäranden till Vuxenutbildningscentrum",
        Keep.MONTHS,
        STORAGE_LIMIT,
        ("applications.RegistrationRequest",),
        OrganisersWay(PolicyKey.KEEP_REQUESTS_MONTHS, requests_to_dispose, dispose_requests),
    ),
    Kind(
        "outcome_reasons",
        "Skäl till att en prövning inte gav betyg",
        Keep.MONTHS,
        STORAGE_LIMIT,
        ("exams.Placement.outcome_reason",),
        OrganisersWay(
            PolicyKey.KEEP_OUTCOME_REASONS_MONTHS,
            outcome_reasons_to_dispose,
            dispose_outcome_reasons,
        ),
    ),
    Kind(
        "drafts",
        "Betygsutkast för prövningar som inte ger betyg",
        Keep.DAYS,
        STORAGE_LIMIT,
        ("grading.GradeDraft",),
        OrganisersWay(PolicyKey.KEEP_WITHDRAWN_DRAFTS_DAYS, drafts_to_dispose, dispose_drafts),
    ),
    Kind(
        "orders",
        "Avslutade beställningar av betygskatalog",
        Keep.DAYS,
        POLICY,
        ("catalogues.CatalogueOrder",),
        OrganisersWay(PolicyKey.KEEP_ORDERS_DAYS, orders_to_dispose, dispose_orders),
    ),
    Kind(
        "extract_orders",
        "Avslutade beställningar av utdrag",
        Keep.DAYS,
        POLICY,
        ("extracts.ExtractOrder", "extracts.ExtractOrderLine"),
        OrganisersWay(
            PolicyKey.KEEP_ORDERS_DAYS, extract_orders_to_dispose, dispose_extract_orders
        ),
    ),
    Kind(
        "sessions",
        "Utgångna inloggningar",
        Keep.DAYS,
        STORAGE_LIMIT,
        ("sessions.Session",),
        InstallationsWay(0, sessions_to_dispose, dispose_sessions),
    ),
    Kind(
        "jobs",
        "Utförda jobb",
        Keep.DAYS,
        POLICY,
        ("django_tasks_database.DBTaskResult",),
        InstallationsWay(30, jobs_to_dispose, dispose_jobs),
    ),
)

KINDS: Final = {kind.key: kind for kind in RETENTION}
