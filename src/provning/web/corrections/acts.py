"""The screens of the two acts: rättelse by rektor, ändring by those who decided or by rektor."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from provning.courses.queries import courses_by_id
from provning.courses.rows import CourseRow
from provning.exams.queries import GroupRow, groups_for
from provning.grading.actions import amend_grade, correct_grade
from provning.grading.policies import may_correct
from provning.grading.queries import grade_story
from provning.grading.rows import GradeStory
from provning.grading.rules import needs_of
from provning.kernel.actors import Permission
from provning.kernel.grade_scales import value_name
from provning.kernel.problems import NotAllowedError
from provning.web.clock import today
from provning.web.corrections.decision import decision_context, higher_values
from provning.web.corrections.forms import AmendForm, CorrectForm, changed_particulars
from provning.web.forms import problems_on
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest

PRINCIPAL = "REKTOR"


@screen(permission=Permission.CORRECT_GRADES)
def correct(request: ScreenRequest, decision_id: UUID) -> HttpResponse:
    """Rätta: what was written wrongly gets a new decision beside the old."""
    story = grade_story(request.actor, decision_id)
    if not story.may_correct:
        raise NotAllowedError(Permission.CORRECT_GRADES.value)
    if request.method != "POST" and not story.decision.stands:
        return redirect("corrections:decision", decision_id)
    form = _correct_form(request, story)
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            return _corrected(request, story, form)
        story = grade_story(request.actor, decision_id)
    context = decision_context(request, story)
    return page(request, "corrections/correct.html", context, form=form)


@screen(permission=Permission.DECIDE_GRADES)
def amend(request: ScreenRequest, decision_id: UUID) -> HttpResponse:
    """Ändra: a grade that was wrong when it was decided is raised."""
    story = grade_story(request.actor, decision_id)
    if not story.amends_as:
        raise NotAllowedError(Permission.DECIDE_GRADES.value)
    if request.method != "POST" and not story.decision.stands:
        return redirect("corrections:decision", decision_id)
    form = _amend_form(request, story)
    if request.method == "POST" and form.is_valid():
        with problems_on(form):
            return _amended(request, story, form)
        story = grade_story(request.actor, decision_id)
    context = decision_context(request, story) | {
        "as_principal": story.amends_as == PRINCIPAL and not story.judged_it,
        "others": ", ".join(story.others),
    }
    return page(request, "corrections/amend.html", context, form=form)


def _corrected(request: ScreenRequest, story: GradeStory, form: CorrectForm) -> HttpResponse:
    given, row = form.cleaned_data, story.decision
    moved = given["group"] if given["group"] != row.group_id else None
    new = correct_grade(
        actor=request.actor,
        decision_id=row.id,
        value=given["value"],
        exam_date=given["exam_date"],
        group_id=moved,
        particulars=changed_particulars(form, row),
        hearing=given["hearing"],
        hearing_note=given["hearing_note"],
        reason=given["reason"],
        submission=given["submission"],
        today=today(),
    )
    messages.success(request, _("Betyget är rättat. Det gamla beslutet står kvar bredvid."))
    return redirect("corrections:decision", new.pk)


def _amended(request: ScreenRequest, story: GradeStory, form: AmendForm) -> HttpResponse:
    given, row = form.cleaned_data, story.decision
    new = amend_grade(
        actor=request.actor,
        decision_id=row.id,
        value=given["value"],
        reason=given["reason"],
        ground=given.get("ground", ""),
        together=given.get("together", False),
        particulars=changed_particulars(form, row),
        submission=given["submission"],
        today=today(),
    )
    messages.success(request, _("Betyget är ändrat. Det gamla beslutet står kvar bredvid."))
    return redirect("corrections:decision", new.pk)


def _correct_form(request: ScreenRequest, story: GradeStory) -> CorrectForm:
    """Return the form, with the groups of the provider around the term and their values."""
    groups = list(_groups(request, story))
    courses = courses_by_id({story.course.id, *(group.course_id for group in groups)})
    chosen = {str(group.id): courses[group.course_id] for group in groups}
    course = chosen.get(request.POST.get("group", ""), story.course)
    return CorrectForm(
        request.POST or None,
        request=request,
        row=story.decision,
        values=[(each, value_name(each)) for each in _values(story, courses.values())],
        groups=_by_term(groups),
        needs=needs_of(course),
    )


def _amend_form(request: ScreenRequest, story: GradeStory) -> AmendForm:
    return AmendForm(
        request.POST or None,
        request=request,
        row=story.decision,
        values=higher_values(story),
        as_principal=story.amends_as == PRINCIPAL and not story.judged_it,
        others=story.others,
        needs=needs_of(story.course),
    )


def _groups(request: ScreenRequest, story: GradeStory) -> Iterable[GroupRow]:
    """Give the groups where the prövning may belong: the provider's, in this term and beside it."""
    term = story.decision.term
    for each in (term.previous(), term, term.next()):
        for group in groups_for(request.actor, unit_id=None, term=each):
            if group.provider_id == story.group.provider_id and may_correct(request.actor, group):
                yield group


def _by_term(groups: Iterable[GroupRow]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the groups as choices under their terms."""
    found: dict[str, list[tuple[str, str]]] = {}
    for group in groups:
        label = f"{group.name} {group.course_name}"
        found.setdefault(group.term.label, []).append((str(group.id), label))
    return list(found.items())


def _values(story: GradeStory, courses: Iterable[CourseRow]) -> list[str]:
    """Return the values of the scales that the courses have on the day, the decision's own first.

    The rules say which of them the right course has.
    """
    day = story.decision.exam_date
    scales = [story.course.scale_on(day), *(course.scale_on(day) for course in courses)]
    return list(dict.fromkeys(value for scale in scales if scale for value in scale.values))
