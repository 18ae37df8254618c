"""What the reporting screens call things."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from provning.reporting.layout import Target
from provning.reporting.rules import Severity

TARGETS: dict[str, str | Promise] = {
    Target.SCB: _("SCB, kurser och resultat i komvux"),
    Target.UHR: _("UHR, betyg på gymnasial nivå"),
    Target.CSN: _("CSN, studietid och resultat"),
}
SEVERITIES: dict[Severity, tuple[str, str | Promise]] = {
    Severity.STOP: ("late", _("Måste rättas")),
    Severity.LEFT_OUT: ("away", _("Inte med i filen")),
    Severity.CHECK: ("soon", _("Kontrollera")),
}
FINDINGS: dict[str, str | Promise] = {
    "report-number-missing": _("Personnummer saknas"),
    "report-number-form": _("Tillfälligt nummer som inte tas emot"),
    "report-number-temporary": _("Tillfälligt nummer"),
    "report-number-manual": _("Nummer som lämnas på papper"),
    "report-number-odd": _("Samordningsnummer utan hela födelsedagen"),
    "report-protected-left-out": _("Skyddad person, inte med"),
    "report-protected-included": _("Skyddad person, är med"),
    "report-date-outside-term": _("Datum utanför terminen"),
    "report-date-outside-group": _("Datum utanför gruppens dagar"),
    "report-counted-elsewhere": _("Räknas till en annan period"),
    "report-counted-here": _("Från en annan termins grupp"),
    "report-grade-late": _("Betyg saknas, tiden är ute"),
    "report-grade-waiting": _("Betyg saknas än"),
    "report-exam-ahead": _("Prövningen har inte varit"),
    "report-grade-and-outcome": _("Både betyg och skäl till inget betyg"),
    "report-outside-scale": _("Betyg utanför skalan"),
    "report-teacher-missing": _("Grupp utan lärare"),
    "report-twin": _("Samma prövning två gånger"),
    "report-points-missing": _("Kurs utan poäng"),
    "report-provider-number": _("Organisationsnummer saknas"),
    "report-unit-code": _("Skolenhetskod saknas"),
    "report-value-unfit": _("Ryms inte i kolumnen"),
}
COUNTS: dict[str, str | Promise] = {
    "rows": _("Rader"),
    "persons": _("Personer"),
    "graded": _("Med betyg"),
    "ungraded": _("Utan betyg"),
    "protected": _("Med skyddade personuppgifter"),
    "left_out": _("Prövningar som inte är med"),
}
