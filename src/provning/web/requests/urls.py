"""The addresses of the requests; the notice by e-mail links to `detail`."""

from django.urls import path

from provning.web.requests import handling, listing, sending

app_name = "requests"
urlpatterns = [
    path("", listing.requests, name="list"),
    path("ny/", sending.new, name="new"),
    path("<uuid:request_id>/", handling.detail, name="detail"),
]
