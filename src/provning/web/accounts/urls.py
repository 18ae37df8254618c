"""The addresses of accounts."""

from django.urls import path

from provning.web.accounts import creation, detail, linking, listing, sign_in, state

app_name = "accounts"
urlpatterns = [
    path("", listing.accounts, name="list"),
    path("nytt/", creation.new, name="new"),
    path("<uuid:user_id>/", detail.account, name="detail"),
    path("<uuid:user_id>/knyt/", detail.bind, name="bind"),
    path("<uuid:user_id>/losgor/", sign_in.unbind, name="unbind"),
    path("<uuid:user_id>/koppla/", linking.link, name="link"),
    path("<uuid:user_id>/koppla-bort/", linking.unlink, name="unlink"),
    path("<uuid:user_id>/ta-bort-steg/", sign_in.remove_step, name="remove-step"),
    path("<uuid:user_id>/avsluta/", sign_in.end_all, name="end-all"),
    path("<uuid:user_id>/bjud-in/", state.invite_again, name="invite"),
    path("<uuid:user_id>/lage/", state.set_state, name="state"),
]
