"""The program's addresses and the page with every component, which only developers have."""

from django.urls import include, path

from provning.web.showcase import components

urlpatterns = [
    path("", include("provning.config.urls")),
    path("komponenter/", components, name="components"),
]
