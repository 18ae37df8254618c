"""The addresses for machines, all under /api/."""

from django.urls import path, re_path

from provning.api.access import unknown
from provning.api.grade_files import documents, grades
from provning.api.tokens import token

app_name = "api"
urlpatterns = [
    path("token", token, name="token"),
    path("skolplattform/betyg", grades, name="betyg"),
    path("skolplattform/betygsdokument", documents, name="betygsdokument"),
    re_path(r"^(?P<_rest>.*)$", unknown, name="unknown"),
]
