"""The address of the course search."""

from django.urls import path

from provning.web.courses import views

app_name = "courses"
urlpatterns = [
    path("sok", views.search, name="search"),
]
