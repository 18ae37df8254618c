"""The rights in Swedish, each with the law, the manual's page or the policy that it stands on."""

from dataclasses import dataclass
from typing import Final

from provning.kernel.actors import Permission

P = Permission
ROUTINE: Final = "Manual s. 1"
CATALOGUE: Final = "Förordning (2011:1108) 4 kap. 11 §"
SECURITY: Final = "Dataskyddsförordningen artikel 32"
POLICY: Final = "Policy"


@dataclass(frozen=True, slots=True)
class Right:
    """One right as it is read: what it lets somebody do, and by what source."""

    name: str
    source: str


RIGHTS: Final = {
    P.VIEW_GROUPS: Right("se prövningsgrupper", SECURITY),
    P.EDIT_GROUPS: Right("skapa och ändra prövningsgrupper", ROUTINE),
    P.VIEW_PERSONS: Right("söka och se personer", SECURITY),
    P.PLACE_PERSONS: Right("placera personer i grupper", ROUTINE),
    P.REGISTER_PERSONS: Right("registrera och skriva in personer", ROUTINE),
    P.VIEW_PROTECTED: Right(
        "se skyddade personuppgifter", "Offentlighets- och sekretesslagen (2009:400) 21 kap. 3 §"
    ),
    P.SEND_REQUESTS: Right("skicka begäran till Vuxenutbildningscentrum", "Manual s. 2"),
    P.HANDLE_REQUESTS: Right("handlägga begäran", ROUTINE),
    P.DRAFT_GRADES: Right("skriva betygsutkast", ROUTINE),
    P.DECIDE_GRADES: Right(
        "besluta betyg", "Skollagen (2010:800) 3 kap. 16 och 20 §§ och 20 kap. 41 §"
    ),
    P.CORRECT_GRADES: Right("rätta betyg", "Skollagen (2010:800) 3 kap. 19 §"),
    P.VIEW_CATALOGUES: Right("se betygskataloger", SECURITY),
    P.MAKE_CATALOGUES: Right("skriva ut betygskataloger", CATALOGUE),
    P.SEND_DELIVERIES: Right("skicka leveranser", "Manual s. 4"),
    P.RECEIVE_DELIVERIES: Right("ta emot leveranser", "Manual s. 4"),
    P.SIGN_CATALOGUES: Right("underteckna betygskataloger", "Manual s. 4"),
    P.ISSUE_EXTRACTS: Right("utfärda utdrag", "Förordning (2011:1108) 4 kap. 22 §"),
    P.EXCHANGE_GRADES: Right("utbyta betyg med andra system", POLICY),
    P.VIEW_REPORTS: Right("se underlag till myndigheter", POLICY),
    P.MAKE_REPORTS: Right("göra underlag till myndigheter", POLICY),
    P.MANAGE_ORGANISATION: Right("sköta organisationen", POLICY),
    P.MANAGE_ACCOUNTS: Right("sköta konton", SECURITY),
    P.GIVE_ROLES: Right("ge roller", SECURITY),
    P.REVIEW_ROLES: Right("granska och avsluta roller", SECURITY),
    P.DELEGATE: Right("delegera", "Skollagen (2010:800) 2 kap. 10 §"),
    P.VIEW_AUDIT: Right(
        "se händelseloggen och åtkomstloggen", "Dataskyddsförordningen artikel 5.2"
    ),
    P.DISPOSE: Right("gallra", "Arkivlagen (1990:782) 10 §"),
}
