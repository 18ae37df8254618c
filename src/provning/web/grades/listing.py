"""The list of groups to grade."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.web import markup
from provning.web.groups.lines import GroupLine
from provning.web.tables import Column, Table


def grading_table(lines: Sequence[GroupLine]) -> Table[GroupLine]:
    """Return the groups with how many are decided and by when the rest must be."""
    count = ngettext("%(n)s grupp med placerade", "%(n)s grupper med placerade", len(lines))
    return Table(
        rows=lines,
        columns=(
            Column("name", _("Grupp"), _link, heads_row=True),
            Column("course", _("Kurs"), lambda line: line.group.course_name),
            Column(
                "teacher",
                _("Betygssättande lärare"),
                lambda line: line.group.teacher_name,
                short=_("Lärare"),
            ),
            Column("decided", _("Beslutade"), _decided, align="n"),
            Column(
                "standing",
                _("Läge"),
                lambda line: markup.status(line.standing.shape, line.standing.text),
            ),
        ),
        caption=format_html("<b>{}</b>", count % {"n": len(lines)}),
        export="betygsgrupper",
    )


def _link(line: GroupLine) -> str:
    return format_html(
        '<a href="{}">{}</a>',
        reverse("grades:sheet", args=[line.group.id]),
        markup.group_name(line.group.name, line.group.course_code),
    )


def _decided(line: GroupLine) -> str:
    return _("{decided} av {placed}").format(decided=line.group.decided, placed=line.group.placed)
