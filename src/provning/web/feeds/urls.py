"""The addresses of the files to other systems."""

from django.urls import path

from provning.web.feeds import files

app_name = "feeds"
urlpatterns = [
    path("", files.overview, name="files"),
    path("hamta/", files.take, name="take"),
]
