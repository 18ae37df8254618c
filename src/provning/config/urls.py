"""Every address of the program; each screen area brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("provning.web.urls")),
]
