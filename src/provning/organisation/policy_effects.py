"""What each policy's new value touches and what stays as it is, in words.

The rooms above add how many, where that can be counted (`above.declare_effect`).
"""

from typing import Final

from provning.organisation.policies_data import PolicyKey

AFTER_TODAY: Final = (
    "Det som redan har gallrats kommer inte tillbaka, och inget gallras av sig självt."
)
EFFECT_LABELS: Final = {
    PolicyKey.GY25_NAMING: "Grupper som redan finns behåller sina namn.",
    PolicyKey.REGISTER_WITHIN_DAYS: (
        "Sista dagen räknas om för betyg som inte är satta. Satta betyg ändras inte."
    ),
    PolicyKey.REQUESTS_MAIL_TO: "Nästa meddelande går till den nya adressen.",
    PolicyKey.CATALOGUE_SIGNING: (
        "Underskrifter som redan finns gäller. Nya underskrifter görs på det nya sättet."
    ),
    PolicyKey.DELIVERY_PERIOD: "Leveranser som redan är förberedda ändras inte.",
    PolicyKey.DELIVER_WITHIN_DAYS: "Sista dagen räknas om för leveranser som inte är skickade.",
    PolicyKey.RECEIVE_WITHIN_DAYS: (
        "Sista dagen räknas om för leveranser som skickas från den dagen."
    ),
    PolicyKey.REMIND_DAYS: "Påminnelser som redan är skickade skickas inte igen.",
    PolicyKey.DELIVERY_EXCEPTIONS: "Leveranser som redan är skickade ändras inte.",
    PolicyKey.KEEP_REQUESTS_MONTHS: AFTER_TODAY,
    PolicyKey.KEEP_OUTCOME_REASONS_MONTHS: AFTER_TODAY,
    PolicyKey.KEEP_WITHDRAWN_DRAFTS_DAYS: AFTER_TODAY,
    PolicyKey.KEEP_ORDERS_DAYS: AFTER_TODAY,
    PolicyKey.KEEP_IMPORTS_DAYS: AFTER_TODAY,
    PolicyKey.CATALOGUE_PRINCIPAL: "Betygskataloger som redan är undertecknade ändras inte.",
    PolicyKey.EXTRACT_ISSUER: "Utdrag som redan är utfärdade gäller.",
    PolicyKey.EXTRACT_PRINCIPAL: "Namnet står på nästa utdrag. Utdrag som finns ändras inte.",
    PolicyKey.REPORT_PROTECTED: "Nästa underlag följer det nya. Lämnade underlag ändras inte.",
    PolicyKey.CSN_TRIALS: "Nästa underlag följer det nya. Lämnade underlag ändras inte.",
    PolicyKey.FEED_PROTECTED: "Nästa fil följer det nya. Filer som redan är hämtade ändras inte.",
    PolicyKey.REVIEW_ROLES_WITHIN_DAYS: "Nästa granskning räknas från den senaste.",
    PolicyKey.GRADES_COME_FROM: "Namnet står vid betyg som läses in från den dagen.",
}
