"""The addresses for machines, all under /api/."""

from django.urls import include, path, re_path

from provning.api.access import unknown
from provning.api.grade_files import documents, grades
from provning.api.keys import keys
from provning.api.tokens import token

app_name = "api"
urlpatterns = [
    path("token", token, name="token"),
    path("jwks.json", keys, name="keys"),
    path("ss12000/v2.0/", include("provning.api.ss12000.urls")),
    path("skolplattform/betyg", grades, name="betyg"),
    path("skolplattform/betygsdokument", documents, name="betygsdokument"),
    re_path(r"^(?P<_rest>.*)$", unknown, name="unknown"),
]
