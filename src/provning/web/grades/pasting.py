"""Klistra in en kolumn: what would change is shown first, and saved when it has been confirmed."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from provning.grading.queries import GradeRow, grade_sheet
from provning.kernel.actors import Permission
from provning.kernel.problems import NotAllowedError
from provning.web.clock import today
from provning.web.forms import ProvningForm
from provning.web.grades.paste import MOST_LINES, Paste, lines_of, read_paste
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest, is_fetch


class PasteForm(ProvningForm):
    """The copied column, and the row that its first line belongs to."""

    text = forms.CharField(
        label=_("Kopierad kolumn"),
        help_text=_(
            "Bara betyg, ett per rad i elevernas ordning, eller två kolumner: personnummer och"
            " betyg."
        ),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        error_messages={"required": _("Klistra in minst en rad.")},
    )
    start = forms.ChoiceField(
        label=_("Börja på"),
        help_text=_("När bara betygen klistras in."),
        required=False,
    )

    def __init__(self, *args: Any, rows: tuple[GradeRow, ...], **kwargs: Any) -> None:
        """Offer the sheet's rows."""
        super().__init__(*args, **kwargs)
        self.fields["start"].choices = [  # type: ignore[attr-defined] # the stubs see a Field
            (str(row.placement.id), row.placement.person.label) for row in rows
        ]
        self.places = {str(row.placement.id): place for place, row in enumerate(rows)}

    def clean_text(self) -> str:
        """Refuse more lines than any group has."""
        text: str = self.cleaned_data["text"]
        if len(lines_of(text)) > MOST_LINES:
            message = gettext("Det är fler än {most} rader. Klistra in bara gruppens.")
            raise forms.ValidationError(message.format(most=MOST_LINES))
        return text

    @property
    def first(self) -> int:
        """Return the index of the row to begin at."""
        return self.places.get(self.cleaned_data.get("start", ""), 0)


@screen(permission=Permission.DRAFT_GRADES)
def paste(request: ScreenRequest, group_id: UUID) -> HttpResponse:
    """Take a column, and show what it would change; a fragment for the sheet, a page for others."""
    graded = grade_sheet(request.actor, group_id, today())
    if not graded.may_draft:
        raise NotAllowedError(Permission.DRAFT_GRADES.value)
    form = PasteForm(request.POST or None, rows=graded.rows)
    read = None
    if request.method == "POST" and form.is_valid():
        read = read_paste(form.cleaned_data["text"], graded.rows, form.first, today())
    template = "grades/paste_preview.html" if is_fetch(request) else "grades/paste.html"
    context = {"sheet": graded, "group": graded.group, "paste": read, "said": _said(read)}
    return page(request, template, context, form=form)


def _said(read: Paste | None) -> list[str]:
    """Sum up what was read, in whole sentences."""
    if read is None:
        return []
    changed, unread = len(read.changes), len(read.unread)
    return [
        ngettext("%(n)s betyg ändras.", "%(n)s betyg ändras.", changed) % {"n": changed},
        *_counted(read.same, gettext("%(n)s är redan så.")),
        *_counted(read.empty, gettext("%(n)s utan betyg rörs inte.")),
        *_counted(unread, gettext("%(n)s går inte att läsa.")),
    ]


def _counted(count: int, text: str) -> list[str]:
    if not count:
        return []
    lines = ngettext("%(n)s rad", "%(n)s rader", count) % {"n": count}
    return [text % {"n": lines}]
