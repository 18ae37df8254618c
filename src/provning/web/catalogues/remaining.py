"""What remains before a version can be delivered, in words: the notice on top and the checklist."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from provning.catalogues.rows import CatalogueRecord, SignatureRow, ToPrintRow
from provning.web.pieces import ChecklistItem


@dataclass(frozen=True, slots=True)
class Headline:
    """The condition of the whole page; `state` is "", ok, soon or bad."""

    title: str
    text: str
    state: str = ""


def headline_of(found: CatalogueRecord, today: date) -> Headline:
    """Return what matters most about the version."""
    row = found.catalogue
    if not row.latest:
        text = _("En nyare version har tagit dess plats. Originalet finns kvar i arkivet.")
        return Headline(_("Den här versionen är ersatt"), text)
    if row.preliminary:
        text = _("Den är till för kontroll före terminens slut och undertecknas inte.")
        return Headline(_("Preliminär katalog"), text)
    if found.waits:
        return Headline(_("En ny version behöver skrivas"), why_new(found.waits), "bad")
    if not found.missing:
        return Headline(_("Alla har undertecknat"), _("Katalogen kan levereras."), "ok")
    title = ngettext(
        "%(n)s underskrift saknas", "%(n)s underskrifter saknas", len(found.missing)
    ) % {"n": len(found.missing)}
    days = (today - row.issued_on).days
    text = _("Katalogen skrevs {day}, {ago}. Den kan inte levereras förrän alla har undertecknat.")
    return Headline(title, text.format(day=row.issued_on, ago=ago(days)), "soon")


def ago(days: int) -> str:
    """Return how long ago something was, in whole days."""
    if days <= 0:
        return _("i dag")
    return ngettext("för %(n)s dag sedan", "för %(n)s dagar sedan", days) % {"n": days}


def why_new(waits: ToPrintRow) -> str:
    """Return why a version no longer says what it should."""
    if waits.missing:
        text = ngettext(
            "%(n)s beslut står inte i någon katalog.",
            "%(n)s beslut står inte i någon katalog.",
            waits.missing,
        )
        return text % {"n": waits.missing}
    if waits.replaced:
        text = ngettext(
            "%(n)s betyg har ersatts av en högre nivå sedan utskriften.",
            "%(n)s betyg har ersatts av en högre nivå sedan utskriften.",
            waits.replaced,
        )
        return text % {"n": waits.replaced}
    return _("Uppgifter har ändrats sedan katalogen skrevs.")


def checklist_of(found: CatalogueRecord) -> list[ChecklistItem]:
    """Return what is done and what remains, in the order of the work."""
    if not found.whole or found.catalogue.preliminary:
        return []
    teachers = [row for row in found.rows if not row.attests]
    attesting = [row for row in found.rows if row.attests]
    return [
        _graded(found.ungraded),
        _written(found),
        _signed(_("Undertecknad av dem som har beslutat"), teachers),
        *(_signed(_("Undertecknad av rektor"), [row]) for row in attesting),
    ]


def _graded(ungraded: int) -> ChecklistItem:
    text = _("Alla prövningar i perioden har betyg eller annat utfall")
    if not ungraded:
        return ChecklistItem("done", _("Klar"), text)
    note = ngettext(
        "%(n)s prövning väntar på betyg", "%(n)s prövningar väntar på betyg", ungraded
    ) % {"n": ungraded}
    return ChecklistItem("open", _("Återstår"), text, note)


def _written(found: CatalogueRecord) -> ChecklistItem:
    text = _("Katalogen är skriven och aktuell")
    if found.waits:
        return ChecklistItem("open", _("Återstår"), text, why_new(found.waits))
    row = found.catalogue
    note = _("Version {version}, {day}, {name}").format(
        version=row.version, day=row.issued_on, name=row.made_by_name
    )
    return ChecklistItem("done", _("Klar"), text, note)


def _signed(text: str, rows: list[SignatureRow]) -> ChecklistItem:
    missing = [row.signer_name for row in rows if not row.signed]
    if not missing:
        return ChecklistItem("done", _("Klar"), text)
    note = _("Återstår: {names}").format(names=", ".join(missing))
    if len(missing) == len(rows):
        return ChecklistItem("open", _("Återstår"), text, note)
    word = _("{n} av {total}").format(n=len(rows) - len(missing), total=len(rows))
    return ChecklistItem("part", word, text, note)
