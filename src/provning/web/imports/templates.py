"""Templates to fill in: the headers, and what each column is for."""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from provning.imports.kind import ImportKind
from provning.imports.templates import template_rows
from provning.web.exporting import csv_answer, xlsx_answer
from provning.web.permissions import screen
from provning.web.screen_request import ScreenRequest
from provning.web.tables import EXPORT


def view_of(kind: ImportKind) -> Callable[..., HttpResponseBase]:
    """Return the view that hands out a kind's template."""

    @screen(permission=kind.permission, methods=("GET", "HEAD"))
    def template(request: ScreenRequest) -> HttpResponseBase:
        heads, rows = template_rows(kind)
        name = _("mall-{kind}").format(kind=kind.slug)
        if request.GET.get(EXPORT) == "csv":
            return csv_answer(f"{name}.csv", heads, rows)
        return xlsx_answer(f"{name}.xlsx", heads, rows)

    return template
