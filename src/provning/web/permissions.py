"""Who may open a screen: every view says it, so that the whole matrix can be read and tested."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver

from provning.accounts.marks import PAGE_METHODS, SCREEN_MARK, ScreenRule, screen_rule_of
from provning.clients.marks import MachineRule, machine_rule_of
from provning.kernel.actors import Permission
from provning.kernel.problems import NotAllowedError, NotFoundError, NotOpenedError
from provning.web.access.asking import ask_why
from provning.web.screen_request import ScreenRequest, actor_of

P = ParamSpec("P")


def screen(
    *,
    permission: Permission | tuple[Permission, ...] | None = None,
    public: bool = False,
    methods: tuple[str, ...] = PAGE_METHODS,
    asked_by_oneself: bool = False,
    whole_place: bool = False,
    everywhere: bool = False,
) -> Callable[
    [Callable[Concatenate[ScreenRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Mark a view with who may open it, and hold everybody else out.

    Several permissions mean that one of them is enough; for the rest see `ScreenRule`. The matrix
    for auditors, and the test of it, read what is said here. `NotFoundError` from a query becomes
    404, `NotAllowedError` from an action 403, and `NotOpenedError` a page that asks why. Example:

        @screen(permission=Permission.VIEW_GROUPS)
        def groups(request: ScreenRequest) -> HttpResponse: ...
    """
    permissions = permission if isinstance(permission, tuple) else (permission,)
    rule = ScreenRule(
        tuple(each for each in permissions if each),
        public,
        methods,
        asked_by_oneself=asked_by_oneself,
        whole_place=whole_place,
        everywhere=everywhere,
    )

    def mark(
        view: Callable[Concatenate[ScreenRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method not in rule.methods:
                return HttpResponseNotAllowed(rule.methods)
            if not rule.allows(actor_of(request)):
                raise PermissionDenied
            try:
                return view(cast("ScreenRequest", request), *args, **kwargs)
            except NotFoundError as error:
                raise Http404 from error
            except NotAllowedError as error:
                raise PermissionDenied from error
            except NotOpenedError as error:
                return ask_why(request, error.key)

        guarded.__dict__[SCREEN_MARK] = rule
        return guarded

    return mark


@dataclass(frozen=True, slots=True)
class Address:
    """One address of the program: its pattern, its name and who may open it."""

    pattern: str
    name: str
    rule: ScreenRule | None
    machine: MachineRule | None


def addresses() -> list[Address]:
    """Return every address of the program, for the permission matrix."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], prefix: str, space: str) -> Iterator[Address]:
    for each in patterns:
        pattern = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{space}{each.namespace}:" if each.namespace else space
            yield from _walk(each.url_patterns, pattern, inner)
        else:
            yield Address(
                pattern,
                f"{space}{each.name}",
                screen_rule_of(each.callback),
                machine_rule_of(each.callback),
            )
