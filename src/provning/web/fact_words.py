"""What the record keeps of an event as a code, in the words that people read."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.accounts import events as accounts
from provning.audit.queries import HistoryRow
from provning.operations import events as operations
from provning.operations.jobs import KIND_LABELS
from provning.organisation import events as organisation
from provning.organisation.policies_data import POLICIES, PolicyKey
from provning.reporting import events as reporting
from provning.web.role_words import role_word

Facts = Mapping[str, object]

STEPS = {
    "totp": gettext_lazy("app med koder"),
    "webauthn": gettext_lazy("säkerhetsnyckel"),
    "recovery_codes": gettext_lazy("nya återställningskoder"),
}
REASONS = {
    "another person": gettext_lazy("det var någon annan än den som är inloggad"),
    "cancelled": gettext_lazy("inloggningen avbröts"),
    "no request": gettext_lazy("ingen hade bett om det"),
    "not anew": gettext_lazy("personen hade inte visat på nytt vem det är"),
    "nothing posted": gettext_lazy("det var tomt"),
    "provider": gettext_lazy("tjänsten svarade med ett fel"),
    "state": gettext_lazy("det hörde inte till någon påbörjad inloggning här"),
    "too many": gettext_lazy("det var för många försök"),
    "unknown": gettext_lazy("ingen här har den identiteten"),
    "unreachable": gettext_lazy("tjänsten gick inte att nå"),
    "weaker than the sign-in": gettext_lazy("det var svagare än inloggningen"),
}
"""Why an answer opened nothing; what a library has found wrong in one stays in its own words."""


def fact_words(row: HistoryRow) -> dict[str, object]:
    """Return those of an event's facts that are codes, in the reader's language."""
    told = TOLD.get(row.name)
    return told(row.before | row.after) if told else {}


def _role(facts: Facts) -> dict[str, object]:
    return {"role": role_word(str(facts.get("role", "")))}


def _task(facts: Facts) -> dict[str, object]:
    return {"task": f"”{role_word(str(facts.get('task', '')))}”"}


def _step(facts: Facts) -> dict[str, object]:
    kind = str(facts.get("kind", ""))
    return {"kind": STEPS.get(kind, kind)}


def _method(facts: Facts) -> dict[str, object]:
    method = str(facts.get("method", ""))
    if method != "password":
        return {"method": method.removeprefix("idp:")}
    return {"method": _("lösenord och ett andra steg") if facts.get("factor") else _("lösenord")}


def _reason(facts: Facts) -> dict[str, object]:
    reason = str(facts.get("reason", ""))
    return {"reason": REASONS.get(reason, reason)}


def _job(facts: Facts) -> dict[str, object]:
    kind = str(facts.get("kind", ""))
    return {"kind": _(KIND_LABELS.get(kind, kind))}


def _receiver(facts: Facts) -> dict[str, object]:
    return {"kind": str(facts.get("kind", "")).upper()}


def _policy(facts: Facts) -> dict[str, object]:
    key = str(facts.get("key", ""))
    if key not in POLICIES:
        return {}
    kind = POLICIES[PolicyKey(key)]
    value = facts.get("value", "")
    shown = kind.shown(value if isinstance(value, int) else str(value))
    return {"key": f"”{_(kind.label)}”", "value": _(shown) if shown else _("tomt")}


JOBS = (
    operations.JOB_RUN_AGAIN,
    operations.JOB_TAKEN_OVER,
    operations.JOB_LOST,
    operations.JOB_CANCELLED,
)
ROLES = (
    accounts.ROLE_ASSIGNED,
    accounts.ROLE_ENDED,
    accounts.ROLE_PROPOSED,
    accounts.ROLE_APPROVED,
    accounts.ROLE_REFUSED,
    accounts.ROLE_NAMED,
)
TOLD: dict[str, Callable[[Facts], dict[str, object]]] = {
    **dict.fromkeys(ROLES, _role),
    accounts.TASK_DELEGATED: _task,
    **dict.fromkeys((accounts.FACTOR_ADDED, accounts.FACTOR_REMOVED), _step),
    **dict.fromkeys(JOBS, _job),
    accounts.STEPPED_UP: _method,
    accounts.IDENTITY_REFUSED: _reason,
    **dict.fromkeys(organisation.OF_POLICIES, _policy),
    **dict.fromkeys((reporting.AUTHORITY_EXTRACT_ORDERED, reporting.REPORT_CODE_SET), _receiver),
}
