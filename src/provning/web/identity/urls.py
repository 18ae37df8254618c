"""The addresses of signing in and of the switches."""

from django.urls import path

from provning.web.identity import views

urlpatterns = [
    path("logga-in/", views.sign_in, name="sign-in"),
    path("logga-ut/", views.sign_out, name="sign-out"),
    path("sprak/", views.set_language, name="set-language"),
    path("utseende/", views.set_theme, name="set-theme"),
    path("enhet-och-period/", views.choose_unit_and_term, name="choose"),
]
