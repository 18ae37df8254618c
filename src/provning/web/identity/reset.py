"""A forgotten password: a mail that goes out or does not, and the same page either way."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext as _

from provning.accounts.actions import order_password_reset, reset_password
from provning.kernel.problems import NotFoundError
from provning.web.forms import TOO_OFTEN, problems_on
from provning.web.identity.forms import AskResetForm, NewPasswordForm
from provning.web.identity.limits import try_once
from provning.web.permissions import screen
from provning.web.responses import page

TOKEN = "reset_token"  # noqa: S105 # the name of a place in the session
IN_SESSION = "valj"


@screen(public=True)
def ask_for_reset(request: HttpRequest) -> HttpResponse:
    """Take the username, and say the same to everybody."""
    form = AskResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        username = form.cleaned_data["username"]
        if try_once(request, "reset", username.strip().lower()) is not None:
            order_password_reset(username=username)
            return page(request, "identity/reset_asked.html")
        form.add_error(None, TOO_OFTEN)
    return page(request, "identity/reset_ask.html", form=form)


@screen(public=True)
def choose_password(request: HttpRequest, user: str, token: str) -> HttpResponse:
    """Let a new password be chosen; the link's secret leaves the address before the page is shown.

    A link that is used, old or nobody's meets the same page.
    """
    if token != IN_SESSION:
        request.session[TOKEN] = token
        return redirect("choose-password", user=user, token=IN_SESSION)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with problems_on(form, {"password": "new_password"}):
                reset_password(
                    user_id=_id(user),
                    token=request.session.get(TOKEN, ""),
                    password=form.cleaned_data["new_password"],
                )
                request.session.pop(TOKEN, None)
                messages.success(request, _("Du har ett nytt lösenord. Logga in med det."))
                return redirect("sign-in")
        except NotFoundError:
            return page(request, "identity/reset_refused.html")
    return page(request, "identity/reset_choose.html", form=form)


def _id(text: str) -> UUID:
    try:
        return UUID(urlsafe_base64_decode(text).decode())
    except (ValueError, UnicodeDecodeError) as error:
        raise NotFoundError from error
