"""The form with the files, and the one where columns are matched by hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.comparisons.queries import Place
from provning.comparisons.rows import FileLine
from provning.kernel.terms import Term
from provning.reconciliation import COLUMNS, Side
from provning.reconciliation.sources import column_problems
from provning.tables import IGNORED, Row, column_letters, match_columns
from provning.web.forms import ShownProblem, SubmittedForm, shown

TABLES = ".csv,.txt,.tsv,.xlsx"
TERMS_BACK = 6
HEADER = "header"
FROM_FILE = "file"


def file_field(label: Any, hint: Any, accept: str, *, required: bool = True) -> forms.FileField:
    """Return a field for a file, on which one can be dropped; the texts are lazy."""
    return forms.FileField(
        label=label,
        help_text=hint,
        required=required,
        allow_empty_file=True,
        max_length=200,
        widget=forms.FileInput(attrs={"accept": accept, "class": "drop"}),
        error_messages={
            "required": gettext_lazy("Välj en fil."),
            "max_length": gettext_lazy("Filens namn är för långt. Döp om den."),
        },
    )


class StartForm(SubmittedForm):
    """Which provider, where the placements come from, and the files."""

    place = forms.ChoiceField(label=gettext_lazy("För"))
    term = forms.ChoiceField(
        label=gettext_lazy("Placeringarna hämtas från"),
        help_text=gettext_lazy("En fil från ett annat register, eller det som är lagrat här."),
    )
    placements = file_field(
        gettext_lazy("Placeringar"),
        gettext_lazy(
            "CSV eller Excel (.xlsx) från registret. Behövs inte när placeringarna finns här."
        ),
        TABLES,
        required=False,
    )
    grades = file_field(
        gettext_lazy("Betyg"),
        gettext_lazy("Betyg XML, CSV eller Excel (.xlsx) från betygssystemet."),
        f"{TABLES},.xml",
        required=False,
    )
    address = forms.CharField(
        label=gettext_lazy("Eller hämta betygen från adress"),
        help_text=gettext_lazy(
            "Adressen till betygssystemets Betyg XML, med from och tom. Den börjar med https:// och"
            " sparas inte."
        ),
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    persons = file_field(
        gettext_lazy("Personer"),
        gettext_lazy(
            "Behövs bara när den ena filen har personnummer och den andra elevernas id: en fil"
            " med båda."
        ),
        TABLES,
        required=False,
    )

    def __init__(self, *args: Any, places: list[Place], now: Term, **kwargs: Any) -> None:
        """Offer the places and the terms; where there is one place it is chosen."""
        super().__init__(*args, **kwargs)
        place, term = self.fields["place"], self.fields["term"]
        assert isinstance(place, forms.ChoiceField)  # noqa: S101 # it is, above
        assert isinstance(term, forms.ChoiceField)  # noqa: S101 # it is, above
        place.choices = [(str(each.provider_id), each.name) for each in places]
        if len(places) == 1:
            place.widget, place.initial = forms.HiddenInput(), str(places[0].provider_id)
        term.choices = [(FROM_FILE, _("filen nedan"))] + [
            (each.code, _("det som finns här, {term}").format(term=each.label))
            for each in _terms(now)
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for the file of placements when they are not those that are stored here."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("grades")) == bool(cleaned.get("address")):
            text = _("Välj en fil med betyg, eller en adress att hämta dem från.")
            both = _("Välj antingen filen med betyg eller adressen, inte båda.")
            self.add_error("grades", both if cleaned.get("grades") else text)
        given = bool(cleaned.get("placements"))
        from_file = cleaned.get("term", FROM_FILE) == FROM_FILE
        if from_file and not given and "placements" not in self.errors:
            self.add_error("placements", _("Välj filen med placeringar, eller en termin ovan."))
        if not from_file and given:
            self.add_error("term", _("Välj antingen filen eller en termin, inte båda."))
        return cleaned

    @property
    def provider_id(self) -> UUID:
        """Return the provider that was chosen."""
        return UUID(self.cleaned_data["place"])

    @property
    def chosen_term(self) -> Term | None:
        """Return the term whose stored placements are compared, None for a file."""
        code = self.cleaned_data["term"]
        return None if code == FROM_FILE else Term.parse(code)


def _terms(now: Term) -> list[Term]:
    """Return this term and those before it."""
    terms = [now]
    while len(terms) < TERMS_BACK:
        terms.append(terms[-1].previous())
    return terms


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """One heading with what it may be; `chosen` is what it is taken for now."""

    name: str
    text: str
    letters: str
    chosen: str


@dataclass(frozen=True, slots=True)
class FileColumns:
    """The headings of one file, each with a choice, and what is wrong with them as they stand."""

    label: str
    file_name: str
    lines: list[HeadingLine]
    choices: list[tuple[str, str]]
    problems: list[ShownProblem]


def file_columns(file: FileLine, sent: Mapping[str, str] | None) -> FileColumns:
    """Begin with what the words of the headings say, or with what was sent."""
    columns = COLUMNS[file.side]
    found = match_columns(Row(1, file.headers), columns, file.columns)
    guessed = {place: name for name, place in found.places.items()}
    return FileColumns(
        _(file.side.label),
        Path(file.file_name).name,
        [
            HeadingLine(
                _name(file.side, place),
                text,
                column_letters(place),
                sent.get(_name(file.side, place), "") if sent else guessed.get(place, ""),
            )
            for place, text in enumerate(file.headers)
            if text
        ],
        [(IGNORED, _("Används inte")), *((each.name, _(each.label)) for each in columns)],
        shown(column_problems(found, file.side)),
    )


def sent_columns(file: FileLine, sent: Mapping[str, str]) -> dict[str, str]:
    """Return what each heading of a file was said to be."""
    return {
        text: sent.get(_name(file.side, place), "")
        for place, text in enumerate(file.headers)
        if text
    }


def _name(side: Side, place: int) -> str:
    return f"{HEADER}-{side.value}-{place}"
