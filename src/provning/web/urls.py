"""The addresses of the screens: each area brings its own under one word."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from provning.web.health import alive, metrics, ready
from provning.web.showcase import components

AREAS = (
    ("", "overview"),
    ("grupper/", "groups"),
    ("elever/", "students"),
    ("begaran/", "requests"),
    ("betyg/", "grades"),
    ("betyg/beslut/", "corrections"),
    ("betygskataloger/", "catalogues"),
    ("utdrag/", "extracts"),
    ("underlag/", "reporting"),
    ("leveranser/", "deliveries"),
    ("arkiv/", "archive"),
    ("inlasning/", "imports"),
    ("avstamning/", "reconciliation"),
    ("filer/", "feeds"),
    ("kurser/", "courses"),
    ("klienter/", "clients"),
    ("konton/", "accounts"),
    ("roller/", "roles"),
    ("atkomst/", "access"),
    ("organisation/", "organisation"),
    ("handelser/", "trail"),
    ("installation/", "installation"),
    ("skydd/", "privacy"),
)


def _areas() -> list[URLResolver]:
    modules = [(prefix, f"provning.web.{area}.urls") for prefix, area in AREAS]
    return [path(prefix, include(name)) for prefix, name in modules if _exists(name)]


def _exists(module: str) -> bool:
    return find_spec(module.rpartition(".")[0]) is not None and find_spec(module) is not None


urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", alive, name="alive"),
    path("readyz", ready, name="ready"),
    path("metrics", metrics, name="metrics"),
    path("", include("provning.web.identity.urls")),
    *_areas(),
]
if settings.DEBUG:
    urlpatterns.append(path("komponenter/", components, name="components"))
