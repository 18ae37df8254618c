"""The pages shown when something cannot be done: what is wrong and what to do."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import reverse

from provning.operations.logs import REQUEST_ID
from provning.web.identity.kept import ask_to_send_again, ask_to_sign_in_again, is_from_us, keep
from provning.web.screen_request import actor_of, is_fetch
from provning.web.weak_sign_in import closes

MACHINES = "/api/"
FAILED = "Något gick fel hos oss. Felets nummer i loggen: {request_id}"
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read, or that brings more than is read."""
    if isinstance(exception, TOO_MUCH):
        return too_much(request)
    return render(request, "errors/400.html", status=400)


def too_much(request: HttpRequest) -> HttpResponse:
    """Answer a request that is larger than any form of ours."""
    return render(request, "errors/413.html", status=413)


def permission_denied(
    request: HttpRequest,
    exception: Exception,  # noqa: ARG001 # Django passes it by name
) -> HttpResponse:
    """Answer who lacks the right to open a screen, or has it but signed in too weakly for it."""
    weak = closes(request)
    till = request.get_full_path() if weak and request.method == "GET" else reverse("overview")
    return render(request, "errors/403.html", {"weak": weak, "till": till}, status=403)


def page_not_found(
    request: HttpRequest,
    exception: Exception,  # noqa: ARG001 # Django passes it by name
) -> HttpResponse:
    """Answer for what does not exist and for what lies out of scope, in the same words."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when the program has failed: without the database, which may be what failed.

    The answer, a page or JSON, holds the id under which the log tells what went wrong.
    """
    told = {"request_id": REQUEST_ID.get()}
    if request.path.startswith(MACHINES):
        return JsonResponse(
            {"code": "internal_error", "message": FAILED.format(**told)}, status=500
        )
    return HttpResponse(get_template("errors/500.html").render(told), status=500)


def csrf_failure(
    request: HttpRequest,
    reason: str = "",  # noqa: ARG001 # Django passes it by name
) -> HttpResponse:
    """Answer a form that is too old or not ours; what was typed on our own page is kept."""
    if not is_from_us(request) or is_fetch(request):
        return render(request, "errors/csrf.html", status=403)
    if actor_of(request) is None:
        return ask_to_sign_in_again(request)
    return ask_to_send_again(request, keep(request), status=403)
