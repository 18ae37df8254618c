"""The addresses of the catalogues."""

from django.urls import path

from provning.web.catalogues import electronic, views

app_name = "catalogues"
urlpatterns = [
    path("", views.catalogues, name="list"),
    path("skriv/", views.order, name="order"),
    path("jobb/<uuid:order_id>/", views.progress, name="progress"),
    path("underskrift/<uuid:signing_id>/", electronic.signing_progress, name="signing-progress"),
    path("<uuid:catalogue_id>/underskrift/", electronic.sign, name="sign"),
    path(
        "<uuid:catalogue_id>/underskrift/dokument/",
        electronic.signed_document,
        name="signed-document",
    ),
    path(
        "<uuid:catalogue_id>/underskrift/kontroll/",
        electronic.signature_report,
        name="signature-report",
    ),
    path("<uuid:catalogue_id>/", views.document, name="document"),
]
