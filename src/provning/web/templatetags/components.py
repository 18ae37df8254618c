"""The components, built once: every template has these tags without loading anything.

Inside a line or a cell: `{% status %}`, `{% grade %}`, `{% group_name %}`, `{% day %}`,
`{% person %}`. Blocks of a page: `{% page_head %}`, `{% lead %}`, `{% section %}`, `{% facts %}`,
`{% notice %}`, `{% empty %}`, `{% ledger %}`, `{% pager %}`, `{% tasks %}`, `{% history %}`,
`{% checklist %}`, `{% tabs %}`, `{% crumbs %}`. Forms: `{% error_summary %}`, `{% field %}`,
`{% fields %}`, `{% filters %}`. The page /komponenter/ shows them all while debugging.
"""

from collections.abc import Iterable
from typing import Any

from django import forms, template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from provning.web import markup
from provning.web.forms import ProvningForm, ShownProblem, input_id
from provning.web.paging import Page
from provning.web.pieces import ChecklistItem, Chip, HistoryItem, NamePart, Tab, Task
from provning.web.tables import Table

register = template.Library()

register.simple_tag(markup.status, name="status")
register.simple_tag(markup.grade, name="grade")
register.simple_tag(markup.day, name="day")
register.simple_tag(markup.person_name, name="person_name")
register.simple_tag(markup.person_number, name="person_number")


@register.simple_tag
def group_name(group: markup.Named | str, course_code: str = "") -> SafeString:
    """Show a group name in parts: `{% group_name group %}` or `{% group_name name course_code %}`.

    A row needs `name` and `course_code`.
    """
    if isinstance(group, str):
        return markup.group_name(group, course_code)
    return markup.group_name(group.name, group.course_code)


@register.simple_tag
def person(row: markup.ShownPerson) -> SafeString:
    """Show a person's name with the number under it, masked when it must be: `{% person row %}`."""
    return format_html("{}<small>{}</small>", markup.person_name(row), markup.person_number(row))


@register.simple_block_tag
def page_head(content: str, title: str, lead: str = "") -> SafeString:
    """Begin a page with its one h1, one sentence, and the actions between the tags.

    `{% page_head _("Grupphantering") lead %}<a class="btn primary" …>{% endpage_head %}`
    """
    return _block("page_head", content, title=markup.divisible(title), lead=lead)


@register.simple_block_tag
def lead(content: str) -> str:
    """Write the sentence of `page_head` where it holds more than words.

    `{% lead as about %}{% group_name group %} …{% endlead %}{% page_head title about %}`: on a
    telephone the actions then come after it.
    """
    return content


@register.simple_block_tag
def section(
    content: str, key: str, title: str, link: str = "", link_text: str = "", *, hidden: bool = False
) -> SafeString:
    """Make a section under an h2: `{% section "waiting" _("Väntar på dig") %}…{% endsection %}`.

    `hidden=True` keeps the h2 for readers who listen.
    """
    return _block(
        "section", content, key=key, title=title, link=link, link_text=link_text, hidden=hidden
    )


@register.simple_block_tag
def facts(content: str, *, rows: bool = False) -> SafeString:
    """List what is known and not asked for: `{% facts rows=True %}{% fact … %}{% endfacts %}`."""
    return format_html('<dl class="facts{}">{}</dl>', " rows" if rows else "", content)


@register.simple_tag
def fact(term: str, value: object, note: str = "") -> SafeString:
    """Show one known thing inside `{% facts %}`: `{% fact _("Poäng") 100 _("från kursen") %}`."""
    small = format_html(" <small>{}</small>", note) if note else ""
    shown = markup.NOTHING if value is None or value == "" else value
    return format_html("<div><dt>{}</dt><dd>{}{}</dd></div>", term, shown, small)


@register.simple_block_tag
def notice(content: str, title: str, state: str = "") -> SafeString:
    """Tell of a condition of the whole page; `state` is "", ok, soon or bad.

    `{% notice _("Två grupper saknar lärare") "soon" %}Första prövningen är …{% endnotice %}`
    """
    return _block("notice", content, title=title, state=state)


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """Say why a list is empty, and the next step: `{% empty _("Inga elever än") %}…{% endempty %}`.

    Put text in `<p>` and buttons in `<div class="actions">`.
    """
    return _block("empty", content, title=title)


@register.simple_block_tag
def filters(content: str, label: str) -> SafeString:
    """Make a GET form over a list, with its own button: `{% filters _("Filtrera grupper") %}`.

    Put `<div class="field">` or `{% field %}` inside.
    """
    return _block("filters", content, label=label)


@register.simple_block_tag
def bulk(content: str, text: str, label: str) -> SafeString:
    """Make the bar of what can be done with the marked rows, buttons between the tags.

    `{% bulk _("0 grupper markerade.") _("Markerade grupper") %}<button …>{% endbulk %}`; the text
    counts by itself when it is `data-picked`'s template.
    """
    return _block("bulk", content, text=text, label=label)


@register.simple_tag
def crumbs(*steps: str) -> SafeString:
    """Show the way here from the overview: label, address, label, address … and where one is.

    `{% crumbs _("Prövningsgrupper") groups_url group.name %}`
    """
    links = list(zip(steps[:-1:2], steps[1::2], strict=False))
    return _block("crumbs", "", links=links, here=steps[-1] if steps else "")


@register.simple_tag
def ledger(table: Table[Any]) -> SafeString:
    """Show a list: `{% ledger table %}`; show `{% empty %}` instead when it has no rows."""
    return _block("ledger", "", table=table)


