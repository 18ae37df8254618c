"""The addresses of grading."""

from django.urls import path

from provning.web.grades import due, views

app_name = "grades"
urlpatterns = [
    path("", views.groups, name="list"),
    path("att-satta/", due.due, name="due"),
    path("<uuid:group_id>/", views.sheet, name="sheet"),
    path("<uuid:group_id>/granska/", views.review, name="review"),
    path("elev/<uuid:placement_id>/", views.student, name="student"),
]
