"""How a screen answers: a page, with the right status when its form has problems."""

from collections.abc import Mapping
from typing import cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from provning.web.exporting import exported
from provning.web.tables import Table

UNPROCESSABLE = 422


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    *,
    form: forms.BaseForm | None = None,
) -> HttpResponse:
    """Render a page; with `form` it is in the context, and its problems make the status 422.

    When the address asks for one of the page's lists as a file, the file is the answer.

    Example: `return page(request, "groups/new.html", {"unit": unit}, form=form)`.
    """
    found = dict(context or {})
    tables = [each for each in found.values() if isinstance(each, Table) and each.export]
    file = exported(request, tables)
    if file is not None:
        return cast("HttpResponse", file)
    for each in tables:
        each.query = each.query or request.GET
    status = 200
    if form is not None:
        found.setdefault("form", form)
        status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, template, found, status=status)
