"""The addresses of the catalogues."""

from django.urls import path

from provning.web.catalogues import copies, electronic, record, signatures, views

app_name = "catalogues"
urlpatterns = [
    path("", views.catalogues, name="list"),
    path("skriv/", views.order, name="order"),
    path("att-underteckna/", signatures.unsigned, name="unsigned"),
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
    path(
        "<uuid:catalogue_id>/underskrift/kontrollera/", electronic.check_again, name="check-again"
    ),
    path("kopia/<uuid:copy_id>/", copies.copied_document, name="copied-document"),
    path(
        "pa-papper/<uuid:signature_id>/ta-tillbaka/",
        signatures.take_back,
        name="take-back",
    ),
    path("pa-papper/<uuid:signature_id>/blad/", signatures.scan, name="scan"),
    path("<uuid:catalogue_id>/", record.record, name="record"),
    path("<uuid:catalogue_id>/i-stallet/", signatures.in_place, name="in-place"),
    path("<uuid:catalogue_id>/kopia/", copies.copy, name="copy"),
    path("<uuid:catalogue_id>/pdf/", views.document, name="document"),
    path("<uuid:catalogue_id>/innehall/", views.content, name="content"),
]
