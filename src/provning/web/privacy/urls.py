"""The addresses of protected persons' follow-up."""

from django.urls import path

from provning.web.privacy import following, owning

app_name = "privacy"
urlpatterns = [
    path("", following.overview, name="list"),
    path("<uuid:person_id>/", following.carriers, name="person"),
    path("<uuid:person_id>/registerutdrag/", owning.own_extract, name="own-extract"),
]
