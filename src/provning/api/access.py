"""Who calls: a token of ours or of an issuer we believe, a certificate, a limit, and a log."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from provning.access.actions import log_access
from provning.access.watching import calls
from provning.api.answers import ApiError, not_found
from provning.api.clock import now, today
from provning.api.issuers import looks_external, subject_of
from provning.clients.actions import Refusal, begin_call, end_call
from provning.clients.marks import MACHINE_MARK, MachineRule
from provning.clients.queries import (
    client_by_certificate,
    client_by_subject,
    client_by_token,
    may_call,
)
from provning.clients.rows import ClientRow
from provning.kernel.actors import Actor
from provning.kernel.problems import NotAllowedError, NotFoundError
from provning.kernel.seen import watching

P = ParamSpec("P")
READS = ("GET", "HEAD")
FAILED = 500


@dataclass(frozen=True, slots=True)
class Machine:
    """The client behind a call: its row, what this call may see of it, and the actor it reads as.

    `data_classes` are those of the token, which may have been issued for fewer than the client has.
    """

    client: ClientRow
    data_classes: frozenset[str]

    @property
    def actor(self) -> Actor:
        """Return whoever reads; give it to queries as any other actor."""
        return self.client.actor

    def may_see(self, data_class: str) -> bool:
        """Say whether the call may see a class of data."""
        return data_class in self.data_classes


class MachineRequest(HttpRequest):
    """A request to an endpoint for machines, once it has been asked who calls; None for nobody."""

    machine: Machine | None


Endpoint = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def machine(
    data_class: str = "", *, methods: tuple[str, ...] = READS
) -> Callable[[Callable[Concatenate[HttpRequest, Machine, P], HttpResponseBase]], Endpoint[P]]:
    """Make a view an endpoint for machines that hold a class of data, "" for any client.

    The view gets the request and the `Machine`. `NotFoundError` from a query becomes 404,
    `ApiError` its own answer, and every call stands in the log of calls. Example:

        @machine("betyg")
        def grades(request: HttpRequest, caller: Machine) -> HttpResponse: ...
    """
    rule = MachineRule(data_class, methods)

    def mark(
        view: Callable[Concatenate[HttpRequest, Machine, P], HttpResponseBase],
    ) -> Endpoint[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            def answer(caller: Machine) -> HttpResponseBase:
                return view(request, caller, *args, **kwargs)

            return _answered(request, rule, answer)

        exempt = csrf_exempt(guarded)
        exempt.__dict__[MACHINE_MARK] = rule
        return exempt

    return mark


def authenticated_client(request: HttpRequest, data_class: str = "") -> Machine:
    """Return who calls; raises `ApiError` 401 for nobody and 403 for who may not see the data."""
    caller = _caller(request)
    if caller is None:
        challenge = {"WWW-Authenticate": 'Bearer realm="provning"'}
        message = "Anropet saknar en giltig token."
        raise ApiError(401, "unauthorized", message, challenge)
    return _allowed(caller, data_class)


def remote_address(request: HttpRequest) -> str:
    """Return where the call comes from, as the connection itself says."""
    return str(request.META.get("REMOTE_ADDR", ""))


def open_call(request: HttpRequest, client: ClientRow | None) -> int:
    """Write down that a call has begun and return its number; raises `ApiError` 429."""
    begun = begin_call(
        client=client,
        address=remote_address(request),
        method=str(request.method),
        path=request.path,
        filters=" ".join(request.GET),
        now=now(),
    )
    if isinstance(begun, Refusal):
        headers = {"Retry-After": str(begun.retry_after)}
        message = f"För många anrop. Försök igen om {begun.retry_after} sekunder."
        raise ApiError(429, "too_many_requests", message, headers)
    return begun


def _answered(
    request: HttpRequest, rule: MachineRule, answer: Callable[[Machine], HttpResponseBase]
) -> HttpResponseBase:
    """Answer one call, within its limit and in the log."""
    caller = _caller(request)
    try:
        number = open_call(request, caller.client if caller else None)
    except ApiError as error:
        return error.answer
    status = FAILED
    try:
        response = _tried(request, rule, answer)
        status = response.status_code
        return response
    finally:
        end_call(number=number, status=status)


def _tried(
    request: HttpRequest, rule: MachineRule, answer: Callable[[Machine], HttpResponseBase]
) -> HttpResponseBase:
    try:
        caller = authenticated_client(request, rule.data_class)
        if request.method not in rule.methods:
            return _no_such_method(rule)
        return _logged(request, caller, answer)
    except NotFoundError:
        return not_found().answer
    except NotAllowedError:
        return ApiError(403, "forbidden", "Klienten får inte göra detta.").answer
    except ApiError as error:
        return error.answer


def _logged(
    request: HttpRequest, caller: Machine, answer: Callable[[Machine], HttpResponseBase]
) -> HttpResponseBase:
    """Answer, and write down whose particulars the answer holds; what cannot be logged is not."""
    with watching() as seen:
        given = answer(caller)
    place = request.resolver_match.view_name if request.resolver_match else ""
    log_access(actor=caller.actor, entries=list(calls(seen, place, request.path)))
    return given


def _no_such_method(rule: MachineRule) -> HttpResponse:
    headers = {"Allow": ", ".join(rule.methods)}
    return ApiError(405, "method_not_allowed", "Metoden finns inte här.", headers).answer


def _caller(request: HttpRequest) -> Machine | None:
    """Return who calls, found once for a request."""
    asked = cast("MachineRequest", request)
    if not hasattr(asked, "machine"):
        asked.machine = _find_caller(request)
    return asked.machine


def _find_caller(request: HttpRequest) -> Machine | None:
    found = _by_token(request) or _by_certificate(request)
    if found is None or not may_call(found.client, today()):
        return None
    needed = found.client.certificate
    return found if not needed or needed == certificate_of(request) else None


def _by_token(request: HttpRequest) -> Machine | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    token = token.strip()
    if kind.lower() != "bearer" or not token:
        return None
    if not looks_external(token):
        found = client_by_token(token, now())
        return Machine(found[0], frozenset(found[1])) if found else None
    named = subject_of(token)
    client = client_by_subject(*named) if named else None
    return Machine(client, frozenset(client.data_classes)) if client else None


def _by_certificate(request: HttpRequest) -> Machine | None:
    certificate = certificate_of(request)
    if not certificate or "Authorization" in request.headers:
        return None
    client = client_by_certificate(certificate)
    return Machine(client, frozenset(client.data_classes)) if client else None


def certificate_of(request: HttpRequest) -> str:
    """Return what a proxy that is believed says of the client's certificate, "" for nothing."""
    header: str = settings.CLIENT_CERTIFICATE_HEADER
    if not header or remote_address(request) not in settings.CLIENT_CERTIFICATE_PROXIES:
        return ""
    return request.headers.get(header, "").strip()


def _allowed(caller: Machine, data_class: str) -> Machine:
    if data_class and not caller.may_see(data_class):
        challenge = {"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{data_class}"'}
        message = f"Klienten får inte se {data_class}."
        raise ApiError(403, "insufficient_scope", message, challenge)
    return caller


def unknown(_request: HttpRequest, _rest: str = "") -> HttpResponse:
    """Answer an address that does not exist, as to a machine."""
    return not_found().answer


unknown.__dict__[MACHINE_MARK] = MachineRule("", (), public=True)
