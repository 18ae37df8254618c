"""The addresses of the imports: every kind has its own, open to those who hold its right."""

from collections.abc import Iterator

from django.urls import URLPattern, path

from provning.imports.kind import ImportKind
from provning.imports.kinds import KINDS
from provning.web.imports import detail, listing, templates, uploading

app_name = "imports"


def _of_kind(kind: ImportKind) -> Iterator[URLPattern]:
    """Give a kind's addresses: bring in a file, its template, and one file's own pages."""
    one = f"{kind.slug}/<uuid:{kind.key}_import_id>/"
    yield path(f"{kind.slug}/", uploading.view_of(kind), name=f"{kind.key}-new")
    if kind.read is None:
        yield path(f"{kind.slug}/mall/", templates.view_of(kind), name=f"{kind.key}-template")
    yield path(one, detail.view_of(kind), name=f"{kind.key}-one")
    yield path(f"{one}laget/", detail.progress_of(kind), name=f"{kind.key}-progress")


urlpatterns = [
    path("", listing.imports, name="list"),
    *(each for kind in KINDS.values() for each in _of_kind(kind)),
]
