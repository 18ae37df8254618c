"""Personal: who serves at a unit, a new duty, and the last day of one."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from provning.kernel.actors import Actor
from provning.kernel.problems import NotFoundError
from provning.organisation.queries import UnitRow, unit_for
from provning.people.actions import Employment, employ, end_duty
from provning.people.queries import DutyRow, PersonRow, duties_at
from provning.people.rules import DUTY_ROLES
from provning.web import markup
from provning.web.access.searching import log_typed_numbers
from provning.web.accounts.reach import places_of
from provning.web.clock import today
from provning.web.fields import DayField, DemandedField
from provning.web.forms import ProvningForm
from provning.web.organisation.frame import MANAGE, FormPage, form_page, no_version
from provning.web.organisation.staff_member import name_link
from provning.web.permissions import screen
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table


class DutyForm(ProvningForm):
    """Who serves as what, since when, and what the legitimation covers; sent twice, given once."""

    identity_number = forms.CharField(
        label=gettext_lazy("Personnummer"),
        help_text=gettext_lazy("Tio eller tolv siffror, med eller utan bindestreck."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    given_name = DemandedField(label=gettext_lazy("Förnamn"))
    family_name = DemandedField(label=gettext_lazy("Efternamn"))
    role = forms.ChoiceField(
        label=gettext_lazy("Tjänst"),
        choices=[(each, gettext_lazy(each)) for each in DUTY_ROLES],
        initial=DUTY_ROLES[0],
        widget=forms.RadioSelect,
    )
    registered_teacher = forms.BooleanField(
        label=gettext_lazy("Har lärarlegitimation"), required=False
    )
    subjects = forms.CharField(
        label=gettext_lazy("Ämnen"),
        required=False,
        help_text=gettext_lazy(
            "Ämneskoder som legitimationen omfattar, med mellanslag mellan, till exempel MAT ENG."
        ),
    )
    start_date = DayField(label=gettext_lazy("Första dag"))
    end_date = DayField(
        label=gettext_lazy("Sista dag"),
        required=False,
        help_text=gettext_lazy("Tomt: tills vidare."),
    )

    def employment(self, unit_id: UUID) -> Employment:
        """Return the duty that was asked for."""
        asked = self.cleaned_data
        return Employment(
            unit_id=unit_id,
            role=asked["role"],
            start_date=asked["start_date"],
            end_date=asked["end_date"],
            registered_teacher=asked["registered_teacher"],
            subjects=asked["subjects"],
        )


class EndForm(ProvningForm):
    """The last day, and the one that was seen when the page was opened."""

    last_day = DayField(label=gettext_lazy("Sista dag"))
    seen = DayField(widget=forms.HiddenInput, required=False)


@screen(permission=MANAGE)
def new(request: ScreenRequest, unit_id: UUID) -> HttpResponse:
    """Give a duty to whoever has the number; a person that the register lacks is added."""
    row = unit_for(request.actor, unit_id, MANAGE)
    form = DutyForm(request.POST or None, initial={"start_date": today()})

    def save() -> str:
        asked = form.cleaned_data
        log_typed_numbers(request, "organisation:new-duty", [asked["identity_number"]])
        employ(
            actor=request.actor,
            identity_number=asked["identity_number"],
            given_name=asked["given_name"],
            family_name=asked["family_name"],
            duty=form.employment(unit_id),
            today=today(),
        )
        return _unit_page(unit_id)

    lead = _(
        "Finns personen i registret används den posten, annars läggs personen upp. Skriv namnet som"
        " i folkbokföringen: det kontrolleras mot numret."
    )
    shown = FormPage(_("Ny tjänst"), _("Ge tjänsten"), _unit_page(unit_id), row.name, lead)
    return form_page(request, form, shown, save, no_version)


@screen(permission=MANAGE)
def end(request: ScreenRequest, unit_id: UUID, duty_id: UUID) -> HttpResponse:
    """Let a duty end with a day; roles end for themselves."""
    row = unit_for(request.actor, unit_id, MANAGE)
    duty = _duty(request.actor, unit_id, duty_id)
    seen = {"last_day": duty.end_date or today(), "seen": duty.end_date}
    form = EndForm(request.POST or None, initial=seen)

    def save() -> str:
        end_duty(
            actor=request.actor,
            duty_id=duty_id,
            last_day=form.cleaned_data["last_day"],
            seen=(form.cleaned_data["seen"],),
        )
        return _unit_page(unit_id)

    lead = _("{who}, {role}. Kontots roller slutar inte av sig själva: avsluta dem under Roller.")
    told = lead.format(who=duty.person.label, role=_(duty.role).lower())
    shown = FormPage(
        _("Tjänstens sista dag"), _("Spara sista dagen"), _unit_page(unit_id), row.name, told
    )
    return form_page(request, form, shown, save, no_version)


def staff_rows(actor: Actor, unit_id: UUID) -> list[DutyRow]:
    """Return who serves or has served at the unit, those who do so still first.

    Protected persons stand last of each, by case number: a place in the alphabet tells of a name.
    """
    day, rows = today(), duties_at(actor, unit_id, places_of(actor))
    return sorted(rows, key=lambda row: (_is_past(row, day), *_hidden_last(row.person)))


def _hidden_last(person: PersonRow) -> tuple[bool, str]:
    return (True, person.case_number) if person.protected else (False, "")


def staff_table(rows: Sequence[DutyRow], every: Sequence[DutyRow], unit: UnitRow) -> Table[DutyRow]:
    """List who serves at the unit."""
    day = today()
    return Table(
        rows,
        (
            Column("name", _("Namn"), _name, heads_row=True),
            Column("role", _("Tjänst"), lambda row: _(row.role)),
            Column(
                "registered",
                _("Legitimation"),
                lambda row: _("Ja") if row.registered_teacher else _("Nej"),
            ),
            Column("subjects", _("Ämnen"), lambda row: " ".join(row.subjects) or markup.NOTHING),
            Column("from", _("Från"), lambda row: markup.day(row.start_date)),
            Column(
                "to",
                _("Till"),
                lambda row: markup.day(row.end_date) if row.end_date else _("tills vidare"),
            ),
            Column("state", _("Läge"), lambda row: _state(row, day)),
            Column("account", _("Konto"), _account),
            Column("end", _("Sista dag"), lambda row: _end_link(row, unit), screen_only=True),
        ),
        caption=_("Personal vid {name}").format(name=unit.name),
        caption_hidden=True,
        export="personal",
        every=every,
    )


def _name(row: DutyRow) -> SafeString:
    """Return a name without its number; a hidden identity has its case number instead."""
    name = name_link(row.person.id, markup.person_name(row.person))
    if not row.person.masked:
        return name
    return format_html("{}<small>{}</small>", name, markup.person_number(row.person))


def _account(row: DutyRow) -> SafeString | str:
    if row.user_id:
        url = reverse("accounts:detail", args=[row.user_id])
        return format_html('<a href="{}">{}</a>', url, row.username)
    return _("Har konto") if row.has_account else _("inget konto")


def _end_link(row: DutyRow, unit: UnitRow) -> SafeString:
    url = reverse("organisation:end-duty", args=[unit.id, row.id])
    heard = _("Sista dag för {who}, {role}").format(who=row.person.label, role=_(row.role).lower())
    return format_html('<a href="{}" aria-label="{}">{}</a>', url, heard, _("Sista dag"))


def _state(row: DutyRow, day: date) -> SafeString:
    if row.start_date > day:
        return markup.status("open", _("Kommer"))
    if _is_past(row, day):
        return markup.status("none", _("Slut"))
    return markup.status("done", _("Pågår"))


def _is_past(row: DutyRow, day: date) -> bool:
    return row.end_date is not None and row.end_date < day


def _duty(actor: Actor, unit_id: UUID, duty_id: UUID) -> DutyRow:
    """Return one of the unit's duties; raises `NotFoundError` for any other."""
    for each in duties_at(actor, unit_id, places_of(actor)):
        if each.id == duty_id:
            return each
    raise NotFoundError


def _unit_page(unit_id: UUID) -> str:
    return reverse("organisation:unit", args=[unit_id])
