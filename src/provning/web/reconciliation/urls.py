"""The addresses of the reconciliation."""

from django.urls import path

from provning.web.reconciliation import answers, detail, start

app_name = "reconciliation"
ONE = "<uuid:comparison_id>/"

urlpatterns = [
    path("", start.start, name="start"),
    path(ONE, detail.one, name="one"),
    path(f"{ONE}laget/", detail.progress, name="progress"),
    path(f"{ONE}svar/", answers.answer, name="answer"),
]
