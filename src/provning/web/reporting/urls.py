"""The addresses of the reporting."""

from django.urls import path

from provning.web.reporting import codes, detail, making, overview, sent, statistics

app_name = "reporting"
urlpatterns = [
    path("", overview.overview, name="list"),
    path("gor/", making.make, name="make"),
    path("koder/", codes.codes, name="codes"),
    path("statistik/", statistics.statistics, name="statistics"),
    path("lamnade/", sent.sent, name="sent"),
    path("bestallning/<uuid:report_order_id>/", making.order, name="order"),
    path("bestallning/<uuid:report_order_id>/laget/", making.progress, name="progress"),
    path("bestallning/<uuid:report_order_id>/fortsatt/", making.resume, name="resume"),
    path("<uuid:report_id>/", detail.extract, name="extract"),
    path("<uuid:report_id>/fil/", detail.file, name="file"),
    path("<uuid:report_id>/lamnad/", detail.sent, name="mark-sent"),
]
