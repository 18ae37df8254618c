"""The sheets of a version that a signer signs, as they are printed."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.catalogues.content import Row, Sheet
from provning.web import markup
from provning.web.tables import Column, Table


def sheet_table(sheet: Sheet) -> Table[Row]:
    """Return one sheet, headed by its group and course."""
    count = ngettext("%(n)s beslut", "%(n)s beslut", len(sheet.rows)) % {"n": len(sheet.rows)}
    return Table(
        rows=sheet.rows,
        columns=(
            Column("name", _("Elev"), _who, heads_row=True),
            Column("grade", _("Betyg"), lambda row: row.grade, align="c"),
            Column("date", _("Betygsdatum"), lambda row: markup.day(row.grade_date)),
            Column("marks", _("Markering"), lambda row: ", ".join(row.marks)),
            Column("remarks", _("Övriga upplysningar"), lambda row: row.remarks or markup.NOTHING),
        ),
        caption=format_html(
            "<b>{} {}</b>. {}. {}", sheet.course_name, sheet.course_code, sheet.group_name, count
        ),
    )


def _who(row: Row) -> SafeString:
    return format_html(
        '{} {}<small class="pnr">{}</small>', row.first_name, row.last_name, row.identity_number
    )
