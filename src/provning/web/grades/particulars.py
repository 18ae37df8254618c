"""What stands beside a grade, as fields of a form: only what the course demands is asked for."""

from dataclasses import replace

from django import forms
from django.utils.translation import gettext_lazy as _

from provning.grading.rows import Needs, Particulars
from provning.grading.rules.particulars import LONGEST
from provning.web.forms import ProvningForm

PARTICULARS = ("exception_used", *LONGEST)


class ParticularsForm(ProvningForm):
    """Mixed into the forms of grades; call `ask` once the form is made."""

    specialisation = forms.CharField(
        label=_("Inriktning"), help_text=_("Vad kursen handlade om. Står i betygskatalogen.")
    )
    language = forms.CharField(label=_("Språk"), help_text=_("Står i betygskatalogen."))
    project_title = forms.CharField(label=_("Komvuxarbetets titel"))
    project_summary = forms.CharField(
        label=_("Sammanfattning"),
        help_text=_("Högst 240 tecken."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    co_assessor = forms.CharField(
        label=_("Medbedömare som har yttrat sig"),
        help_text=_("Läraren beslutar när medbedömaren har yttrat sig (4 kap. 8 §)."),
    )
    exception_used = forms.BooleanField(
        label=_("Undantagsbestämmelsen har använts"),
        help_text=_(
            "Enstaka delar av kriterierna har bortsetts från (skollagen 20 kap. 38 §). Bara att det"
            " har gjorts antecknas, och vem som beslutade. Skriv ingenting om hälsa eller"
            " funktionsnedsättning någonstans."
        ),
        required=False,
    )

    @staticmethod
    def initial_of(particulars: Particulars) -> dict[str, object]:
        """Return what the fields begin with."""
        return {name: getattr(particulars, name) for name in PARTICULARS}

    def ask(self, needs: Needs, *, required: bool) -> None:
        """Ask for what the course demands, and for nothing else."""
        asked = {
            "specialisation": needs.specialisation,
            "language": needs.language,
            **dict.fromkeys(("project_title", "project_summary", "co_assessor"), needs.project),
        }
        for name, wanted in asked.items():
            if not wanted:
                del self.fields[name]
                continue
            self.fields[name].required = required
            self.fields[name].widget.attrs |= {"maxlength": LONGEST[name], "class": "w-fill"}

    @property
    def particulars(self) -> Particulars:
        """Return what was filled in beside the grade."""
        return self.particulars_over(Particulars())

    def particulars_over(self, stored: Particulars) -> Particulars:
        """Return what is stored, with what was filled in."""
        given = {name: self.cleaned_data[name] for name in PARTICULARS if name in self.fields}
        return replace(stored, **given)
