"""The addresses of API clients."""

from django.urls import path

from provning.web.clients import creation, detail, listing

app_name = "clients"
urlpatterns = [
    path("", listing.clients, name="list"),
    path("ny/", creation.new, name="new"),
    path("<uuid:client_id>/", detail.client, name="detail"),
    path("<uuid:client_id>/ny-nyckel/", detail.rotate, name="rotate"),
    path("<uuid:client_id>/sparra/", detail.revoke, name="revoke"),
]
