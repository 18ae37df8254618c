"""The addresses of the access log."""

from django.urls import path

from provning.web.access import finding, listing, opening

app_name = "access"
urlpatterns = [
    path("", listing.log, name="log"),
    path("dokument/", opening.open_document, name="document"),
    path("sok/", finding.find, name="find"),
    path("<uuid:person_id>/", listing.of_person, name="person"),
    path("<uuid:person_id>/identitet/", opening.open_identity, name="open"),
    path("<uuid:person_id>/dolj/", opening.hide_identity, name="hide"),
]
