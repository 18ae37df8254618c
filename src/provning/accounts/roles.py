"""The roles: what each may do and how far it may reach; what they are called is policy data."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_noop

from provning.kernel.actors import Permission, ScopeKind

P = Permission
PROVIDER_WIDE: Final = frozenset({ScopeKind.PROVIDER, ScopeKind.UNIT})
PROVIDER_WORK: Final = frozenset(
    {
        P.VIEW_GROUPS,
        P.EDIT_GROUPS,
        P.VIEW_PERSONS,
        P.PLACE_PERSONS,
        P.SEND_REQUESTS,
        P.VIEW_CATALOGUES,
        P.MAKE_CATALOGUES,
        P.SEND_DELIVERIES,
        P.VIEW_REPORTS,
    }
)


@dataclass(frozen=True, slots=True)
class Role:
    """One role: its code, the manual's (or the law's) name for it, its rights and its scopes."""

    code: str
    manual_name: str
    permissions: frozenset[Permission]
    scope_kinds: frozenset[ScopeKind]


ALL_ROLES: Final = (
    Role("external_provider", "Vux extern anordnare Sthlm", PROVIDER_WORK, PROVIDER_WIDE),
    Role(
        "external_provider_manager",
        "Vux extern anordnare ansvarig Sthlm",
        PROVIDER_WORK | {P.GIVE_ROLES, P.REVIEW_ROLES},
        PROVIDER_WIDE,
    ),
    Role("internal_provider", "Vux intern anordnare Sthlm", PROVIDER_WORK, PROVIDER_WIDE),
    Role(
        "internal_provider_manager",
        "Vux intern anordnare ansvarig Sthlm",
        PROVIDER_WORK | {P.GIVE_ROLES, P.REVIEW_ROLES},
        PROVIDER_WIDE,
    ),
    Role(
        "grade_administrator",
        "Betygsadministratör",
        frozenset(
            {
                P.VIEW_GROUPS,
                P.VIEW_PERSONS,
                P.DRAFT_GRADES,
                P.VIEW_CATALOGUES,
                P.MAKE_CATALOGUES,
                P.VIEW_REPORTS,
            }
        ),
        PROVIDER_WIDE,
    ),
    Role(
        "grading_teacher",
        "Betygssättande lärare",
        frozenset({P.VIEW_GROUPS, P.DRAFT_GRADES, P.DECIDE_GRADES, P.SIGN_CATALOGUES}),
        frozenset({ScopeKind.OWN_GROUPS}),
    ),
    Role(
        "principal",
        "Rektor",
        frozenset(
            {
                P.VIEW_GROUPS,
                P.VIEW_PERSONS,
                P.VIEW_PROTECTED,
                P.DECIDE_GRADES,
                P.CORRECT_GRADES,
                P.VIEW_CATALOGUES,
                P.MAKE_CATALOGUES,
                P.SEND_DELIVERIES,
                P.SIGN_CATALOGUES,
                P.ISSUE_EXTRACTS,
                P.VIEW_REPORTS,
                P.VIEW_AUDIT,
                P.REVIEW_ROLES,
                P.DELEGATE,
            }
        ),
        # Rektor of the huvudman decides where a provider on entreprenad has no betygsrätt.
        PROVIDER_WIDE | {ScopeKind.ORGANISER},
    ),
    Role(
        "adult_education_centre",
        "Vuxenutbildningscentrum",
        frozenset(
            {
                P.VIEW_GROUPS,
                P.VIEW_PERSONS,
                P.REGISTER_PERSONS,
                P.VIEW_PROTECTED,
                P.HANDLE_REQUESTS,
                P.PLACE_PERSONS,
                P.VIEW_CATALOGUES,
                P.RECEIVE_DELIVERIES,
                P.ISSUE_EXTRACTS,
                P.EXCHANGE_GRADES,
                P.VIEW_REPORTS,
                P.MAKE_REPORTS,
                P.GIVE_ROLES,
                P.REVIEW_ROLES,
            }
        ),
        frozenset({ScopeKind.ORGANISER}),
    ),
    Role(
        "system_administrator",
        "Systemadministratör",
        frozenset(
            {
                P.MANAGE_ORGANISATION,
                P.MANAGE_ACCOUNTS,
                P.GIVE_ROLES,
                P.REVIEW_ROLES,
                P.VIEW_AUDIT,
                P.DISPOSE,
            }
        ),
        frozenset({ScopeKind.EVERYTHING, ScopeKind.ORGANISER}),
    ),
)

ROLES: Final = {role.code: role for role in ALL_ROLES}
PRINCIPAL: Final = "principal"


@dataclass(frozen=True, slots=True)
class DelegatedTask:
    """One task of rektor's that may be delegated: its code, its name, its law and its rights."""

    code: str
    name: str
    law: str
    permissions: frozenset[Permission]


ALL_TASKS: Final = (
    DelegatedTask(
        "delegated_decisions",
        gettext_noop("Beslutar och ändrar betyg i lärarens ställe, på rektors delegation"),
        "Skollagen 3 kap. 16 och 20 §§; Skollagen 20 kap. 41 §",
        frozenset({P.VIEW_GROUPS, P.DECIDE_GRADES, P.SIGN_CATALOGUES}),
    ),
    DelegatedTask(
        "delegated_corrections",
        gettext_noop("Rättar betyg, på rektors delegation"),
        "Skollagen 3 kap. 19 §",
        frozenset({P.VIEW_GROUPS, P.CORRECT_GRADES}),
    ),
    DelegatedTask(
        "delegated_extracts",
        gettext_noop("Utfärdar utdrag ur betygskatalogen, på rektors delegation"),
        "Förordning (2011:1108) 4 kap. 22 §",
        frozenset({P.VIEW_PERSONS, P.VIEW_CATALOGUES, P.ISSUE_EXTRACTS}),
    ),
)
"""Single tasks, as Skollagen 2 kap. 10 § has it; none of them shows protected persons."""

TASKS: Final = {task.code: task for task in ALL_TASKS}

DECIDING: Final = frozenset(
    each.code
    for each in (*ALL_ROLES, *ALL_TASKS)
    if each.permissions & {P.DECIDE_GRADES, P.CORRECT_GRADES}
)
"""What takes a person: a grade is decided, and corrected, by somebody of the register."""

STAFF: Final = frozenset({"grade_administrator", "grading_teacher"})
GIVES: Final = {
    "external_provider_manager": STAFF | {"external_provider"},
    "internal_provider_manager": STAFF | {"internal_provider"},
    "adult_education_centre": frozenset({"external_provider_manager", "internal_provider_manager"}),
    "system_administrator": frozenset(ROLES),
    "system": frozenset(ROLES),
}
"""Which roles the holder of a role gives and ends; a role that is not here gives none.

A provider's ansvarig keeps the provider's own staff, the central office the providers' ansvariga;
rektor, the central office itself and administrators are the system administrator's.
"""
REVIEWS: Final = GIVES | {
    PRINCIPAL: STAFF | TASKS.keys(),
    "system_administrator": ROLES.keys() | TASKS.keys(),
    "system": ROLES.keys() | TASKS.keys(),
}
"""Which roles the holder of a role goes through once a year, and keeps or ends.

Rektor answers for grades being set by law (Skollagen 3 kap. 14 §), so for who sets and types them
at the unit, but gives no roles.
"""
