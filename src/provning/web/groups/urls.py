"""The addresses of the prövningsgrupper."""

from django.urls import path

from provning.web.groups import (
    changes,
    copying,
    creation,
    detail,
    listing,
    placements,
    placing,
    teachers,
)

app_name = "groups"
urlpatterns = [
    path("", listing.groups, name="list"),
    path("lagg-till/", creation.new_group, name="new"),
    path("kopiera/", copying.copy_to_next_term, name="copy"),
    path("<uuid:group_id>/", detail.group_page, name="detail"),
    path("<uuid:group_id>/uppgifter/", detail.facts, name="facts"),
    path("<uuid:group_id>/historik/", detail.history, name="history"),
    path("<uuid:group_id>/datum/", changes.dates, name="dates"),
    path("<uuid:group_id>/larare/", teachers.teacher, name="teacher"),
    path("<uuid:group_id>/larare/tillsammans/", teachers.co_teacher, name="co-teacher"),
    path("<uuid:group_id>/placera/", placing.place, name="place"),
    path("<uuid:group_id>/placera/begaran/", placing.request_person, name="request"),
    path("<uuid:group_id>/placera/igen/", placements.restore, name="restore"),
    path("placering/<uuid:placement_id>/datum/", placements.exam_date, name="exam-date"),
    path("placering/<uuid:placement_id>/ta-tillbaka/", placements.withdraw, name="withdraw"),
]
