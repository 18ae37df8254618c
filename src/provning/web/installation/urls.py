"""The addresses of the installation."""

from django.urls import path

from provning.web.installation import health, jobs

app_name = "installation"
urlpatterns = [
    path("", health.health, name="health"),
    path("jobb/", jobs.jobs, name="jobs"),
    path("jobb/kor-om/", jobs.again, name="again"),
    path("jobb/avbryt/", jobs.cancel, name="cancel"),
]
