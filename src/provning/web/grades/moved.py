"""What a rättelse has led away from a group: struck through, with the new grade beside."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from provning.grading.rows import Moved
from provning.web import markup
from provning.web.tables import Column, Table


def moved_table(rows: Sequence[Moved]) -> Table[Moved]:
    """Return the placements that no longer belong to the group, with what stands now and where."""
    return Table(
        rows,
        (
            Column("person", _("Elev"), _person, heads_row=True),
            Column("day", _("Prövningsdatum"), lambda row: markup.day(row.placement.exam_date)),
            Column("grade", _("Betyg"), lambda row: markup.grade(row.decision.value, "replaced")),
            Column("now", _("Rättat till"), _now),
        ),
        caption=_("Betyg som en rättelse har flyttat till rätt datum eller grupp."),
        caption_hidden=True,
        export="flyttade-betyg",
    )


def _person(row: Moved) -> SafeString:
    person = row.placement.person
    return format_html(
        "{}<small>{}</small>", markup.person_name(person), markup.person_number(person)
    )


def _now(row: Moved) -> SafeString:
    """Return the grade that stands instead, as a link to its story."""
    new = row.standing
    said = _("{course} från {day}, av {who}").format(
        course=new.course_code, day=new.exam_date, who=new.decided_by_name
    )
    return format_html(
        '{} {}<small><a href="{}">{}<span class="vh"> {}</span></a></small>',
        markup.grade(new.value),
        said,
        reverse("corrections:decision", args=[new.id]),
        _("Visa beslutet"),
        row.placement.person.label,
    )