@register.simple_tag
def list_files(table: Table[Any]) -> SafeString:
    """Show the ways to the files of a list whose rows have markup of their own."""
    return _block("exports", "", links=table.export_links())


@register.simple_tag
def pager(page: Page[Any], label: str = "") -> SafeString:
    """Show the ways to the other pages: `{% pager page %}`; nothing when there is one."""
    return _block("pager", "", page=page, label=label or _("Sidor"))


@register.simple_tag
def chips(items: Iterable[Chip], clear_url: str = "") -> SafeString:
    """Show the filters that are on, each with the way to take it off: `{% chips chips "?" %}`."""
    return _block("chips", "", items=list(items), clear_url=clear_url)


@register.simple_tag
def tasks(items: Iterable[Task]) -> SafeString:
    """Show what waits, the worst first: `{% tasks tasks %}`."""
    return _block("tasks", "", items=list(items))


@register.simple_tag
def history(items: Iterable[HistoryItem]) -> SafeString:
    """Show what has happened, in whole sentences: `{% history events %}`."""
    return _block("history", "", items=list(items))


@register.simple_tag
def checklist(items: Iterable[ChecklistItem]) -> SafeString:
    """Show what remains before a step: `{% checklist items %}`."""
    return _block("checklist", "", items=list(items))


@register.simple_tag
def tabs(items: Iterable[Tab], label: str) -> SafeString:
    """Show the parts of an object as links: `{% tabs tabs _("Gruppens delar") %}`."""
    return _block("tabs", "", items=list(items), label=label)


@register.simple_tag(takes_context=True)
def undo(context: Context, text: str, url: str, values: Any = ()) -> SafeString:
    """Say what was done, with a button that takes it back: `{% undo text url fields %}`.

    Views offer it for the next page with `undo.offer_undo`.
    """
    token = context.get("csrf_token")
    return _block("undo", "", text=text, url=url, fields=values, csrf_token=token)


@register.simple_tag
def name_build(parts: Iterable[NamePart], name: str, state: str, text: str) -> SafeString:
    """Show a group name being built, each part over where it comes from, and how it stands.

    `{% name_build parts preview.name "done" _("Namnet är ledigt") %}`; the element has the id
    `name-build`, which the preview module replaces.
    """
    return _block("name_build", "", parts=list(parts), name=name, state=state, text=text)


@register.simple_tag
def error_summary(
    form: ProvningForm | None = None,
    problems: Iterable[ShownProblem] = (),
    *,
    conflict: bool = False,
) -> SafeString:
    """Show every problem at once, first in main, with a link to each field; it takes focus.

    `{% error_summary form %}`, or `{% error_summary problems=problems %}` with `forms.shown(…)`.
    """
    found = [*(form.shown_problems() if form is not None and form.is_bound else ()), *problems]
    if not found:
        return SafeString("")
    overtaken = conflict or (form is not None and form.conflict)
    return _block("error_summary", "", problems=found, conflict=overtaken)


@register.simple_tag
def field(bound: forms.BoundField, width: str = "", hint: str = "", after: str = "") -> SafeString:
    """Show one field: label, hint, problems, input, in that order, tied together for listeners.

    `{% field form.unit "w-m" %}`; `width` is w-s, w-m, w-date, w-pnr or w-fill; `after` stands
    under the input. A hidden field is the input alone.
    """
    if bound.is_hidden:
        return bound.as_widget()
    return render_field(bound, width, hint or str(bound.help_text), after)


@register.simple_tag
def fields(form: ProvningForm) -> SafeString:
    """Show every field of a form in order: `{% fields form %}`."""
    return mark_safe("\n".join(field(form[name]) for name in form.fields))  # noqa: S308 # from tags


@register.simple_tag
def hidden_fields(values: Any) -> SafeString:
    """Carry values in hidden inputs: a dict, or pairs of name and value."""
    pairs = values.items() if hasattr(values, "items") else values
    inputs = [
        format_html('<input type="hidden" name="{}" value="{}">', name, value)
        for name, value in pairs
    ]
    return mark_safe("\n".join(inputs))  # noqa: S308 # from format_html


def render_field(bound: forms.BoundField, width: str, hint: str, after: str) -> SafeString:
    """Return the markup of a visible field."""
    form = bound.form
    problems = form.problems_at(bound.name) if isinstance(form, ProvningForm) else []
    described = [
        f"{bound.auto_id}-{part}"
        for part, there in (("e", problems), ("h", hint), ("a", after))
        if there
    ]
    attrs: dict[str, str | bool] = {"aria-describedby": " ".join(described)} if described else {}
    if problems:
        attrs["aria-invalid"] = "true"
    if width:
        own = bound.field.widget.attrs.get("class", "")
        attrs["class"] = f"{own} {width}".strip()
    kind = _kind(bound)
    return _block(
        f"field_{kind}",
        "",
        bound=bound,
        input="" if kind == "choices" else bound.as_widget(attrs=attrs),
        input_id=input_id(bound),
        problems=problems,
        hint=hint,
        after=after,
        described=attrs.get("aria-describedby", ""),
    )


def _kind(bound: forms.BoundField) -> str:
    widget = bound.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "input"


def _block(component: str, content: str, /, **context: object) -> SafeString:
    """Render a component; `content` is what stood between the tags, already rendered."""
    return render_to_string(f"components/{component}.html", {"content": content, **context})
