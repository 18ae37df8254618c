"""Problems stand in a summary and at their field, tied together for whoever listens."""

import re

from django import forms
from django.template import engines
from django.utils.translation import override

from provning.kernel.problems import ConflictError, Problem, ProblemsFoundError
from provning.web.fields import DemandedField
from provning.web.forms import (
    ProvningForm,
    SubmittedForm,
    VersionedForm,
    add_problems,
    problems_on,
    shown,
)

LATE = Problem(
    "late",
    "exam_date",
    "{day} ligger efter terminens slut. Välj en tidigare dag.",
    "Manual s. 2",
    {"day": "2027-01-13"},
)
WHOLE = Problem("taken", "", "Gruppen är <stängd>.")
CUSTOM = Problem("custom", "name", "Kommunens regel.", "Policy", overridable=True)


class Sample(ProvningForm):
    """A form with the fields that the problems name."""

    name = forms.CharField(label="Namn", help_text="Som i folkbokföringen.")
    day = forms.CharField(label="Prövningsdatum", required=False)
    kind = forms.ChoiceField(
        label="Leverans", choices=[("a", "Papper"), ("b", "Skärm")], widget=forms.RadioSelect
    )
    sure = forms.BooleanField(label="Skriv ut för sig", required=False)


class Question(ProvningForm):
    """A form whose label is a question, and one that a rule asks."""

    why = forms.CharField(label="Varför behövs det?")
    note = DemandedField(label="Vad är gjort?")


def render(source: str, **context: object) -> str:
    """Return what a template makes, without the space between elements."""
    html = engines["django"].from_string(source).render(context)
    return re.sub(r">\s+<", "><", html).strip()


def filled() -> Sample:
    """Return a form in which everything is right."""
    return Sample({"name": "Alva", "day": "2027-01-13", "kind": "a"})


def test_a_field_is_label_hint_and_input_in_that_order() -> None:
    assert render("{% field form.name 'w-m' %}", form=Sample()) == (
        '<div class="field"><label for="id_name">Namn</label>'
        '<span class="hint" id="id_name-h">Som i folkbokföringen.</span>'
        '<input type="text" name="name" aria-describedby="id_name-h" class="w-m" id="id_name">'
        "</div>"
    )


def test_a_problem_stands_between_hint_and_input_and_what_was_typed_stays() -> None:
    form = filled()
    add_problems(form, [LATE], {"exam_date": "day"})
    assert render("{% field form.day %}", form=form) == (
        '<div class="field has-error"><label for="id_day">Prövningsdatum '
        '<span class="optional">(valfritt)</span></label>'
        '<span class="error" id="id_day-e">2027-01-13 ligger efter terminens slut. Välj en tidigare'
        ' dag. <small class="source">Manual s. 2</small></span>'
        '<input type="text" name="day" value="2027-01-13" aria-describedby="id_day-e"'
        ' aria-invalid="true" id="id_day"></div>'
    )


def test_the_summary_links_to_each_field_and_names_what_concerns_the_whole() -> None:
    form = filled()
    add_problems(form, [LATE, WHOLE], {"exam_date": "day"})
    html = render("{% error_summary form %}", form=form)
    assert 'role="alert" aria-labelledby="error-summary" tabindex="-1"' in html
    assert '<h2 id="error-summary">2 saker behöver rättas</h2>' in html
    assert "<li>Gruppen är &lt;stängd&gt;.</li>" in html
    assert '<a href="#id_day">2027-01-13 ligger efter terminens slut.' in html
    assert '<span class="source">Manual s. 2</span>' in html


def test_a_form_without_problems_has_no_summary() -> None:
    assert render("{% error_summary form %}{% error_summary form %}", form=Sample()) == ""
    assert render("{% error_summary form %}", form=filled()) == ""


def test_problems_without_a_form_have_a_summary_too() -> None:
    html = render("{% error_summary problems=problems %}", problems=shown([LATE]))
    assert "En sak behöver rättas" in html


def test_missing_answers_say_what_to_do() -> None:
    assert Sample({}).errors == {"name": ["Fyll i namn."], "kind": ["Välj leverans."]}
    assert Question({}).errors == {"why": ["Svara på frågan: Varför behövs det?"]}


def test_what_a_rule_demands_is_not_marked_as_optional() -> None:
    marked = [
        "valfritt" in render(f"{{% field form.{name} %}}", form=form)
        for form, name in ((Question(), "note"), (Sample(), "day"))
    ]
    assert marked == [False, True]


def test_choices_are_a_group_with_a_legend_and_the_summary_leads_to_the_first() -> None:
    form = Sample({"name": "Alva"})
    html = render("{% field form.kind %}", form=form)
    assert html.startswith(
        '<fieldset class="field has-error" aria-describedby="id_kind-e"><legend>'
    )
    assert '<label for="id_kind_0">Papper</label>' in html
    assert '<a href="#id_kind_0">' in render("{% error_summary form %}", form=form)


def test_a_checkbox_stands_before_its_label() -> None:
    html = render("{% field form.sure %}", form=Sample())
    assert '<input type="checkbox" name="sure" id="id_sure"><label for="id_sure">' in html


def test_what_an_action_refuses_lands_on_the_form() -> None:
    form = filled()
    with problems_on(form, {"exam_date": "day"}):
        raise ProblemsFoundError([LATE, WHOLE])
    assert set(form.errors) == {"day", "__all__"}
    assert not form.conflict


def test_a_conflict_says_that_somebody_was_first() -> None:
    form = filled()
    with problems_on(form):
        raise ConflictError([WHOLE])
    assert "Någon annan hann före" in render("{% error_summary form %}", form=form)


def test_only_local_custom_can_be_set_aside() -> None:
    form = filled()
    add_problems(form, [CUSTOM])
    assert form.has_overridable_problems
    add_problems(form, [WHOLE])
    assert not form.has_overridable_problems


def test_a_problem_is_translated_before_it_is_filled_in() -> None:
    with override("en"):
        form = filled()
        add_problems(form, [Problem("x", "name", "Skriv datumet som 2026-11-12.")])
        assert form.problems_at("name")[0].code == "x"


def test_per_cent_signs_and_braces_in_what_was_typed_do_no_harm() -> None:
    form = filled()
    add_problems(form, [Problem("x", "name", "”{text}” finns inte.", params={"text": "100 % {0}"})])
    assert form.errors["name"] == ["”100 % {0}” finns inte."]


def test_forms_carry_their_number_and_the_version_seen() -> None:
    first, second = (render("{% fields form %}", form=SubmittedForm()) for _each in range(2))
    assert first.startswith('<input type="hidden" name="submission" value="')
    assert first != second
    version = render("{% fields form %}", form=VersionedForm(initial={"expected_version": 3}))
    assert 'type="hidden" name="expected_version" value="3"' in version
