"""Placing several persons in a group at once: by number, or marked after a search by name."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.exams.actions import place_students
from provning.exams.policies import require_on_group
from provning.exams.queries import GroupRow, group_for
from provning.kernel.actors import Permission
from provning.kernel.problems import ProblemsFoundError
from provning.people.queries import PersonRow
from provning.web.access.searching import log_typed_search
from provning.web.clock import today
from provning.web.groups.frame import frame, person_cell
from provning.web.groups.picked import Picked, read_picked
from provning.web.groups.place_form import PlaceForm, date_name
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.students.search import KEY as LATEST_SEARCH
from provning.web.tables import Column, Pick, Table

ALREADY = "placement-twice"


@screen(permission=Permission.PLACE_PERSONS)
def place(request: ScreenRequest, group_id: UUID) -> HttpResponseBase:
    """Show the form, look up who is meant, or place everybody: all or nobody."""
    group = _group(request, group_id)
    picked = read_picked(request.actor, group, request.POST, today())
    log_typed_search(request, "groups:place", picked.searches)
    form = PlaceForm(group, picked, request.POST.dict(), sent="place" in request.POST)
    if form.is_bound:
        form.say_what_is_missing(picked)
        placed = _placed(request, group, form) if form.is_valid() else None
        if placed is not None:
            return placed
    return _page(request, group, picked, form)


@screen(permission=Permission.PLACE_PERSONS, methods=("POST",))
def request_person(request: ScreenRequest, group_id: UUID) -> HttpResponseBase:
    """Take a number that has never been enrolled to the request; it goes by the session."""
    group = _group(request, group_id)
    request.session[LATEST_SEARCH] = request.POST.get("number", "").strip()
    return redirect(f"{reverse('requests:new')}?from=search&group={group.id}")


def _placed(
    request: ScreenRequest, group: GroupRow, form: PlaceForm
) -> HttpResponseRedirect | None:
    """Place everybody and go back to the group; None when somebody was refused.

    When everybody stands there already the form was sent twice, and there is nothing to say no to.
    """
    try:
        placed = place_students(
            actor=request.actor,
            group_id=group.id,
            entries=form.entries(),
            override_reason=form.cleaned_data["override_reason"],
            today=today(),
        )
    except ProblemsFoundError as refused:
        twice = [each for each in refused.problems if each.code == ALREADY]
        if len(twice) != len(form.chosen) or len(twice) != len(refused.problems):
            form.say_at_rows(refused.problems)
            return None
        messages.info(request, _("Alla står redan i {group}.").format(group=group.name))
    else:
        said = ngettext(
            "%(n)s elev är placerad i %(group)s.",
            "%(n)s elever är placerade i %(group)s.",
            len(placed),
        )
        messages.success(request, said % {"n": len(placed), "group": group.name})
    return HttpResponseRedirect(reverse("groups:detail", args=[group.id]))


def _page(request: ScreenRequest, group: GroupRow, picked: Picked, form: PlaceForm) -> HttpResponse:
    """Show the form; looking somebody up is no fault, so only a refused placing is 422."""
    context = {
        **frame(request.actor, group, ""),
        "refused": form.is_bound,
        "chosen": _chosen_table(form) if picked.chosen else None,
        "left": picked.left,
        "never_enrolled": any(each.may_request for each in picked.left),
        "search": picked.found,
        "found": _found_table(picked.found.rows) if picked.found else None,
        "may_request": request.actor.may(Permission.SEND_REQUESTS),
        "reason_asked": form.has_overridable_problems or bool(form["override_reason"].value()),
    }
    return page(request, "groups/place.html", context, form=form)


def _chosen_table(form: PlaceForm) -> Table[PersonRow]:
    """List those who are to be placed, marked, each with a date field."""
    count = ngettext("%(n)s elev att placera", "%(n)s elever att placera", len(form.chosen))
    how = _("Avmarkera den som inte ska placeras. Lämna datumet tomt för det gemensamma.")
    return Table(
        form.chosen,
        (
            Column("name", _("Elev"), partial(person_cell, linked=False), heads_row=True),
            Column("date", _("Eget prövningsdatum"), lambda row: _date_cell(form, row)),
        ),
        caption=format_html("<b>{}</b>. {}", count % {"n": len(form.chosen)}, how),
        pick=_pick(frozenset(str(each.id) for each in form.chosen)),
    )


def _found_table(rows: list[PersonRow]) -> Table[PersonRow]:
    """List what a search by name found, not marked."""
    count = ngettext("%(n)s träff", "%(n)s träffar", len(rows)) % {"n": len(rows)}
    return Table(
        rows,
        (Column("name", _("Elev"), partial(person_cell, linked=False), heads_row=True),),
        caption=format_html("<b>{}</b>. {}", count, _("Markera dem som ska placeras.")),
        pick=_pick(frozenset()),
    )


def _pick(marked: frozenset[str]) -> Pick[PersonRow]:
    return Pick("person", lambda row: row.id, lambda row: row.label, marked)


def _date_cell(form: PlaceForm, person: PersonRow) -> SafeString:
    """Show a row's date field with what is wrong with it."""
    bound = form[date_name(person)]
    problems = form.problems_at(bound.name)
    attrs: dict[str, str | bool] = {
        "aria-label": _("Eget prövningsdatum för {person}").format(person=person.label)
    }
    if problems:
        attrs |= {"aria-invalid": "true", "aria-describedby": f"{bound.auto_id}-e"}
    said = format_html_join(" ", "{}", ((each.text,) for each in problems))
    shown = format_html('<span class="error" id="{}-e">{}</span>', bound.auto_id, said)
    return format_html(
        '<div class="field{}">{}{}</div>',
        " has-error" if problems else "",
        shown if problems else "",
        bound.as_widget(attrs=attrs),
    )


def _group(request: ScreenRequest, group_id: UUID) -> GroupRow:
    """Return the group, when the actor may place persons in it; else not found or not allowed."""
    group = group_for(request.actor, group_id)
    require_on_group(request.actor, Permission.PLACE_PERSONS, group)
    return group
