"""Reading requests, from the provider's side and from Vuxenutbildningscentrum's."""

from uuid import UUID

from django.db.models import QuerySet

from provning.applications.models import RegistrationRequest
from provning.applications.policies import request_scope
from provning.applications.rows import RequestRow
from provning.exams.models import ExamGroup
from provning.exams.policies import Place, may_at
from provning.exams.queries import group_scope
from provning.kernel.actors import Actor, Permission
from provning.kernel.identity import LONG_BIRTH
from provning.kernel.problems import NotFoundError
from provning.kernel.terms import Season, Term
from provning.people.names import sorted_name
from provning.people.queries import PersonRow, person_by_number, person_rows, persons_reached

__all__ = [
    "RequestRow",
    "known_person",
    "open_request_count",
    "request_for",
    "requests_for",
]

OPEN = (RegistrationRequest.Status.SENT, RegistrationRequest.Status.QUESTION)


def requests_for(actor: Actor, *, status: str = "") -> list[RequestRow]:
    """Return the requests that the actor may see: the open ones, then the newest.

    Among the open the one that has waited longest comes first. `status` is "" for all, "open", or
    one of the model's.
    """
    requests = _visible(actor)
    if status:
        requests = requests.filter(status__in=OPEN if status == "open" else (status,))
    rows = _rows(actor, requests.order_by("sent_at", "id"))
    waiting = [row for row in rows if row.is_open]
    return [*waiting, *(row for row in reversed(rows) if not row.is_open)]


def request_for(actor: Actor, request_id: UUID) -> RequestRow:
    """Return one request.

    Raises `NotFoundError` when there is none, or when it lies out of scope.
    """
    rows = _rows(actor, _visible(actor).filter(pk=request_id))
    if not rows:
        raise NotFoundError("registration_request")
    return rows[0]


def open_request_count(actor: Actor) -> int:
    """Return how many requests wait for the actor: sent ones to handle, questions to answer."""
    sent = group_scope(actor, Permission.HANDLE_REQUESTS, "group__")
    asked = group_scope(actor, Permission.SEND_REQUESTS, "group__")
    requests = RegistrationRequest.objects
    return (
        requests.filter(sent, status=RegistrationRequest.Status.SENT).count()
        + requests.filter(asked, status=RegistrationRequest.Status.QUESTION).count()
    )


def known_person(actor: Actor, request_id: UUID) -> PersonRow | None:
    """Return whom the register already has by the request's number, for those who handle it.

    Somebody whom only another organiser has is as nobody (None). Raises `NotFoundError` for
    everybody else: the answer says that the person is in the register.
    """
    handled = group_scope(actor, Permission.HANDLE_REQUESTS, "group__")
    found = RegistrationRequest.objects.filter(handled, pk=request_id)
    number = found.values_list("identity_number", flat=True).first()
    if number is None:
        raise NotFoundError("registration_request")
    owner = person_by_number(number)
    reached = persons_reached(actor, Permission.HANDLE_REQUESTS)
    known = owner is not None and reached.filter(pk=owner).exists()
    return person_rows(actor, [owner])[owner] if owner and known else None


def place_of(group: ExamGroup) -> Place:
    """Return where a request's group lies; a request is never a matter of own groups."""
    provider = group.unit.provider
    return Place(group.unit_id, provider.id, provider.organiser_id)


def _visible(actor: Actor) -> QuerySet[RegistrationRequest]:
    """Return the requests in scope with everything a row shows."""
    return RegistrationRequest.objects.filter(request_scope(actor)).select_related(
        "group__unit__provider", "group__course", "placement"
    )


def _rows(actor: Actor, requests: QuerySet[RegistrationRequest]) -> list[RequestRow]:
    """Return the requests as the actor may see them, in the order of the query."""
    found = list(requests)
    ids = [each.placement.person_id for each in found if each.placement]
    persons = person_rows(actor, ids) if ids else {}
    return [
        _row(actor, each, persons.get(each.placement.person_id) if each.placement else None)
        for each in found
    ]


def _row(actor: Actor, request: RegistrationRequest, person: PersonRow | None) -> RequestRow:
    """Return a request as it is shown; once registered, with the register's name and number."""
    group, place = request.group, place_of(request.group)
    number, written = request.identity_number, (request.given_name, request.family_name)
    given, family = (person.given_name, person.family_name) if person else written
    label = person.label if person else sorted_name(given, family)
    display = person.number_display if person else f"{number[:LONG_BIRTH]}-{number[LONG_BIRTH:]}"
    return RequestRow(
        id=request.id,
        group_id=group.id,
        group_name=group.name,
        unit_id=group.unit_id,
        unit_name=group.unit.name,
        provider_id=group.unit.provider_id,
        provider_name=group.unit.provider.name,
        course_code=group.course.code,
        course_name=group.course.name,
        term=Term(group.year, Season(group.season)),
        number_display=display,
        name=label,
        given_name=given,
        family_name=family,
        masked=person.masked if person else False,
        exam_date=request.exam_date,
        status=request.status,
        status_label=RegistrationRequest.Status(request.status).label,
        is_open=request.status in OPEN,
        question=request.question,
        answer=request.answer,
        refusal=request.refusal,
        sent_at=request.sent_at,
        sent_by_name=request.sent_by_name,
        handled_at=request.handled_at,
        handled_by_name=request.handled_by_name,
        placement_id=request.placement_id,
        version=request.version,
        may_handle=may_at(actor, Permission.HANDLE_REQUESTS, place),
        may_send=may_at(actor, Permission.SEND_REQUESTS, place),
    )
