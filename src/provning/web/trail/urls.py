"""The addresses of the trail."""

from django.urls import path

from provning.web.trail import chain, listing

app_name = "trail"
urlpatterns = [
    path("", listing.events, name="list"),
    path("kontroll/", chain.chain, name="chain"),
]
