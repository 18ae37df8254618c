"""Files to other systems: an interval and a term chosen, counted, and taken out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django import forms
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from provning.feeds.actions import Handing
from provning.feeds.queries import (
    GradeCounts,
    TermCounts,
    grade_counts,
    protected_in_term,
    term_counts,
)
from provning.feeds.rules import feed_interval
from provning.feeds.taking import take_out_documents, take_out_grades, take_out_snapshot
from provning.kernel.actors import Permission
from provning.kernel.problems import NotOpenedError
from provning.kernel.seen import note_file, note_read
from provning.kernel.terms import Term
from provning.web.clock import today
from provning.web.fields import DayField
from provning.web.forms import ProvningForm, problems_on
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.selection import read_term

EXCHANGE = Permission.EXCHANGE_GRADES
XML = "application/xml; charset=utf-8"
WITH_PROTECTED = uuid5(NAMESPACE_OID, "provning.feeds.with_protected")
"""What is opened for a reason: the files that name protected persons, which have no id."""
GRADES, DOCUMENTS, SNAPSHOT = "betyg", "betygsdokument", "ims"


class FilesForm(ProvningForm):
    """Which days and which term the files are of."""

    start = DayField(label=_("Från och med"))
    tom = DayField(
        label=_("Till och med"),
        help_text=_("Dagar då betyg har beslutats, rättats eller ändrats."),
    )
    school_type = forms.ChoiceField(
        label=_("Skolform"),
        required=False,
        choices=[
            ("", _("Alla")),
            ("VUX", _("Komvux utom sfi och anpassad utbildning (VUX)")),
            ("SFI", _("Sfi (SFI)")),
            ("SARVUX", _("Anpassad utbildning (SARVUX)")),
        ],
        widget=forms.Select(attrs={"class": "w-m"}),
    )
    term = forms.CharField(
        label=_("Termin för IMS"),
        help_text=_("Till exempel HT26."),
        max_length=8,
        widget=forms.TextInput(attrs={"class": "w-date"}),
    )

    receiver = forms.CharField(
        label=_("Vem får filen?"),
        help_text=_(
            "Behövs när du hämtar, till exempel Skolplattformen. Rättas ett betyg senare sägs det"
            " vem som har det gamla."
        ),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "w-m"}),
    )

    def clean_term(self) -> Term:
        """Read the term as people write it."""
        term = read_term(self.cleaned_data["term"])
        if term is None:
            raise forms.ValidationError(_("Skriv terminen som HT26 eller VT27."))
        return term


class TakeForm(FilesForm):
    """The same, which of the files to take out, and for whom."""

    receiver = forms.CharField(
        label=FilesForm.base_fields["receiver"].label,
        help_text=FilesForm.base_fields["receiver"].help_text,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "w-m"}),
        error_messages={"required": _("Skriv vem som får filen, till exempel Skolplattformen.")},
    )
    what = forms.ChoiceField(
        widget=forms.HiddenInput, choices=[(each, each) for each in (GRADES, DOCUMENTS, SNAPSHOT)]
    )


@dataclass(frozen=True, slots=True)
class Preview:
    """What the files would hold."""

    grades: GradeCounts
    term: TermCounts


@screen(permission=EXCHANGE, methods=("GET", "HEAD"))
def overview(request: ScreenRequest) -> HttpResponse:
    """Show what the files of the chosen days and term would hold."""
    return _page(request, FilesForm({**_defaults(), **request.GET.dict()}))


@screen(permission=EXCHANGE, methods=("POST",))
def take(request: ScreenRequest) -> HttpResponseBase:
    """Hand out one of the files, as it is made; to whom is kept."""
    form = TakeForm(request.POST)
    if form.is_valid():
        with problems_on(form):
            chosen = form.cleaned_data
            _note(request, chosen)
            pieces = TAKING[chosen["what"]](request, chosen)
            return _file(_name(chosen), pieces)
    return _page(request, form)


def _note(request: ScreenRequest, chosen: dict[str, Any]) -> None:
    """Note of how many the file speaks, and whom of the protected it names: for a reason alone."""
    counts = _preview(request, chosen)
    if chosen["what"] == SNAPSHOT:
        protected = protected_in_term(request.actor, chosen["term"], today())
        if protected and not request.actor.has_opened(WITH_PROTECTED):
            raise NotOpenedError(WITH_PROTECTED)
        note_read((each, True) for each in protected)
    students = {GRADES: counts.grades.students, SNAPSHOT: counts.term.students}
    note_file(_name(chosen), students.get(chosen["what"], 0))


def _page(request: ScreenRequest, form: FilesForm) -> HttpResponse:
    """Return the page, with the counts when the form can be understood."""
    preview = None
    if form.is_valid():
        with problems_on(form):
            preview = _preview(request, form.cleaned_data)
    context = {"preview": preview, "names": (GRADES, DOCUMENTS, SNAPSHOT)}
    return page(request, "feeds/files.html", context, form=form)


def _preview(request: ScreenRequest, chosen: dict[str, Any]) -> Preview:
    """Count; raises `ProblemsFoundError` for days in the wrong order."""
    interval = feed_interval(*_days(chosen))
    return Preview(
        grade_counts(request.actor, interval, chosen["school_type"], today()),
        term_counts(request.actor, chosen["term"], today()),
    )


def _days(chosen: dict[str, Any]) -> tuple[str, str]:
    """Return the days as a question for a feed writes them."""
    return chosen["start"].isoformat(), chosen["tom"].isoformat()


def _grades(request: ScreenRequest, chosen: dict[str, Any]) -> Iterator[bytes]:
    start, end = _days(chosen)
    return take_out_grades(
        actor=request.actor,
        handing=_handing(chosen),
        start=start,
        end=end,
        school_type=chosen["school_type"],
        now=datetime.now(UTC),
        today=today(),
    )


def _documents(request: ScreenRequest, chosen: dict[str, Any]) -> Iterator[bytes]:
    start, end = _days(chosen)
    return take_out_documents(
        actor=request.actor,
        handing=_handing(chosen),
        start=start,
        end=end,
        now=datetime.now(UTC),
        today=today(),
    )


def _snapshot(request: ScreenRequest, chosen: dict[str, Any]) -> Iterator[bytes]:
    return take_out_snapshot(
        actor=request.actor,
        handing=_handing(chosen),
        term=chosen["term"].code,
        now=datetime.now(UTC),
        today=today(),
    )


TAKING: dict[str, Callable[[ScreenRequest, dict[str, Any]], Iterator[bytes]]] = {
    GRADES: _grades,
    DOCUMENTS: _documents,
    SNAPSHOT: _snapshot,
}


def _handing(chosen: dict[str, Any]) -> Handing:
    return Handing(chosen["receiver"], _name(chosen))


def _name(chosen: dict[str, Any]) -> str:
    """Return what the file is called, with what it is of."""
    if chosen["what"] == SNAPSHOT:
        return f"{SNAPSHOT}-{chosen['term'].code}.xml"
    start, end = _days(chosen)
    return f"{chosen['what']}-{start}-{end}.xml"


def _file(name: str, pieces: Iterator[bytes]) -> HttpResponseBase:
    """Return a file that is sent while it is made."""
    answer = StreamingHttpResponse(pieces, content_type=XML)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _defaults() -> dict[str, str]:
    """Return the term of today, up to today."""
    term = Term.of(today())
    return {
        "start": term.first_day.isoformat(),
        "tom": today().isoformat(),
        "school_type": "",
        "term": term.code,
        "receiver": "",
    }
