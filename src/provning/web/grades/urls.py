"""The addresses of grading."""

from django.urls import path

from provning.web.grades import due, pasting, sheet, views

app_name = "grades"
urlpatterns = [
    path("", views.groups, name="list"),
    path("att-satta/", due.due, name="due"),
    path("<uuid:group_id>/", sheet.sheet, name="sheet"),
    path("<uuid:group_id>/rader/", sheet.rows, name="rows"),
    path("<uuid:group_id>/klistra-in/", pasting.paste, name="paste"),
    path("<uuid:group_id>/granska/", views.review, name="review"),
    path("elev/<uuid:placement_id>/", views.student, name="student"),
]
