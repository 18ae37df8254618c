"""The lists of the extracts: grades to choose, issued ones, those out of date, a person's own."""

from collections.abc import Sequence
from uuid import uuid4

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.extracts.rows import (
    Change,
    ChangeKind,
    Choice,
    ExtractRow,
    ExtractState,
    OutdatedRow,
)
from provning.web import markup
from provning.web.tables import Column, Pick, Table

DECISIONS = "decisions"


def choice_table(
    rows: Sequence[Choice], chosen: frozenset[str], *, may_choose: bool
) -> Table[Choice]:
    """Return the grades, with a checkbox each for who may choose."""
    count = ngettext("%(n)s betyg", "%(n)s betyg", len(rows)) % {"n": len(rows)}
    return Table(
        rows,
        (
            Column("course", _("Kurs eller ämne"), lambda row: row.course_name, heads_row=True),
            Column("code", _("Kurskod"), lambda row: row.course_code),
            Column("levels", _("Nivåer"), lambda row: row.levels or markup.NOTHING),
            Column("points", _("Poäng"), lambda row: row.points or markup.NOTHING, align="n"),
            Column("grade", _("Betyg"), _grade, align="c"),
            Column("day", _("Betygsdatum"), lambda row: markup.day(row.exam_date)),
            Column("standing", _("Markering"), _marking),
        ),
        caption=count,
        caption_hidden=True,
        pick=Pick(DECISIONS, lambda row: row.decision_id, _named, chosen) if may_choose else None,
    )


def issued_table(
    rows: Sequence[ExtractRow], new: str, token: str, *, may_issue: bool
) -> Table[ExtractRow]:
    """Return a person's extracts with how each stands and what can be done.

    `token` is the page's own, which every form carries.
    """
    columns = [
        Column("document", _("Utdrag"), document_link, heads_row=True),
        Column("issued", _("Utfärdat"), _issued),
        Column("issuer", _("Av"), lambda row: row.issuer_name),
        Column("grades", _("Betyg"), lambda row: row.grades, align="n"),
        Column("state", _("Läge"), standing),
    ]
    if may_issue:
        columns.append(Column("act", _("Åtgärd"), lambda row: _act(row, token), screen_only=True))
    return Table(
        rows,
        columns,
        caption=_("Utfärdade utdrag, senaste först."),
        caption_hidden=True,
        row_id=lambda row: f"u-{row.id}",
        marked=lambda row: str(row.id) == new,
        export="utdrag",
    )


def outdated_table(rows: Sequence[OutdatedRow], token: str) -> Table[OutdatedRow]:
    """Return the extracts that no longer say what stands, each with why; `token` as above."""
    count = ngettext("%(n)s utdrag", "%(n)s utdrag", len(rows)) % {"n": len(rows)}
    return Table(
        rows,
        (
            Column("who", _("Elev"), _whose, heads_row=True),
            Column("document", _("Utdrag"), lambda row: document_link(row.extract)),
            Column("issued", _("Utfärdat"), lambda row: _issued(row.extract)),
            Column("why", _("Vad som har ändrats"), lambda row: reasons(row.extract.changes)),
            Column("act", _("Åtgärd"), lambda row: _replace(row, token), screen_only=True),
        ),
        caption=format_html("<b>{}</b>", count),
        export="inaktuella-utdrag",
    )


def document_link(row: ExtractRow) -> SafeString:
    """Return the way to the document, and of what it is a copy."""
    link = format_html(
        '<a href="{}">{}<span class="vh"> {}</span></a>',
        reverse("extracts:document", args=[row.id]),
        row.document_id,
        _("(PDF)"),
    )
    if row.copy_of:
        text = _("Kopia. Skäl: {reason}").format(reason=row.reason)
        return format_html("{}<small>{}</small>", link, text)
    if row.replaces:
        text = _("Ersätter {document}").format(document=row.replaces)
        return format_html("{}<small>{}</small>", link, text)
    return link


def standing(row: ExtractRow) -> SafeString:
    """Say whether the extract can be trusted, and why not."""
    if row.state is ExtractState.VOID:
        text = _("Ersatt av {document}").format(document=row.replaced_by)
        return markup.status("none", text)
    if row.state is ExtractState.OUTDATED:
        return format_html(
            "{}<small>{}</small>", markup.status("late", _("Inaktuellt")), reasons(row.changes)
        )
    return markup.status("locked", _("Gäller"))


def reasons(changes: Sequence[Change]) -> SafeString:
    """Return why an extract is out of date, one sentence for each grade."""
    return format_html_join("<br>", "{}", ((_reason(each),) for each in changes))


def _reason(change: Change) -> str:
    texts = {
        ChangeKind.CORRECTED: _("{code}: {before} rättades till {after} {day}."),
        ChangeKind.AMENDED: _("{code}: {before} ändrades till {after} {day}."),
        ChangeKind.REPLACED: _("{code}: ersatt av betyg på {after} {day}."),
        ChangeKind.REINSTATED: _("{code}: inte längre ersatt sedan {day}."),
    }
    return texts[change.kind].format(
        code=change.course_code, before=change.before, after=change.after, day=change.day
    )


def _grade(row: Choice) -> SafeString:
    return markup.grade(row.value, "replaced" if row.replaced_by else "decided")


def _marking(row: Choice) -> SafeString | str:
    """Say that the grade is of a prövning, and what has replaced it."""
    if not row.replaced_by:
        return _("Prövning")
    text = _("Ersatt av betyg på {code}").format(code=row.replaced_by)
    return format_html("{}<small>{}</small>", _("Prövning"), text)


def _named(row: Choice) -> str:
    return f"{row.course_code} {row.value}"


def _issued(row: ExtractRow) -> SafeString:
    return format_html("{}<small>{}</small>", markup.day(row.issued_on), row.issued_by_name)


def _whose(row: OutdatedRow) -> SafeString:
    if row.person.masked:
        return markup.person_name(row.person)
    return format_html(
        '<a href="{}">{}</a><small>{}</small>',
        reverse("extracts:person", args=[row.person.id]),
        markup.person_name(row.person),
        markup.person_number(row.person),
    )


def _act(row: ExtractRow, token: str) -> SafeString | str:
    """Return what can be done about the extract, where there is something."""
    if row.state is ExtractState.OUTDATED and not row.copy_of:
        return _reissue(row, token)
    if row.state is not ExtractState.VALID:
        return markup.NOTHING
    return format_html(
        '<a href="{}">{}<span class="vh"> {}</span></a>',
        reverse("extracts:copy", args=[row.id]),
        _("Skriv kopia"),
        row.document_id,
    )


def _replace(row: OutdatedRow, token: str) -> SafeString | str:
    if row.person.masked:
        return _("Utfärdas av den som får se personen")
    return _reissue(row.extract, token)


def _reissue(row: ExtractRow, token: str) -> SafeString:
    """Return the button that issues a new extract in place of one; pressed twice it makes one."""
    return format_html(
        '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken"'
        ' value="{}"><input type="hidden" name="submission" value="{}">'
        '<button class="btn small">{}<span class="vh"> {}</span></button></form>',
        reverse("extracts:reissue", args=[row.id]),
        token,
        uuid4(),
        _("Utfärda nytt"),
        row.document_id,
    )
