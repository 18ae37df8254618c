"""The addresses of the extracts; a person is named by id, never by a number."""

from django.urls import path

from provning.web.extracts import batches, choosing, issued, overview

app_name = "extracts"
urlpatterns = [
    path("", overview.extracts, name="list"),
    path("bestall/", overview.order, name="order"),
    path("bestallning/<uuid:batch_id>/", batches.batch, name="batch"),
    path("bestallning/<uuid:batch_id>/laget/", batches.progress, name="progress"),
    path("bestallning/<uuid:batch_id>/fortsatt/", batches.resume, name="resume"),
    path("bestallning/<uuid:batch_id>/zip/", batches.archive, name="archive"),
    path("elev/<uuid:person_id>/", choosing.person, name="person"),
    path("elev/<uuid:person_id>/utfarda/", choosing.issue, name="issue"),
    path("elev/<uuid:person_id>/forhandsvisa/", choosing.preview, name="preview"),
    path("<uuid:extract_id>/", issued.document, name="document"),
    path("<uuid:extract_id>/nytt/", issued.reissue, name="reissue"),
    path("<uuid:extract_id>/kopia/", issued.copy, name="copy"),
]
