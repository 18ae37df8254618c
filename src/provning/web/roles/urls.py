"""The addresses of roles."""

from django.urls import path

from provning.web.roles import delegating, ending, listing, reviewing

app_name = "roles"
urlpatterns = [
    path("", listing.roles, name="list"),
    path("avsluta/", ending.end, name="end"),
    path("delegering/", delegating.delegation, name="delegation"),
    path("granskning/", reviewing.review, name="review"),
]
