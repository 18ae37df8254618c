"""Lägg till: a new prövningsgrupp, of which a person chooses unit, period and course."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from provning.exams.actions import create_exam_group
from provning.kernel import group_facts
from provning.kernel.actors import Permission
from provning.kernel.group_names import PREFIX
from provning.kernel.terms import CENTURY
from provning.web.clock import today
from provning.web.courses.choosing import points_text, why_not
from provning.web.forms import problem_text, problems_on
from provning.web.groups.draft import Draft, read_draft
from provning.web.groups.forms import NewGroupForm
from provning.web.permissions import screen
from provning.web.pieces import NamePart
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest, is_fetch
from provning.web.selection import choose_unit, selected

TEMPLATE = "groups/new.html"
PREVIEW = "groups/new_follows.html"


@screen(permission=Permission.EDIT_GROUPS)
def new_group(request: ScreenRequest) -> HttpResponseBase:
    """Show the form with what follows from it, or save it.

    The preview of our module and the button that looks up a course save nothing.
    """
    selection = selected(request)
    values = request.POST if request.method == "POST" else request.GET
    draft = read_draft(request.actor, selection, values.dict(), today())
    if is_fetch(request):
        return page(request, PREVIEW, _context(draft, NewGroupForm(draft, selection)))
    if request.method != "POST" or "find" in request.POST:
        return page(request, TEMPLATE, _context(draft, NewGroupForm(draft, selection)))
    data = request.POST.copy()
    # A period chosen without the preview brings its own days along, as the preview would have.
    data["start_date"], data["end_date"] = draft.start_date, draft.end_date
    data["default_start"], data["default_end"] = map(
        str, (draft.calendar.first_day, draft.calendar.last_day)
    )
    form = NewGroupForm(draft, selection, data)
    if form.is_valid() and _has_course(form, draft):
        with problems_on(form):
            return _saved(request, form, draft)
    return page(request, TEMPLATE, _context(draft, form), form=form)


def _saved(request: ScreenRequest, form: NewGroupForm, draft: Draft) -> HttpResponse:
    """Create the group and go to it, or to the next empty form."""
    given = form.cleaned_data
    assert draft.course is not None  # noqa: S101 # _has_course
    group = create_exam_group(
        actor=request.actor,
        unit_id=draft.unit.id,
        course_id=draft.course.id,
        term=draft.term,
        start_date=given["start_date"],
        end_date=given["end_date"],
        grading_teacher_id=UUID(given["grading_teacher"]) if given["grading_teacher"] else None,
        full_code=given["full_code"],
        override_reason=given["override_reason"],
        submission=given["submission"],
        today=today(),
    )
    choose_unit(request, draft.unit.id, draft.term)
    messages.success(request, _("Prövningsgruppen {name} är skapad.").format(name=group.name))
    if "again" in request.POST:
        return redirect("groups:new")
    return redirect("groups:detail", group.id)


def _has_course(form: NewGroupForm, draft: Draft) -> bool:
    """Say whether one course is chosen; else put on the form what to do about it."""
    if draft.course is not None:
        return True
    text = draft.choice.text
    if draft.choice.hits:
        said = _("”{text}” passar på flera kurser. Välj en av dem nedanför.")
    else:
        said = _("”{text}” finns inte i kursregistret. Kontrollera stavningen eller kurskoden.")
    form.add_error("course", said.format(text=text))
    return False


def _context(draft: Draft, form: NewGroupForm) -> dict[str, object]:
    """Return what the form and everything that follows from it are shown with."""
    state, text = _name_standing(draft)
    return {
        "form": form,
        "draft": draft,
        "parts": _parts(draft),
        "name": draft.preview.name if draft.preview else "",
        "name_state": state,
        "name_text": text,
        "system": group_facts,
        "points": points_text(draft.course) if draft.course else "",
        "scale": _scale(draft),
        "hits": [(hit, why_not(hit), points_text(hit.course)) for hit in draft.choice.hits],
        "full_code_offered": _collides(draft) or draft.full_code,
        "reason_asked": _reason_asked(draft, form),
        "taken_by": [name for _id, name in draft.preview.taken_by_teachers]
        if draft.preview
        else [],
        "preview_url": reverse("groups:new"),
    }


def _parts(draft: Draft) -> list[NamePart]:
    """Return the name's parts, those of the course dotted until it is chosen."""
    if draft.preview and draft.preview.parts:
        first, *rest = draft.preview.parts
        shown = [NamePart(each.text, _(each.meaning)) for each in rest]
        return [NamePart(first.text, _(first.meaning), "fixed"), *shown]
    year = f"{draft.term.year % CENTURY:02d}"
    return [
        NamePart(PREFIX, _("prefix för prövning"), "fixed"),
        NamePart(draft.initials or "…", _("skolinitialer"), "" if draft.initials else "missing"),
        NamePart(year, _("år")),
        NamePart(str(draft.term.season), _("termin")),
        NamePart("…", _("kurskodens del"), "missing"),
    ]


def _name_standing(draft: Draft) -> tuple[str, str]:
    """Say whether the group can be made, as a status and its words."""
    if draft.preview is None:
        return "open", _("Namnet byggs när kursen är vald")
    problems = sorted(draft.preview.problems, key=lambda each: each.overridable)
    if problems:
        worst = problems[0]
        return "soon" if worst.overridable else "error", problem_text(worst)
    return "done", _("Namnet är ledigt")


def _collides(draft: Draft) -> bool:
    """Say whether the short name belongs to another course's group."""
    problems = draft.preview.problems if draft.preview else ()
    return any(each.code == "group-name-taken" for each in problems)


def _reason_asked(draft: Draft, form: NewGroupForm) -> bool:
    """Say whether something stands against local custom only, so that a reason may be given."""
    problems = draft.preview.problems if draft.preview else ()
    typed = bool(form["override_reason"].value())
    return typed or any(each.overridable for each in problems)


def _scale(draft: Draft) -> str:
    """Return the grades that can be set in the course at the end of the group."""
    scale = draft.course.scale_on(draft.calendar.last_day) if draft.course else None
    return scale.label if scale else ""
