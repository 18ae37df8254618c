"""The classes of data that a client may be given, each under the name its token carries."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_noop


@dataclass(frozen=True, slots=True)
class DataClass:
    """One class of data: its name in a token, and what it is called on screen."""

    code: str
    label: str


DATA_CLASSES: Final = (
    DataClass("organisations", gettext_noop("Organisationer")),
    DataClass("persons", gettext_noop("Personer: namn och inskrivningar")),
    DataClass("persons.civicno", gettext_noop("Personer: personnummer")),
    DataClass("persons.contact", gettext_noop("Personer: e-postadress")),
    DataClass("duties", gettext_noop("Tjänster")),
    DataClass("groups", gettext_noop("Prövningsgrupper")),
    DataClass("activities", gettext_noop("Aktiviteter")),
    DataClass("syllabuses", gettext_noop("Kurser och utbud")),
    DataClass("studyplans", gettext_noop("Kurser i studieplanen")),
    DataClass("grades", gettext_noop("Betyg")),
    DataClass("subscriptions", gettext_noop("Prenumerationer, logg och statistik")),
    DataClass("betyg", gettext_noop("Betyg som XML")),
    DataClass("betygsdokument", gettext_noop("Betygsdokument som XML")),
)
CODES: Final = tuple(each.code for each in DATA_CLASSES)
