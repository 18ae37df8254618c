"""A verification report as people read it: who, when, and what there is against a signature."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from provning.catalogues.rows import CheckRow, ElectronicRow
from provning.signing.reports import Coverage, SignatureKind, SignatureReport
from provning.web import markup
from provning.web.tables import Column, Table

FINDINGS = {
    "not_as_printed": gettext_noop("Filen börjar inte med katalogen så som den skrevs."),
    "lacks_registered": gettext_noop("En registrerad underskrift finns inte i filen."),
    "has_unregistered": gettext_noop("Filen har en underskrift som inte är registrerad."),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check came to: the notice's state, its title, and what there is against the file."""

    state: str
    title: str
    against: tuple[str, ...] = ()


def check_outcome(row: ElectronicRow) -> Outcome | None:
    """Return what the latest check of the newest file says; None when nothing is signed."""
    if row.document is None:
        return None
    check = row.check
    if check is None or check.sha256 != row.document.sha256:
        return Outcome("", _("Den senaste filen är inte kontrollerad än"))
    if check.valid:
        return Outcome("ok", _("Underskrifterna är giltiga"))
    against = tuple(_(FINDINGS[each]) for each in check.findings)
    return Outcome("bad", _("Filen eller en underskrift är inte giltig"), against)


def check_table(check: CheckRow) -> Table[SignatureReport]:
    """Return the signatures and seals in the order they were made."""
    return Table(
        rows=check.report.signatures,
        columns=(
            Column("name", _("Vem"), _who, heads_row=True),
            Column("at", _("När"), _when),
            Column("level", _("Nivå"), lambda each: each.level),
            Column("standing", _("Läge"), _standing),
        ),
        caption=_("Underskrifter i filen"),
        caption_hidden=True,
        export="underskrifter-i-filen",
    )


def _who(each: SignatureReport) -> SafeString | str:
    if each.kind == SignatureKind.SEAL:
        return _("Försegling")
    return format_html("{}<small>{}</small>", each.name or markup.NOTHING, each.reason)


def _when(each: SignatureReport) -> SafeString:
    proven = _("tidsstämplad") if each.timestamped else _("egen uppgift")
    return format_html("{}<small>{}</small>", markup.day(each.at), proven)


def _standing(each: SignatureReport) -> SafeString:
    if not each.intact:
        return markup.status("late", _("Innehållet är ändrat"))
    if each.coverage == Coverage.CHANGED:
        return markup.status("late", _("Något har lagts till efteråt"))
    if not each.trusted:
        return markup.status("late", _("Utfärdaren är inte betrodd"))
    return markup.status("done", _("Giltig"))
