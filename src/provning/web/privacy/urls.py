"""The addresses of protected persons' follow-up."""

from django.urls import path

from provning.web.privacy import following

app_name = "privacy"
urlpatterns = [
    path("", following.overview, name="list"),
    path("<uuid:person_id>/", following.carriers, name="person"),
]
