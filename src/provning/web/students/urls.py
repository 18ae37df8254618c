"""The addresses of the students; a person is named by id, never by a number."""

from django.urls import path

from provning.web.students import changes, editing, everything, history, placing, search, study_plan

app_name = "students"
urlpatterns = [
    path("", search.search, name="search"),
    path("<uuid:person_id>/", study_plan.detail, name="detail"),
    path("<uuid:person_id>/lagg-till/", placing.place, name="place"),
    path("<uuid:person_id>/allt/", everything.everything, name="everything"),
    path("<uuid:person_id>/historik/", history.history, name="history"),
    path("<uuid:person_id>/personuppgifter/", editing.edit, name="edit"),
    path("placering/<uuid:placement_id>/datum/", changes.change_date, name="change-date"),
    path("placering/<uuid:placement_id>/ta-tillbaka/", changes.withdraw, name="withdraw"),
]
