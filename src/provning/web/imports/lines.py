"""The rows of an import as a list: who, what would become of it, what is to be answered."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from provning.imports.kind import ImportKind
from provning.imports.plans import NEW, SKIP, Verdict
from provning.imports.rows import ImportRow, RowLine
from provning.imports.states import Status
from provning.kernel.identity import parse_identity_number
from provning.kernel.problems import Problem, ProblemsFoundError
from provning.web import markup
from provning.web.clock import today
from provning.web.forms import problem_text
from provning.web.tables import Column, Table

CHOICE = "choice-"
SHAPES = {
    Verdict.CHOICE: "soon",
    Verdict.REFUSED: "late",
    Verdict.CHANGED: "part",
    Verdict.NEW: "open",
    Verdict.UNCHANGED: "done",
    Verdict.LEFT_OUT: "none",
}
OUTCOME_SHAPES = {
    "created": "done",
    "changed": "done",
    "unchanged": "none",
    "left_out": "none",
    "taken_back": "none",
    "kept": "late",
}


def line_table(row: ImportRow, lines: Sequence[RowLine], caption: str) -> Table[RowLine]:
    """Return a page of an import's rows."""
    asked = row.status is Status.READY and any(_can_be_answered(each) for each in lines)
    columns = [
        Column("row", _("Rad"), lambda each: each.number, align="n"),
        Column("who", _("Vem eller vad"), _who, heads_row=True),
        Column("number", _("Personnummer"), _number),
        Column("verdict", _("Utfall"), _outcome if row.status in DECIDED else _verdict),
        Column("why", _("Vad som ändras, eller är fel"), lambda each: _what(row.kind, each)),
    ]
    if asked:
        columns.append(Column("answer", _("Ditt svar"), _answer, screen_only=True))
    return Table(
        lines, columns, caption=caption, row_id=lambda each: f"rad-{each.number}", export="rader"
    )


DECIDED = frozenset({Status.DONE, Status.UNDONE, Status.UNDOING})


def problem_line(kind: ImportKind, problem: Problem) -> str:
    """Return a problem with the column that it belongs to."""
    field = kind.field(problem.field)
    text = problem_text(problem)
    return f"{_(field.label)}: {text}" if field else text


def fault_line(problem: Problem) -> str:
    """Return a problem of the whole import, with the row when it names one."""
    text = problem_text(problem)
    row = problem.field.removeprefix("row-")
    return _("Rad {row}: {text}").format(row=row, text=text) if row.isdigit() else text


def _can_be_answered(line: RowLine) -> bool:
    return bool(line.candidates or line.may_be_new or line.choice) and not line.masked


def _who(line: RowLine) -> SafeString | str:
    if line.masked and line.person is None:
        return format_html('<span class="protected">{}</span>', _("Skyddad identitet"))
    if line.person is None:
        return line.what or markup.NOTHING
    name = markup.person_name(line.person)
    known = "" if line.person.masked else line.person.label
    also = line.what if line.what not in {"", known} else ""
    return format_html("{}<small>{}</small>", name, also) if also else name


def _number(line: RowLine) -> SafeString | str:
    """Return whose number it is: the register's, else what the file says."""
    if line.person is not None:
        return markup.person_number(line.person)
    written = line.cells.get("identity_number", "")
    try:
        shown = parse_identity_number(written, today=today()).display
    except ProblemsFoundError:
        shown = written
    return format_html('<span class="pnr">{}</span>', shown) if shown else markup.NOTHING


def _verdict(line: RowLine) -> SafeString:
    return markup.status(SHAPES[line.verdict], _(line.verdict_label).capitalize())


def _outcome(line: RowLine) -> SafeString:
    shape = OUTCOME_SHAPES.get(line.outcome, "none")
    return markup.status(shape, _(line.outcome_label).capitalize())


def _what(kind: ImportKind, line: RowLine) -> SafeString | str:
    """Return the changes field by field, or the problems with their columns."""
    said = [problem_line(kind, each) for each in (*line.notes, *line.problems)]
    for each in line.differences:
        field = kind.field(each.field)
        label = _(field.label) if field else each.field
        before = each.before or _("tomt")
        said.append(
            _("{field}: {before} blir {after}").format(
                field=label, before=before, after=each.after or _("tomt")
            )
        )
    return format_html_join("", "<div>{}</div>", ((each,) for each in said)) or markup.NOTHING


def _answer(line: RowLine) -> SafeString | str:
    """Return the choices of a row: who it is, that it is a new person, or that it is skipped."""
    if not _can_be_answered(line):
        return markup.NOTHING
    choices = [("", _("Välj"))]
    for each in line.candidates:
        who = f"{each.label}, {each.number_display}"
        choices.append((str(each.id), _("Det är {who}").format(who=who)))
    if line.may_be_new:
        choices.append((NEW, _("En ny person")))
    choices.append((SKIP, _("Hoppa över raden")))
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (key, SafeString(" selected") if key == line.choice else "", text)
            for key, text in choices
        ),
    )
    return format_html(
        '<select name="{}{}" aria-label="{}">{}</select>',
        CHOICE,
        line.number,
        _("Ditt svar för rad {n}").format(n=line.number),
        options,
    )
