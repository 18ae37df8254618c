"""What local custom there is: each policy's key, its default and what its values mean."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

PolicyValue = str | int


class PolicyKey(StrEnum):
    """What differs between municipalities and is therefore data with validity dates."""

    GY25_NAMING = "gy25_naming"
    REGISTER_WITHIN_DAYS = "register_within_days"
    REQUESTS_MAIL_TO = "requests_mail_to"
    CATALOGUE_SIGNING = "catalogue_signing"
    DELIVERY_PERIOD = "delivery_period"
    DELIVER_WITHIN_DAYS = "deliver_within_days"
    RECEIVE_WITHIN_DAYS = "receive_within_days"
    REMIND_DAYS = "remind_days"
    DELIVERY_EXCEPTIONS = "delivery_exceptions"
    KEEP_REQUESTS_MONTHS = "keep_requests_months"
    KEEP_OUTCOME_REASONS_MONTHS = "keep_outcome_reasons_months"
    KEEP_WITHDRAWN_DRAFTS_DAYS = "keep_withdrawn_drafts_days"
    KEEP_ORDERS_DAYS = "keep_orders_days"
    KEEP_IMPORTS_DAYS = "keep_imports_days"
    CATALOGUE_PRINCIPAL = "catalogue_principal"
    EXTRACT_ISSUER = "extract_issuer"
    EXTRACT_PRINCIPAL = "extract_principal"
    REPORT_PROTECTED = "report_protected"
    CSN_TRIALS = "csn_trials"
    FEED_PROTECTED = "feed_protected"
    GRADES_COME_FROM = "grades_come_from"
    REVIEW_ROLES_WITHIN_DAYS = "review_roles_within_days"


class SigningMode(StrEnum):
    """How the people of an organiser sign their catalogues."""

    PAPER = "paper"
    ELECTRONIC_WITH_PAPER = "electronic_with_paper"
    ELECTRONIC = "electronic"


@dataclass(frozen=True, slots=True)
class PolicyKind:
    """One policy as a screen presents it; `choices` is empty where any value of the type will do.

    `lowest` and `highest` bound a number, both inclusive; `mail` says that a text is an address.
    """

    key: PolicyKey
    label: str
    meaning: str
    default: PolicyValue
    source: str
    choices: tuple[tuple[str, str], ...] = ()
    lowest: int = 0
    highest: int = 0
    mail: bool = False

    def shown(self, value: PolicyValue) -> str:
        """Return a value as it is read: its label, or the value itself; "" for an empty text."""
        return dict(self.choices).get(str(value), str(value))


ALL_POLICIES: Final = (
    PolicyKind(
        PolicyKey.GY25_NAMING,
        "Gruppnamn för nivåer i Gy25",
        "Vilken del av kurskoden som står i gruppnamnet när kursen är en nivå i Gy25.",
        "full_code",
        "Manualen är äldre än Gy25",
        (("full_code", "hela koden"), ("last_part", "sista delen av koden")),
    ),
    PolicyKind(
        PolicyKey.REGISTER_WITHIN_DAYS,
        "Dagar till registrerat betyg",
        "Så många dagar efter prövningsdatum som betyget senast ska vara registrerat och låst.",
        14,
        "Leverantörswebben, Prov och betyg",
        lowest=1,
        highest=365,
    ),
    PolicyKind(
        PolicyKey.REQUESTS_MAIL_TO,
        "E-post till Vuxenutbildningscentrum",
        "Dit går ett meddelande utan personuppgifter när en anordnare begär registrering.",
        "",
        "Manual s. 3",
        mail=True,
    ),
    PolicyKind(
        PolicyKey.CATALOGUE_SIGNING,
        "Underskrift av betygskatalogen",
        "Hur den som beslutat betygen skriver under. Med papper som kopia går båda sätten.",
        SigningMode.PAPER,
        "Manual s. 4",
        (
            (SigningMode.PAPER, "med penna på papper"),
            (SigningMode.ELECTRONIC_WITH_PAPER, "elektroniskt, med papper som kopia"),
            (SigningMode.ELECTRONIC, "bara elektroniskt"),
        ),
    ),
    PolicyKind(
        PolicyKey.DELIVERY_PERIOD,
        "Leverans av betygskataloger",
        "Hur ofta undertecknade betygskataloger skickas till Vuxenutbildningscentrum.",
        "year",
        "Manual s. 4",
        (("year", "en gång om året"), ("term", "varje termin")),
    ),
    PolicyKind(
        PolicyKey.DELIVER_WITHIN_DAYS,
        "Dagar till leverans",
        "Så många dagar efter periodens slut som betygskatalogerna senast ska vara skickade.",
        60,
        "Policy",
        lowest=1,
        highest=730,
    ),
    PolicyKind(
        PolicyKey.RECEIVE_WITHIN_DAYS,
        "Dagar till mottagen leverans",
        "Så många dagar efter att leveransen skickades som den senast ska vara mottagen.",
        21,
        "Policy",
        lowest=1,
        highest=365,
    ),
    PolicyKind(
        PolicyKey.REMIND_DAYS,
        "Dagar före påminnelse om leverans",
        "Så många dagar före sista dagen som den som ska skicka eller ta emot påminns med e-post.",
        14,
        "Policy",
        lowest=0,
        highest=180,
    ),
    PolicyKind(
        PolicyKey.DELIVERY_EXCEPTIONS,
        "Undantag vid leverans",
        "Vad som får saknas i en leverans när det finns ett skrivet skäl.",
        "ungraded",
        "Policy",
        (
            ("none", "ingenting"),
            ("ungraded", "betyg som inte är satta än"),
            ("ungraded_unsigned", "betyg som inte är satta än, och underskrifter"),
        ),
    ),
    PolicyKind(
        PolicyKey.KEEP_REQUESTS_MONTHS,
        "Månader till gallring av begäran",
        "Så länge en avslutad begäran till Vuxenutbildningscentrum finns kvar.",
        24,
        "Policy",
        lowest=1,
        highest=240,
    ),
    PolicyKind(
        PolicyKey.KEEP_OUTCOME_REASONS_MONTHS,
        "Månader till gallring av skäl till utfall",
        "Så länge texten om varför en prövning inte gav betyg finns kvar efter prövningsdatum.",
        24,
        "Policy",
        lowest=1,
        highest=240,
    ),
    PolicyKind(
        PolicyKey.KEEP_WITHDRAWN_DRAFTS_DAYS,
        "Dagar till gallring av utkast",
        "Så länge ett betygsutkast finns kvar för en prövning som inte ska ge betyg.",
        90,
        "Policy",
        lowest=1,
        highest=3650,
    ),
    PolicyKind(
        PolicyKey.KEEP_ORDERS_DAYS,
        "Dagar till gallring av beställningar",
        "Så länge en avslutad beställning av betygskatalog eller utdrag finns kvar.",
        90,
        "Policy",
        lowest=1,
        highest=3650,
    ),
    PolicyKind(
        PolicyKey.KEEP_IMPORTS_DAYS,
        "Dagar till gallring av uppladdade filer",
        "Så länge en fil som lästs in, eller inte blev inläst, finns kvar med sina rader.",
        30,
        "Policy",
        lowest=1,
        highest=3650,
    ),
    PolicyKind(
        PolicyKey.CATALOGUE_PRINCIPAL,
        "Rektors underskrift i betygskatalogen",
        "Vad rektor skriver under: bara det rektor själv har beslutat, eller hela katalogen.",
        "decided",
        "Manual s. 4",
        (("decided", "det rektor har beslutat"), ("all", "hela katalogen, efter lärarna")),
    ),
    PolicyKind(
        PolicyKey.EXTRACT_ISSUER,
        "Vem som utfärdar utdrag ur betygskatalogen",
        "Om rektor hos anordnaren utfärdar utdragen, eller om hemkommunen gör det för alla.",
        "provider",
        "Förordning (2011:1108) 4 kap. 22 §",
        (("provider", "rektor hos anordnaren"), ("organiser", "hemkommunen")),
    ),
    PolicyKind(
        PolicyKey.EXTRACT_PRINCIPAL,
        "Rektor för utdrag från hemkommunen",
        "Namnet under underskriften när hemkommunen utfärdar utdragen.",
        "",
        "Förordning (2011:1108) 4 kap. 22 §",
    ),
    PolicyKind(
        PolicyKey.REPORT_PROTECTED,
        "Skyddade personer i underlag till myndigheter",
        "Om personer med skyddade personuppgifter står i filerna, eller lämnas på annat sätt.",
        "left_out",
        "Policy",
        (("left_out", "lämnas på annat sätt"), ("included", "står i filen")),
    ),
    PolicyKind(
        PolicyKey.CSN_TRIALS,
        "Prövning i underlag till CSN",
        "En prövning är inte studier och ger inget studiestöd.",
        "excluded",
        "Studiestödsförordningen (2000:655) 6 kap. 9–11 §§",
        (("excluded", "lämnas inte"), ("included", "lämnas")),
    ),
    PolicyKind(
        PolicyKey.FEED_PROTECTED,
        "Skyddade personer i filer till andra system",
        "Om personer med skyddad identitet är med i filer till andra system. I Betyg XML står bara"
        " ett id, aldrig namn eller nummer.",
        "left_out",
        "Offentlighets- och sekretesslagen (2009:400) 21 kap. 3 §",
        (("left_out", "de är inte med"), ("included", "de är med, utan namn och nummer")),
    ),
    PolicyKind(
        PolicyKey.GRADES_COME_FROM,
        "Systemet som Betyg XML och IMS läses in från",
        "Namnet på det andra systemet, så som det visas hos eleven.",
        "Ping Pong",
        "Policy",
    ),
    PolicyKind(
        PolicyKey.REVIEW_ROLES_WITHIN_DAYS,
        "Dagar mellan granskningar av roller",
        "Så länge en roll gäller innan någon som ansvarar för den har gått igenom den på nytt.",
        365,
        "Dataskyddsförordningen artikel 32",
        lowest=30,
        highest=730,
    ),
)


def policy_mark(key: str) -> str:
    """Return how an event's facts, as they are stored, name a policy."""
    return f'"key":"{key}"'


POLICIES: Final = {kind.key: kind for kind in ALL_POLICIES}
