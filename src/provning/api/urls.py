"""The addresses for machines, all under /api/."""

from django.urls import path, re_path

from provning.api.access import unknown
from provning.api.tokens import token

app_name = "api"
urlpatterns = [
    path("token", token, name="token"),
    re_path(r"^(?P<_rest>.*)$", unknown, name="unknown"),
]
