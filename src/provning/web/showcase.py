"""Every component in its states on one page, while debugging and for the tests of how they look."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from provning.kernel.problems import Problem
from provning.web import pieces
from provning.web.fields import ComboField, DayField
from provning.web.forms import ProvningForm, add_problems
from provning.web.markup import group_name, status
from provning.web.paging import page_of
from provning.web.permissions import screen
from provning.web.tables import Column, Pick, Table, order_of

EXAM_DAY = date(2026, 11, 12)
DECIDED_AT = datetime(2026, 10, 20, 9, 12, tzinfo=timezone(timedelta(hours=2)))
STATES = (
    ("open", "Inte påbörjad"),
    ("part", "Pågår"),
    ("done", "Klar"),
    ("locked", "Låst"),
    ("prelim", "Preliminär"),
    ("away", "Hos någon annan"),
    ("none", "Gäller inte"),
    ("soon", "Snart för sent"),
    ("late", "Försenad"),
    ("saving", "Sparar"),
    ("error", "Fel"),
    ("conflict", "Konflikt"),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A group as the sample table shows it."""

    name: str
    course_code: str
    course: str
    placed: int
    state: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person as components show one."""

    label: str
    number_display: str
    protected: bool = False
    masked: bool = False


SAMPLES = (
    Sample("PRÖ:KC26HTBIO01", "BIOBIO01", "Biologi 1", 11, ("done", "Klar")),
    Sample("PRÖ:KC26HTENG062", "ENGENG06", "Engelska 6", 24, ("part", "Pågår")),
    Sample("PRÖ:KC26HTMATO1B00X", "MATO1B00X", "Matematik nivå 1b", 0, ("soon", "Saknar lärare")),
)
PEOPLE = (
    Somebody("Bergqvist, Alva", "20031220-2385"),
    Somebody("Haile, Semhar", "19960720-2380", protected=True),
    Somebody("Skyddad identitet", "SK-26-0412", protected=True, masked=True),
)
COLUMNS: tuple[Column[Sample], ...] = (
    Column(
        "name",
        "Grupp",
        lambda row: group_name(row.name, row.course_code),
        heads_row=True,
        sortable=True,
    ),
    Column("course", "Kurs", lambda row: row.course, sortable=True),
    Column("placed", "Placerade", lambda row: row.placed, align="n", total=35),
    Column("state", "Läge", lambda row: status(*row.state)),
)


class SampleForm(ProvningForm):
    """A form with one field of each kind."""

    name = forms.CharField(label="Namn")
    course = ComboField(label="Kurs", help_text="Sök på kurskod eller namn.")
    day = DayField(
        label="Prövningsdatum",
        first=date(2026, 8, 17),
        last=date(2026, 12, 18),
        help_text="Blir elevens fr.o.m., t.o.m. och betygsdatum.",
    )
    term = forms.ChoiceField(label="Period", choices=[("HT26", "HT 2026"), ("VT27", "VT 2027")])
    override = forms.ChoiceField(
        label="Eleven är redan inskriven i samma kurs",
        widget=forms.RadioSelect,
        choices=[("no", "Placera inte"), ("yes", "Gör undantag och placera ändå")],
    )
    marked = forms.BooleanField(label="Skriv ut skyddade personer för sig", required=False)
    why = forms.CharField(label="Skäl", required=False, widget=forms.Textarea(attrs={"rows": 2}))


def sample_form() -> SampleForm:
    """Return the form as it looks when a rule has refused something."""
    form = SampleForm({"name": "Alva", "course": "kemi 2", "day": "i morgon", "term": "HT26"})
    problem = Problem(
        "sample",
        "course",
        "”{text}” finns inte i registret. Välj en kurs i listan.",
        "Manual s. 1",
        {"text": "kemi 2"},
    )
    add_problems(form, [problem])
    return form


@screen(public=True, methods=("GET", "HEAD"))
def components(request: HttpRequest) -> HttpResponse:
    """Show every component in its states."""
    page = page_of(request, SAMPLES * 20)
    table = Table(
        SAMPLES,
        COLUMNS,
        caption="3 av 60 grupper",
        order=order_of(request, COLUMNS, "name"),
        query=request.GET,
        pick=Pick("group", lambda row: row.name, lambda row: row.course, frozenset({"x"})),
    )
    return render(request, "components/showcase.html", {**_samples(), "table": table, "page": page})


def _samples() -> dict[str, object]:
    part = pieces.NamePart
    return {
        "form": sample_form(),
        "empty_form": SampleForm(),
        "states": STATES,
        "people": PEOPLE,
        "exam_day": EXAM_DAY,
        "decided_at": DECIDED_AT,
        "parts": [
            part("PRÖ:", "prövning", "fixed"),
            part("KC", "enhet"),
            part("27", "år"),
            part("VT", "termin"),
            part("…", "välj kurs", "missing"),
        ],
        "tasks": [
            pieces.Task(
                9, "Försenade betyg", "Äldst först.", "late", "#", "Öppna", last_day=EXAM_DAY
            ),
            pieces.Task(2, "Grupper utan lärare", "Utan lärare inga betyg.", "soon", "#", "Koppla"),
        ],
        "events": [
            pieces.HistoryItem(DECIDED_AT, "Sofia Marklund beslutade betyget B."),
            pieces.HistoryItem(EXAM_DAY, "Rektor rättade.", "Skollagen 3 kap. 19 §", turn=True),
        ],
        "checks": [
            pieces.ChecklistItem("done", "Klar", "Utskriven", "Version 2"),
            pieces.ChecklistItem("open", "Återstår", "Lämnad till Vuxenutbildningscentrum"),
        ],
        "tabs": [
            pieces.Tab("Placeringar", "#", current=True, count=14),
            pieces.Tab("Historik", "#"),
        ],
        "chips": [pieces.Chip("Läge: Saknar lärare", "#")],
    }
