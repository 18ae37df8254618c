"""The addresses of signing in, of one's own account and of the switches."""

from django.urls import path

from provning.web.identity import (
    account,
    confirming,
    leaving,
    oidc,
    reset,
    saml,
    second_step,
    views,
)

urlpatterns = [
    path("logga-in/", views.sign_in, name="sign-in"),
    path("logga-in/andra-steget/", second_step.second_step, name="second-step"),
    path("logga-in/glomt-losenord/", reset.ask_for_reset, name="ask-for-reset"),
    path(
        "logga-in/nytt-losenord/<str:user>/<str:token>/",
        reset.choose_password,
        name="choose-password",
    ),
    path("logga-in/via/<slug:name>/", leaving.leave_for_provider, name="leave-for-provider"),
    path("logga-in/oidc/<slug:name>/svar/", oidc.oidc_answer, name="oidc-answer"),
    path("logga-in/saml/<slug:name>/", saml.saml_metadata, name="saml-metadata"),
    path("logga-in/saml/<slug:name>/acs/", saml.saml_post, name="saml-post"),
    path("logga-in/saml/<slug:name>/svar/", saml.saml_answer, name="saml-answer"),
    path("logga-ut/", views.sign_out, name="sign-out"),
    path("bekrafta/", confirming.confirm, name="confirm"),
    path("bekrafta/har/", confirming.confirm_here, name="confirm-here"),
    path("bekrafta/via/<slug:name>/", confirming.confirm_at_provider, name="confirm-at-provider"),
    path("konto/", account.account, name="account"),
    path("konto/losenord/", account.new_password, name="new-password"),
    path("konto/app/", account.add_app, name="add-app"),
    path("konto/nyckel/", account.add_security_key, name="add-key"),
    path("konto/steg/<int:factor_id>/ta-bort/", account.take_away_factor, name="remove-factor"),
    path("konto/koder/", account.fresh_codes, name="fresh-codes"),
    path("konto/inloggning/<int:sign_in_id>/avsluta/", account.end_one, name="end-one"),
    path("konto/inloggningar/avsluta/", account.end_others, name="end-others"),
    path("sprak/", views.set_language, name="set-language"),
    path("utseende/", views.set_theme, name="set-theme"),
    path("enhet-och-period/", views.choose_unit_and_term, name="choose"),
]
