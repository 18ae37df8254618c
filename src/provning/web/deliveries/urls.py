"""The addresses of the deliveries."""

from django.urls import path

from provning.web.deliveries import detail, listing, preparing

app_name = "deliveries"
urlpatterns = [
    path("", listing.deliveries, name="list"),
    path("period/", preparing.period, name="period"),
    path("forbered/", preparing.prepare, name="prepare"),
    path("<uuid:delivery_id>/", detail.detail, name="detail"),
    path("foljesedel/<uuid:list_id>/", detail.document, name="list-document"),
]
