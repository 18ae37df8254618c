"""Sök elev: one field for a personnummer or a name.

What is searched for never stands in an address: addresses end up in logs, histories and referrers.
The form is posted, the text is kept in the session on the server until the next search or the
sign-out, and the answer is an ordinary page to reload and come back to.
"""

import re

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from provning.exams.queries import groups_named
from provning.kernel.actors import Permission
from provning.people.queries import PersonRow, PersonSearch, search_persons
from provning.web import markup
from provning.web.access.searching import log_typed_search
from provning.web.clock import today
from provning.web.forms import ProvningForm, add_problems
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table

KEY = "student_search"
LONGEST = 120
LIMIT = 50
LIKE_A_GROUP = re.compile(r"\s*pr[öo]\u0308?\s*:|\s*[^\W\d_]{1,6}\d{2}(?:vt|ht)\w", re.IGNORECASE)
"""Nobody is called that, and no number begins so."""


class SearchForm(ProvningForm):
    """One field, read as a number when it looks like one."""

    q = forms.CharField(
        label=gettext_lazy("Personnummer eller namn"),
        help_text=gettext_lazy("Tio eller tolv siffror, med eller utan bindestreck, eller namn."),
        max_length=LONGEST,
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}
        ),
    )


@screen(permission=Permission.VIEW_PERSONS)
def search(request: ScreenRequest) -> HttpResponse:
    """Find persons whom the actor may see; an empty search clears the latest.

    A number that somebody has leads straight to the study plan, a group's name to the group.
    """
    if request.method != "POST":
        return _page(request, searched(request))
    text = request.POST.get("q", "").strip()
    if not text:
        request.session.pop(KEY, None)
        return redirect("students:search")
    form = SearchForm(request.POST, auto_id="search-%s")
    if not form.is_valid():
        return page(request, "students/search.html", form=form)
    if LIKE_A_GROUP.match(text) and request.actor.may(Permission.VIEW_GROUPS):
        return _group(request, form, text)
    return _person(request, form, text)


def _person(request: ScreenRequest, form: SearchForm, text: str) -> HttpResponse:
    """Keep the search and go to what it found, or say what is wrong with it."""
    found = _find(request, text)
    log_typed_search(request, "students:search", [found])
    if found.problems:
        add_problems(form, found.problems, {"identity_number": "q", "text": "q"})
        return page(request, "students/search.html", form=form)
    request.session[KEY] = text
    if found.number_display and len(found.rows) == 1:
        return redirect("students:detail", found.rows[0].id)
    return redirect("students:search")


def _group(request: ScreenRequest, form: SearchForm, text: str) -> HttpResponse:
    """Go to the group of that name, or say that there is none in scope."""
    named = groups_named(request.actor, text)
    if len(named) == 1:
        return redirect("groups:detail", named[0])
    form.add_error("q", _("Ingen grupp som du ser heter {name}.").format(name=text))
    return page(request, "students/search.html", form=form)


def searched(request: ScreenRequest) -> str:
    """Return what the person has searched for last, "" when nothing."""
    return str(request.session.get(KEY, ""))


def _page(request: ScreenRequest, text: str) -> HttpResponse:
    """Show the form with the latest search and what it found."""
    found = _find(request, text) if text else None
    context = {
        "form": SearchForm(initial={"q": text}, auto_id="search-%s"),
        "found": found,
        "text": text,
        "table": _table(found) if found else None,
        "may_request": request.actor.may(Permission.SEND_REQUESTS),
    }
    return page(request, "students/search.html", context)


def _find(request: ScreenRequest, text: str) -> PersonSearch:
    return search_persons(request.actor, text, today=today(), limit=LIMIT)


def _table(found: PersonSearch) -> Table[PersonRow]:
    """Return the persons as a list, in the order of the query: protected persons are last."""
    count = len(found.rows)
    caption = ngettext("%(n)s person", "%(n)s personer", count) % {"n": count}
    return Table(
        found.rows,
        (
            Column("name", _("Elev"), markup.person_name, heads_row=True),
            Column("number", _("Personnummer"), markup.person_number),
            Column("status", _("Status"), markup.person_status),
            Column("plan", _("Studieplan"), _plan_link, screen_only=True),
        ),
        caption=format_html("<b>{}</b>", caption),
        export="elever",
    )


def _plan_link(person: PersonRow) -> SafeString:
    """Return the way to the study plan, named by whose it is."""
    who = person.number_display if person.masked else person.label
    return format_html(
        '<a href="{}">{}<span class="vh"> {}</span></a>',
        reverse("students:detail", args=[person.id]),
        _("Studieplan"),
        who,
    )
