"""Changing a prövningsgrupp: its dates, and what all its changes share."""

from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from provning.exams.actions import change_exam_group
from provning.exams.policies import require_on_group
from provning.exams.queries import GroupRow, group_for
from provning.kernel.actors import Permission
from provning.organisation.queries import term_dates
from provning.web.clock import today
from provning.web.forms import VersionedForm, problems_on
from provning.web.groups.forms import DatesForm
from provning.web.groups.frame import frame
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.undo import offer_undo


@screen(permission=Permission.EDIT_GROUPS)
def dates(request: ScreenRequest, group_id: UUID) -> HttpResponseBase:
    """Show the group's dates with the term's limits, or change them."""
    group = group_to_change(request, group_id)
    initial = {
        "start_date": group.start_date,
        "end_date": group.end_date,
        "expected_version": group.version,
    }
    form = DatesForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            given = form.cleaned_data
            changed = change_exam_group(
                actor=request.actor, group_id=group.id, today=today(), **given
            )
            if changed.version != group.version:
                offer_back(
                    request,
                    "groups:dates",
                    group,
                    _("Datumen i {name} är ändrade."),
                    start_date=group.start_date,
                    end_date=group.end_date,
                    override_reason=_("Ändringen ångrades"),
                    expected_version=changed.version,
                )
            return redirect("groups:facts", group.id)
    seen_now(form, group.version)
    context = {
        **frame(request.actor, group, ""),
        "calendar": term_dates(group.provider_id, group.term),
        "reason_asked": form.has_overridable_problems or bool(form["override_reason"].value()),
    }
    return page(request, "groups/dates.html", context, form=form)


def group_to_change(request: ScreenRequest, group_id: UUID) -> GroupRow:
    """Return the group, when the actor may change it; else not found or not allowed."""
    group = group_for(request.actor, group_id)
    require_on_group(request.actor, Permission.EDIT_GROUPS, group)
    return group


def offer_back(
    request: ScreenRequest, url_name: str, group: GroupRow, text: str, **fields: object
) -> None:
    """Offer to set the group back to how it was."""
    url = reverse(url_name, args=[group.id])
    offer_undo(request, text.format(name=group.name), url, **fields)


def seen_now(form: VersionedForm, version: int) -> None:
    """After a conflict the page shows the thing as it is, so sending again is a choice made."""
    if form.conflict:
        form.data = dict(form.data.items()) | {"expected_version": str(version)}
