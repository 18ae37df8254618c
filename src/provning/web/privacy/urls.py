"""The addresses of protected persons' follow-up."""

from django.urls import path

from provning.web.privacy import cases, following, owning

app_name = "privacy"
urlpatterns = [
    path("", following.overview, name="list"),
    path("identitet/", cases.overview, name="cases"),
    path("identitet/<uuid:case_id>/", cases.case, name="case"),
    path("<uuid:person_id>/", following.carriers, name="person"),
    path("<uuid:person_id>/registerutdrag/", owning.own_extract, name="own-extract"),
]
