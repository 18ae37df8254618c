"""The address of the overview."""

from django.urls import path

from provning.web.overview import views

urlpatterns = [
    path("", views.overview, name="overview"),
]
