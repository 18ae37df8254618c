"""From the database to a `PersonRow`: the one place where protected identities are masked."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from provning.kernel.actors import SYSTEM, Actor, Permission, ScopeKind
from provning.kernel.identity import IdentityNumber, parse_identity_number
from provning.kernel.seen import note_read
from provning.organisation.queries import provider_scope, unit_scope
from provning.people.models import Duty, Enrolment, Person, PersonNumber
from provning.people.names import sorted_name
from provning.people.rows import MASKED_LABEL, PersonRow

FIELDS = (
    "id",
    "given_name",
    "family_name",
    "protection",
    "case_number",
    "status",
    "status_on",
    "version",
    "merged_into_id",
    "current_number",
    "entitled",
)
IS_PROTECTED = ExpressionWrapper(~Q(protection=Person.Protection.NONE), output_field=BooleanField())
"""Orders protected persons last."""


def rows_of(actor: Actor, persons: QuerySet[Person]) -> list[PersonRow]:
    """Return the persons as the actor may see them, in the order of the query; one query.

    Whom a person has read is noted for the access log; what a program reads on its way is not.
    """
    return rows_read(actor, shown_to(actor, persons))


def shown_to(actor: Actor, persons: QuerySet[Person]) -> QuerySet[Person, Any]:
    """Return the question for the persons as the actor may see them, for `rows_read`."""
    current = PersonNumber.objects.filter(person=OuterRef("pk"), valid_to__isnull=True)
    shown = persons.annotate(
        current_number=Subquery(current.values("number")[:1]),
        entitled=ExpressionWrapper(
            ~Q(protection=Person.Protection.NONE) & _sees_protected(actor), BooleanField()
        ),
    )
    return shown.values_list(*FIELDS)


def rows_read(actor: Actor, shown: Iterable[tuple[Any, ...]]) -> list[PersonRow]:
    """Return the persons of the answer to `shown_to`, and note them for the access log."""
    rows = [_row(dict(zip(FIELDS, values, strict=True)), actor) for values in shown]
    if actor.role != SYSTEM:
        note_read((row.id, row.protected and not row.masked) for row in rows)
    return rows


def in_clear(actor: Actor) -> Case:
    """Return the expression that says whether the actor sees a person's identity.

    A protected one is seen by who may see protected identities where the person is enrolled or
    works, and at a screen has opened this one for a reason.
    """
    seen = [When(protection=Person.Protection.NONE, then=Value(value=True))]
    # Who has opened nobody, as nearly everybody at a screen, is asked about without the scopes.
    if actor.opened is None or actor.opened:
        seen.append(When(_opened(actor) & _sees_protected(actor), then=Value(value=True)))
    return Case(*seen, default=Value(value=False), output_field=BooleanField())


def read_number(normal: str) -> IdentityNumber:
    """Return a stored number with its parts; it was checked when it was stored."""
    return parse_identity_number(normal, today=date.max)


def _opened(actor: Actor) -> Q:
    return Q() if actor.opened is None else Q(pk__in=actor.opened)


def _sees_protected(actor: Actor) -> Q:
    permission = Permission.VIEW_PROTECTED
    scopes = actor.scopes(permission)
    if any(scope.kind is ScopeKind.EVERYTHING for scope in scopes):
        return Q(pk__isnull=False)
    enrolled = Enrolment.objects.filter(provider_scope(actor, permission), person=OuterRef("pk"))
    on_duty = Duty.objects.filter(unit_scope(actor, permission), person=OuterRef("pk"))
    return Q(Exists(enrolled)) | Q(Exists(on_duty)) if scopes else Q(pk__isnull=True)


def _row(values: dict[str, Any], actor: Actor) -> PersonRow:
    """Return a person as `in_clear` says; `entitled` is who may see, or open, a protected one."""
    protected, entitled = values["protection"] != Person.Protection.NONE, values["entitled"]
    opened = actor.opened is None or values["id"] in actor.opened
    masked = protected and not (entitled and opened)
    number = read_number(values["current_number"]) if values["current_number"] else None
    case_number = values["case_number"] or ""
    given_name, family_name = values["given_name"], values["family_name"]
    return PersonRow(
        id=values["id"],
        label=MASKED_LABEL if masked else sorted_name(given_name, family_name),
        number_display=case_number if masked else number.display if number else "",
        birth_date=None if masked or number is None else number.birth_date,
        protected=protected,
        masked=masked,
        case_number=case_number,
        status=values["status"],
        given_name="" if masked else given_name,
        family_name="" if masked else family_name,
        version=values["version"],
        may_open=masked and entitled and not opened,
        merged_into=values["merged_into_id"],
        status_on=None if masked else values["status_on"],
    )
