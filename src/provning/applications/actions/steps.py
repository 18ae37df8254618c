"""What every step of a request shares: holding it, storing it, telling the trail."""

from datetime import UTC, datetime
from uuid import UUID

from provning.applications.models import RegistrationRequest
from provning.applications.policies import request_scope, require_at
from provning.applications.queries import OPEN, place_of
from provning.applications.rules import closed
from provning.audit.actions import record
from provning.audit.conflicts import refuse_if_changed
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotFoundError, refuse_if

Status = RegistrationRequest.Status


def held_request(actor: Actor, permission: Permission, request_id: UUID) -> RegistrationRequest:
    """Hold a request on whose side of the permission the actor is.

    Raises `NotFoundError` out of scope, `NotAllowedError` when the actor is on the other side.
    """
    requests = RegistrationRequest.objects.select_for_update(no_key=True, of=("self",))
    found = requests.filter(request_scope(actor), pk=request_id)
    request = found.select_related("group__unit__provider", "placement").first()
    if request is None:
        raise NotFoundError("registration_request")
    require_at(actor, permission, place_of(request.group))
    return request


def open_request(
    actor: Actor, permission: Permission, request_id: UUID, expected_version: int
) -> RegistrationRequest:
    """Hold a request that is open and as the actor saw it."""
    request = held_request(actor, permission, request_id)
    refuse_unless_open(request, expected_version)
    return request


def refuse_unless_open(request: RegistrationRequest, expected_version: int) -> None:
    """Say who was first when somebody was, else that a closed request stays closed."""
    refuse_if_changed(
        "registration_request", request.id, version=request.version, expected=expected_version
    )
    refuse_if([] if request.status in OPEN else [closed(Status(request.status).label)])


def handle(actor: Actor, request: RegistrationRequest, *fields: str) -> None:
    """Store what the centre did, with who and when."""
    request.handled_at, request.handled_by_name = datetime.now(UTC), actor.name
    save(request, "handled_at", "handled_by_name", *fields)


def save(request: RegistrationRequest, *fields: str) -> None:
    """Store the status and the fields as the next version."""
    request.version += 1
    request.save(update_fields=["status", "version", *fields])


def record_step(event: str, actor: Actor, request: RegistrationRequest, *, before: str) -> None:
    """Tell the trail what happened, without number, name or free text."""
    placed = request.placement
    record(
        event,
        actor=actor,
        subjects=[
            ("registration_request", request.id),
            ("exam_group", request.group_id),
            *([("placement", placed.id), ("person", placed.person_id)] if placed else []),
        ],
        before={"status": before} if before else None,
        after={"status": request.status, "group": request.group.name},
    )
