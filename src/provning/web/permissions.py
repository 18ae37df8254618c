"""Who may open a screen: every view says it, so that the whole matrix can be read and tested."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver

from provning.clients.marks import MachineRule, machine_rule_of
from provning.kernel.actors import Actor, Permission
from provning.kernel.problems import NotAllowedError, NotFoundError, NotOpenedError
from provning.web.access.asking import ask_why
from provning.web.screen_request import ScreenRequest, actor_of

P = ParamSpec("P")
MARK = "screen_rule"
PAGE_METHODS = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class ScreenRule:
    """Who may open a view: everybody, everybody signed in, or holders of one of the permissions."""

    permissions: tuple[Permission, ...] = ()
    public: bool = False
    methods: tuple[str, ...] = PAGE_METHODS

    def allows(self, actor: Actor | None) -> bool:
        """Say whether the actor may open the view in some scope; the query narrows the scope."""
        if self.public or actor is None:
            return self.public
        return not self.permissions or any(actor.may(each) for each in self.permissions)


def screen(
    *,
    permission: Permission | tuple[Permission, ...] | None = None,
    public: bool = False,
    methods: tuple[str, ...] = PAGE_METHODS,
) -> Callable[
    [Callable[Concatenate[ScreenRequest, P], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, P], HttpResponseBase],
]:
    """Mark a view with who may open it, and hold everybody else out.

    Several permissions mean that one of them is enough. `NotFoundError` from a query becomes 404,
    `NotAllowedError` from an action 403, and `NotOpenedError` a page that asks why. Example:

        @screen(permission=Permission.VIEW_GROUPS)
        def groups(request: ScreenRequest) -> HttpResponse: ...
    """
    permissions = permission if isinstance(permission, tuple) else (permission,)
    rule = ScreenRule(tuple(each for each in permissions if each), public, methods)

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

        guarded.__dict__[MARK] = rule
        return guarded

    return mark


def rule_of(view: object) -> ScreenRule | None:
    """Return what a view is marked with, None when it has been forgotten."""
    rule: ScreenRule | None = getattr(view, MARK, None)
    return rule


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
                rule_of(each.callback),
                machine_rule_of(each.callback),
            )
