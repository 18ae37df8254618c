"""How long each kind of row is kept: the one table that says it, for every table there is.

What is kept for ever has no way to be removed: no action does it, and the database refuses. What
may go has its day by local custom (`PolicyKey`) or by a fixed age, and the action of its own room
that removes it (`actions.removing`).
"""

from typing import Final

from django.utils.translation import gettext_noop

from provning.access.disposal import entries_to_dispose
from provning.accounts.disposal import sessions_to_dispose
from provning.applications.disposal import requests_to_dispose
from provning.archive.above import found_above
from provning.archive.jobs import jobs_to_dispose
from provning.archive.keeping import InstallationsWay, Keep, Kind, OrganisersWay
from provning.catalogues.disposal import orders_to_dispose, signing_orders_to_dispose
from provning.clients.disposal import calls_to_dispose, tokens_to_dispose
from provning.exams.disposal import outcome_reasons_to_dispose
from provning.extracts.disposal import extract_orders_to_dispose
from provning.grading.disposal import drafts_to_dispose
from provning.organisation.policies_data import PolicyKey
from provning.publishing.disposal import reports_to_dispose
from provning.reporting.disposal import report_orders_to_dispose

CATALOGUE_LAW = "Förordning (2011:1108) 4 kap. 11 §"
ARCHIVE_LAW = "Arkivlagen (1990:782) 3 §"
STORAGE_LIMIT = "Dataskyddsförordningen artikel 5.1 e"
POLICY = "Policy"
RETENTION: Final = (
    Kind(
        "decisions",
        gettext_noop("Betygsbeslut"),
        Keep.FOR_EVER,
        CATALOGUE_LAW,
        ("grading.GradeDecision", "grading.JointDecider"),
    ),
    Kind(
        "examinations",
        gettext_noop("Prövningsgrupper och placeringar"),
        Keep.FOR_EVER,
        CATALOGUE_LAW,
        ("exams.ExamGroup", "exams.Placement"),
    ),
    Kind(
        "catalogues",
        gettext_noop("Betygskataloger med underskrifter"),
        Keep.FOR_EVER,
        CATALOGUE_LAW,
        (
            "catalogues.StoredDocument",
            "catalogues.GradeCatalogue",
            "catalogues.CatalogueSigner",
            "catalogues.CatalogueSignature",
            "catalogues.SignedDocument",
            "catalogues.SignatureCheck",
            "catalogues.CatalogueCopy",
        ),
    ),
    Kind(
        "extracts",
        gettext_noop("Utdrag ur betygskatalogen"),
        Keep.FOR_EVER,
        CATALOGUE_LAW,
        ("extracts.Extract", "extracts.ExtractDecision"),
    ),
    Kind(
        "exports",
        gettext_noop("Underlag till myndigheter och filer som har lämnats till andra"),
        Keep.FOR_EVER,
        ARCHIVE_LAW,
        (
            "reporting.AuthorityExtract",
            "reporting.AuthorityLine",
            "reporting.SentExport",
            "reporting.SentDecision",
            "reporting.SentSelection",
            "reporting.SentPerson",
        ),
    ),
    Kind(
        "deliveries",
        gettext_noop("Leveranser och e-arkivpaket"),
        Keep.FOR_EVER,
        ARCHIVE_LAW,
        (
            "archive.Delivery",
            "archive.DeliveryStep",
            "archive.DeliveryItem",
            "archive.DeliveryList",
            "archive.DeliveryReminder",
            "archive.ArchivePackage",
        ),
    ),
    Kind(
        "trail",
        gettext_noop("Händelseloggen och gallringsbesluten"),
        Keep.FOR_EVER,
        ARCHIVE_LAW,
        ("audit.AuditEvent", "audit.AuditSubject", "audit.ChainAnchor", "archive.Disposal"),
    ),
    Kind(
        "persons",
        gettext_noop("Personer med nummer, inskrivningar och tjänster"),
        Keep.WHILE_NEEDED,
        CATALOGUE_LAW,
        (
            "people.Person",
            "people.PersonNumber",
            "people.NameWord",
            "people.Enrolment",
            "people.Duty",
            "privacy.Carrier",
            "privacy.IdentityCase",
        ),
    ),
    Kind(
        "registers",
        gettext_noop("Organisation, kursregister, konton, roller och API-klienter"),
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
            "accounts.RoleProposal",
            "accounts.RoleReview",
            "accounts.RoleName",
            "accounts.IdentityBinding",
            "mfa.Authenticator",
            # allauth's own tables of what this program does not use; nothing writes them.
            "account.EmailAddress",
            "account.EmailConfirmation",
            "socialaccount.SocialAccount",
            "socialaccount.SocialApp",
            "socialaccount.SocialToken",
            "reporting.ReportCode",
            "imports.ColumnMapping",
            "clients.ApiClient",
            "clients.ClientReach",
            "clients.ClientSecret",
            "publishing.Subscription",
            "publishing.Stamp",
            "publishing.Tombstone",
            "operations.WorkerBeat",
        ),
    ),
    Kind(
        "external_grades",
        gettext_noop("Betyg som andra system har beslutat"),
        Keep.WHILE_NEEDED,
        POLICY,
        (
            "feeds.ExternalBatch",
            "feeds.ExternalWithdrawal",
            "feeds.ExternalList",
            "feeds.ExternalDecision",
            "feeds.ExternalIdentity",
        ),
    ),
    Kind(
        "opinions",
        gettext_noop("Bedömningar före beslut"),
        Keep.WHILE_NEEDED,
        POLICY,
        ("grading.GradeOpinion",),
    ),
    Kind(
        "requests",
        gettext_noop("Avslutade begäranden till Vuxenutbildningscentrum"),
        Keep.MONTHS,
        STORAGE_LIMIT,
        ("applications.RegistrationRequest",),
        OrganisersWay(PolicyKey.KEEP_REQUESTS_MONTHS, requests_to_dispose),
    ),
    Kind(
        "outcome_reasons",
        gettext_noop("Skäl till att en prövning inte gav betyg"),
        Keep.MONTHS,
        STORAGE_LIMIT,
        ("exams.Placement.outcome_reason",),
        OrganisersWay(PolicyKey.KEEP_OUTCOME_REASONS_MONTHS, outcome_reasons_to_dispose),
    ),
    Kind(
        "drafts",
        gettext_noop("Betygsutkast för prövningar som inte ger betyg"),
        Keep.DAYS,
        STORAGE_LIMIT,
        ("grading.GradeDraft",),
        OrganisersWay(PolicyKey.KEEP_WITHDRAWN_DRAFTS_DAYS, drafts_to_dispose),
    ),
    Kind(
        "orders",
        gettext_noop("Avslutade beställningar av betygskatalog"),
        Keep.DAYS,
        POLICY,
        ("catalogues.CatalogueOrder",),
        OrganisersWay(PolicyKey.KEEP_ORDERS_DAYS, orders_to_dispose),
    ),
    Kind(
        "signing_orders",
        gettext_noop("Avslutade beställningar av elektronisk underskrift"),
        Keep.DAYS,
        POLICY,
        ("catalogues.SigningOrder",),
        OrganisersWay(PolicyKey.KEEP_ORDERS_DAYS, signing_orders_to_dispose),
    ),
    Kind(
        "extract_orders",
        gettext_noop("Avslutade beställningar av utdrag"),
        Keep.DAYS,
        POLICY,
        ("extracts.ExtractOrder", "extracts.ExtractOrderLine"),
        OrganisersWay(PolicyKey.KEEP_ORDERS_DAYS, extract_orders_to_dispose),
    ),
    Kind(
        "report_orders",
        gettext_noop("Avslutade beställningar av underlag till myndigheter"),
        Keep.DAYS,
        POLICY,
        ("reporting.ReportOrder",),
        OrganisersWay(PolicyKey.KEEP_ORDERS_DAYS, report_orders_to_dispose),
    ),
    Kind(
        "imports",
        gettext_noop("Uppladdade filer med sina rader"),
        Keep.DAYS,
        STORAGE_LIMIT,
        ("imports.StagedImport", "imports.ImportFile", "imports.StagedRow"),
        OrganisersWay(PolicyKey.KEEP_IMPORTS_DAYS, found_above("imports")),
    ),
    Kind(
        "comparisons",
        gettext_noop("Avstämningar som ingen längre kan läsa"),
        Keep.DAYS,
        STORAGE_LIMIT,
        (
            "comparisons.Comparison",
            "comparisons.ComparedFile",
            "comparisons.ComparedPiece",
            "comparisons.ComparisonRow",
        ),
        OrganisersWay(PolicyKey.KEEP_IMPORTS_DAYS, found_above("comparisons")),
    ),
    Kind(
        "sessions",
        gettext_noop("Utgångna inloggningar"),
        Keep.DAYS,
        STORAGE_LIMIT,
        ("sessions.Session", "accounts.SignIn"),
        InstallationsWay(0, sessions_to_dispose),
    ),
    Kind(
        "access",
        gettext_noop("Åtkomstloggen"),
        Keep.DAYS,
        STORAGE_LIMIT,
        ("access.AccessEntry",),
        InstallationsWay(1826, entries_to_dispose),
    ),
    Kind(
        "calls",
        gettext_noop("Anrop från API-klienter"),
        Keep.DAYS,
        STORAGE_LIMIT,
        ("clients.ClientCall",),
        InstallationsWay(180, calls_to_dispose),
    ),
    Kind(
        "reports",
        gettext_noop("Loggposter från API-klienter"),
        Keep.DAYS,
        STORAGE_LIMIT,
        ("publishing.ClientReport",),
        InstallationsWay(180, reports_to_dispose),
    ),
    Kind(
        "tokens",
        gettext_noop("Utgångna åtkomsttoken"),
        Keep.DAYS,
        STORAGE_LIMIT,
        ("clients.ClientToken",),
        InstallationsWay(0, tokens_to_dispose),
    ),
    Kind(
        "jobs",
        gettext_noop("Utförda jobb"),
        Keep.DAYS,
        POLICY,
        ("django_tasks_database.DBTaskResult",),
        InstallationsWay(30, jobs_to_dispose),
    ),
)
KINDS: Final = {kind.key: kind for kind in RETENTION}
