"""The addresses of packages and disposal."""

from django.urls import path

from provning.web.archive import disposal, packages

app_name = "archive"
urlpatterns = [
    path("paket/", packages.packages, name="packages"),
    path("paket/skapa/", packages.build, name="build"),
    path("paket/<uuid:package_id>/", packages.document, name="package"),
    path("gallring/", disposal.disposal, name="disposal"),
    path("gallring/gor/", disposal.run, name="dispose"),
]
