"""The addresses of the catalogues."""

from django.urls import path

from provning.web.catalogues import views

app_name = "catalogues"
urlpatterns = [
    path("", views.catalogues, name="list"),
    path("skriv/", views.order, name="order"),
    path("jobb/<uuid:order_id>/", views.progress, name="progress"),
    path("<uuid:catalogue_id>/", views.document, name="document"),
]
