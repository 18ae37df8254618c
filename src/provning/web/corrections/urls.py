"""The addresses of decided grades."""

from django.urls import path

from provning.web.corrections import acts, decision

app_name = "corrections"
urlpatterns = [
    path("<uuid:decision_id>/", decision.decision, name="decision"),
    path("<uuid:decision_id>/ratta/", acts.correct, name="correct"),
    path("<uuid:decision_id>/andra/", acts.amend, name="amend"),
]
