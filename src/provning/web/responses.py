"""How a screen answers: a page, with the right status when its form has problems."""

from collections.abc import Mapping

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

UNPROCESSABLE = 422


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, object] | None = None,
    *,
    form: forms.BaseForm | None = None,
) -> HttpResponse:
    """Render a page; with `form` it is in the context, and its problems make the status 422.

    Example: `return page(request, "groups/new.html", {"unit": unit}, form=form)`.
    """
    found = dict(context or {})
    status = 200
    if form is not None:
        found.setdefault("form", form)
        status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, template, found, status=status)
