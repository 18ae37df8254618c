"""The addresses of grading."""

from django.urls import path

from provning.web.grades import deciding, due, pasting, sheet, student, views

app_name = "grades"
urlpatterns = [
    path("", views.groups, name="list"),
    path("att-satta/", due.due, name="due"),
    path("<uuid:group_id>/", sheet.sheet, name="sheet"),
    path("<uuid:group_id>/rader/", sheet.rows, name="rows"),
    path("<uuid:group_id>/klistra-in/", pasting.paste, name="paste"),
    path("<uuid:group_id>/granska/", deciding.review, name="review"),
    path("elev/<uuid:placement_id>/", student.student, name="student"),
    path("elev/<uuid:placement_id>/utfall/", student.outcome, name="outcome"),
]
