"""The screen of record: one version, who has signed it, what remains, and the versions before."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.catalogues.actions import register_signatures
from provning.catalogues.queries import catalogue_record
from provning.catalogues.rows import CatalogueRecord, CatalogueRow, SignatureRow
from provning.kernel.actors import Permission
from provning.web import markup
from provning.web.catalogues.electronic import electronic_context
from provning.web.catalogues.forms import SignaturesForm, field_of, scanned
from provning.web.catalogues.remaining import checklist_of, headline_of
from provning.web.clock import today
from provning.web.forms import ShownProblem, problems_on
from provning.web.permissions import screen
from provning.web.responses import page
from provning.web.screen_request import ScreenRequest
from provning.web.tables import Column, Table

READERS = (Permission.VIEW_CATALOGUES, Permission.SIGN_CATALOGUES)
FEW_CHANGES = 6


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signer's line: its state, and the field for the day while the signature is missing."""

    row: SignatureRow
    state: SafeString
    field: BoundField | None
    input: str
    problems: list[ShownProblem]
    in_place_url: str


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of the series, with what differs from the one before."""

    row: CatalogueRow
    title: str
    state: SafeString
    first: tuple[str, ...]
    rest: tuple[str, ...]
    current: bool


@screen(permission=READERS)
def record(request: ScreenRequest, catalogue_id: UUID) -> HttpResponse:
    """Show a version of record; take the days that signatures on paper were given."""
    found = catalogue_record(request.actor, catalogue_id, today())
    rows = _to_register(found)
    form = SignaturesForm(request.POST or None, request.FILES or None, rows=rows)
    if request.method == "POST" and form.is_valid():
        with problems_on(form, form.places()):
            made = register_signatures(
                actor=request.actor,
                catalogue_id=catalogue_id,
                signings=form.signings(),
                scan=scanned(form),
                today=today(),
            )
            messages.success(request, _registered(len(made)))
            return redirect("catalogues:record", catalogue_id)
    context = _context(found, form) | electronic_context(request.actor, catalogue_id)
    return page(request, "catalogues/record.html", context, form=form)


def _to_register(found: CatalogueRecord) -> list[SignatureRow]:
    """Return the missing lines whose signature the reader may register."""
    if not found.to_sign:
        return []
    return [row for row in found.missing if row.signer_id in found.may_register]


def _registered(count: int) -> str:
    text = ngettext("%(n)s underskrift registrerades.", "%(n)s underskrifter registrerades.", count)
    return text % {"n": count}


def _context(found: CatalogueRecord, form: SignaturesForm) -> dict[str, object]:
    return {
        "record": found,
        "catalogue": found.catalogue,
        "headline": headline_of(found, today()),
        "lines": [_signature_line(found, row, form) for row in found.rows],
        "signed": sum(row.signed for row in found.rows),
        "signatures": _signature_list(found),
        "checklist": checklist_of(found),
        "versions": [_version_line(found, row) for row in found.versions],
    }


def _signature_list(found: CatalogueRecord) -> Table[SignatureRow]:
    """Return who signs and who has, as a list to take out."""

    def day(row: SignatureRow) -> SafeString:
        return markup.day(row.signature.signed_on if row.signature else None)

    return Table(
        found.rows,
        (
            Column("who", _("Undertecknas av"), lambda row: row.signer_name, heads_row=True),
            Column("role", _("Roll"), lambda row: _(row.role_label)),
            Column("decisions", _("Beslut"), lambda row: row.decisions, align="n"),
            Column("state", _("Läge"), lambda row: _state(found, row)),
            Column("day", _("Dag"), day),
        ),
        caption=_("Underskrifter"),
        export="underskrifter",
    )


def _signature_line(
    found: CatalogueRecord, row: SignatureRow, form: SignaturesForm
) -> SignatureLine:
    name = field_of(row)
    bound = form[name] if name in form.fields else None
    problems = form.problems_at(name) if bound else []
    attrs: dict[str, str | bool] = (
        {"aria-invalid": "true", "aria-describedby": f"id_{name}-e"} if problems else {}
    )
    others = any(each.person_id != row.signer_id for each in found.principals)
    in_place = bound is not None and found.may_make and others
    address = reverse("catalogues:in-place", args=[found.catalogue.id])
    return SignatureLine(
        row=row,
        state=_state(found, row),
        field=bound,
        input=bound.as_widget(attrs=attrs) if bound else "",
        problems=problems,
        in_place_url=f"{address}?signer={row.signer_id}" if in_place else "",
    )


def _state(found: CatalogueRecord, row: SignatureRow) -> SafeString:
    """Say how it stands with one signer, in words first."""
    if row.signature:
        text = _("Undertecknad av rektor") if row.signature.in_place else _("Undertecknad")
        return markup.status("done", text)
    if row.attests and any(each != row for each in found.missing):
        return markup.status("away", _("Efter lärarna"))
    return markup.status("open", _("Saknas"))


def _version_line(found: CatalogueRecord, row: CatalogueRow) -> VersionLine:
    number = _("Preliminär {n}") if row.preliminary else _("Version {n}")
    return VersionLine(
        row=row,
        title=number.format(n=row.version),
        state=standing(row),
        first=row.changes[:FEW_CHANGES],
        rest=row.changes[FEW_CHANGES:],
        current=row.id == found.catalogue.id,
    )


def standing(row: CatalogueRow) -> SafeString:
    """Say whether a version holds, is preliminary or has been replaced."""
    if not row.latest:
        return markup.status("none", _("Ersatt av en nyare"))
    if row.preliminary:
        return markup.status("prelim", _("Preliminär, undertecknas inte"))
    return markup.status("locked", _("Gäller"))
