"""Every address of the program; each screen area brings its own."""

from django.urls import include, path

urlpatterns = [
    path("api/", include("provning.api.urls")),
    path("", include("provning.web.urls")),
]

handler400 = "provning.web.errors.bad_request"
handler403 = "provning.web.errors.permission_denied"
handler404 = "provning.web.errors.page_not_found"
handler500 = "provning.web.errors.server_error"
