"""What makes a person, an enrolment and a duty right; pure, and everything wrong at once."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from provning.kernel.problems import Problem

POPULATION_ACT = "Folkbokföringslagen (1991:481) 18 §"
PROTECTION = "SS 12000 securityMarking"
MANUAL = "Manual s. 3"
DUTY_ROLE = "SS 12000 dutyRole"
SS12000 = "SS 12000 personStatus"
POLICY = "Policy"
CASE_NUMBER = re.compile(r"SI-[0-9]{6}")
MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
LONGEST_NAME = 120
LONGEST_SUBJECTS = 400
PROTECTIONS = ("Ingen", "Sekretessmarkering", "Skyddad folkbokföring")
STATUSES = ("Aktiv", "Utvandrad", "Avliden")
ACTIVE = "Aktiv"
DECEASED = "Avliden"
DUTY_ROLES = ("Lärare", "Rektor")

Period = tuple[date, date | None]


def case_number_after(latest: str | None) -> str:
    """Return the case number that follows the latest one given; they say nothing of the person."""
    return f"SI-{int(latest[3:]) + 1 if latest else 1:06d}"


def name_problems(given_name: str, family_name: str) -> list[Problem]:
    """Refuse a person without any name, and names that cannot be stored whole."""
    if not given_name and not family_name:
        message = "Namnet saknas. Skriv det som i folkbokföringen; ett enda namn räcker."
        return [Problem("person-name-empty", "given_name", message, POLICY)]
    problems = []
    for field, name in (("given_name", given_name), ("family_name", family_name)):
        if len(name) > LONGEST_NAME:
            message = "Namnet är längre än {longest} tecken. Jämför det med folkbokföringen."
            params = {"longest": LONGEST_NAME}
            problems.append(Problem("person-name-long", field, message, POLICY, params))
        elif any(unicodedata.category(each) in {"Cc", "Cn", "Co"} for each in name):
            message = "Namnet har ett tecken som inte är en bokstav. Skriv in namnet för hand."
            problems.append(Problem("person-name-sign", field, message, POLICY))
    return problems


def person_problems(
    given_name: str, family_name: str, protection: str, email: str
) -> list[Problem]:
    """Say everything that is wrong with a person apart from the number."""
    problems = name_problems(given_name, family_name) + protection_problems(protection)
    if email and not MAIL.fullmatch(email):
        message = "”{email}” är ingen e-postadress. Rätta den eller lämna fältet tomt."
        problems.append(Problem("person-mail", "email", message, POLICY, {"email": email}))
    return problems


def protection_problems(protection: str) -> list[Problem]:
    """Refuse a marking that the folkbokföring does not have."""
    if protection in PROTECTIONS:
        return []
    message = "Välj Ingen, Sekretessmarkering eller Skyddad folkbokföring."
    return [Problem("protection-unknown", "protection", message, PROTECTION)]


def status_problems(status: str) -> list[Problem]:
    """Refuse a status that SS 12000 does not have."""
    if status in STATUSES:
        return []
    message = "Välj Aktiv, Utvandrad eller Avliden."
    return [Problem("person-status-unknown", "status", message, SS12000)]


def status_day_problems(
    status: str, on: date | None, *, born: date | None, decided: date | None, today: date
) -> list[Problem]:
    """Say what is wrong with the day of death or emigration; an active person has none.

    `decided` is the day of the latest grade decided about the person, rättelser apart.
    """
    if status not in STATUSES or status == ACTIVE:
        return []
    if on is None:
        return [status_day_missing()]
    problems = []
    if on > today:
        message = "Dagen {day} har inte varit än. Rätta den."
        params = {"day": on.isoformat()}
        problems.append(Problem("person-status-day-future", "status_on", message, POLICY, params))
    if born and on < born:
        message = "Dagen {day} är före födelsedagen {born}. Rätta dagen."
        params = {"day": on.isoformat(), "born": born.isoformat()}
        problems.append(Problem("person-status-day-birth", "status_on", message, POLICY, params))
    if status == DECEASED and decided and decided > on:
        problems.append(_decided_after(on, decided))
    return problems


def status_day_missing() -> Problem:
    """Say that a death or an emigration has no day."""
    message = "Dagen saknas. Skriv den som i folkbokföringen."
    return Problem("person-status-day-missing", "status_on", message, SS12000)


def _decided_after(on: date, decided: date) -> Problem:
    message = (
        "Ett betyg beslutades {decided}, efter dagen {day}. Jämför med folkbokföringen och rätta"
        " dagen eller statusen. Är betyget fel rättas det av rektor."
    )
    params = {"day": on.isoformat(), "decided": decided.isoformat()}
    return Problem("person-status-day-decided", "status_on", message, SS12000, params)


def merge_problems(*, same: bool, chained: bool, staff: bool) -> list[Problem]:
    """Say why two rows cannot become one person."""
    problems = []
    if same:
        message = "Det är samma post. Skriv numret på den andra."
        problems.append(Problem("merge-same", "identity_number", message, POLICY))
    if chained and not same:
        message = "En av posterna är redan sammanförd med en annan. Börja med den."
        problems.append(Problem("merge-chained", "identity_number", message, POLICY))
    if staff:
        message = "Posten som försvinner har tjänst eller konto. Avsluta det först."
        problems.append(Problem("merge-staff", "identity_number", message, POLICY))
    return problems


def number_taken(display: str) -> Problem:
    """Say that the register already has, or has had, a person with the number."""
    message = (
        "{number} finns redan i registret. Sök upp personen i stället för att lägga upp en ny."
    )
    params = {"number": display}
    return Problem("person-number-taken", "identity_number", message, POPULATION_ACT, params)


def number_twice(display: str) -> Problem:
    """Say that a list has the same number twice."""
    message = "{number} står två gånger i listan. Ta bort den ena raden."
    params = {"number": display}
    return Problem("person-number-twice", "identity_number", message, POLICY, params)


def enrolment_problems(
    start: date, end: date | None, *, unit_fits: bool, status: str
) -> list[Problem]:
    """Say what is wrong with enrolling a person; `unit_fits` when the unit is the provider's."""
    problems = _order_problems("enrolment-dates", start, end, MANUAL)
    if not unit_fits:
        message = "Skolenheten hör inte till anordnaren. Välj en av anordnarens enheter."
        problems.append(Problem("enrolment-unit", "unit", message, MANUAL))
    if status == DECEASED:
        message = "Personen är avliden och kan inte skrivas in. Kontrollera numret."
        problems.append(Problem("enrolment-deceased", "identity_number", message, SS12000))
    return problems


def duty_problems(
    role: str, subjects: str, start: date, end: date | None, *, held: Iterable[Period]
) -> list[Problem]:
    """Say what is wrong with a duty; `held` are the same person's days in the same role there."""
    problems = _order_problems("duty-dates", start, end, POLICY)
    if role not in DUTY_ROLES:
        message = "Välj Lärare eller Rektor."
        problems.append(Problem("duty-role-unknown", "role", message, DUTY_ROLE))
    if len(subjects) > LONGEST_SUBJECTS:
        message = "Ämneskoderna tar mer än {longest} tecken. Ta bort dem som inte behövs."
        params = {"longest": LONGEST_SUBJECTS}
        problems.append(Problem("duty-subjects-long", "subjects", message, POLICY, params))
    if any(_overlap((start, end), each) for each in held):
        message = "Personen har redan samma tjänst där. Avsluta den först eller välj andra dagar."
        problems.append(Problem("duty-held", "start_date", message, POLICY))
    return problems


def duty_end_problems(start: date, end: date) -> list[Problem]:
    """Refuse to end a duty before it began."""
    return _order_problems("duty-dates", start, end, POLICY)


def own_link_problems(actor_id: str, user_id: UUID) -> list[Problem]:
    """Refuse to let anybody say who they are themselves."""
    if actor_id != str(user_id):
        return []
    message = (
        "Du kan inte bestämma vems ditt eget konto är. Be någon annan som sköter konton att göra"
        " det."
    )
    return [Problem("link-own", "identity_number", message, POLICY)]


def staff_unknown() -> Problem:
    """Say that nobody with a duty within reach has the number, whoever else may have it."""
    message = (
        "Ingen med tjänst hos er har numret. Kontrollera det, eller ge personen en tjänst på"
        " skolenhetens sida under Organisation först."
    )
    return Problem("link-person-unknown", "identity_number", message, POLICY)


def staff_other_name() -> Problem:
    """Say that name and number do not agree; the same whoever has the number, in scope or not.

    A refusal cannot hide that the register has the number: one that nobody has is taken, and to
    take any name would put the duty on the wrong person. What is left is the least there is:
    nothing of whose it is, the whole number typed by who gives duties, and the search in the
    access log.
    """
    message = "Namnet stämmer inte med numret. Kontrollera både namnet och numret."
    return Problem("staff-other-name", "identity_number", message, POLICY)


def account_problems(*, person_has_account: bool, account_has_person: bool) -> list[Problem]:
    """Keep one account per person and one person per account."""
    problems = []
    if person_has_account:
        message = "Personen har redan ett konto. Använd det."
        problems.append(Problem("person-has-account", "person", message, POLICY))
    if account_has_person:
        message = "Kontot hör redan till en annan person. Skapa ett eget konto åt den här."
        problems.append(Problem("account-has-person", "user", message, POLICY))
    return problems


def saved_meanwhile() -> Problem:
    """Say that somebody else stored the same in the same moment."""
    message = "Någon annan sparade samma sak nyss. Ladda om sidan."
    return Problem("belonging-saved-meanwhile", "", message)


def take_back_problems(*, changed: bool, used: bool, case_number: str) -> list[Problem]:
    """Say why a person who was registered by mistake cannot be taken away."""
    problems = []
    if changed:
        message = "Personen har ändrats sedan dess och tas inte bort. Rätta personen i stället."
        problems.append(Problem("person-changed-since", "", message, POLICY))
    if used:
        problems.append(person_used())
    if case_number:
        problems.append(_case_number_given(case_number))
    return problems


def _case_number_given(number: str) -> Problem:
    message = (
        "Personen har ett ärendenummer för skyddad identitet, {number}, som inte får ges till"
        " någon annan. Personen står kvar."
    )
    return Problem("person-case-number-given", "", message, PROTECTION, {"number": number})


def person_used() -> Problem:
    """Say that something has been built upon a person."""
    message = (
        "Personen är inskriven, placerad eller har en tjänst sedan dess och tas inte bort. Ta"
        " tillbaka det först."
    )
    return Problem("person-used", "", message, POLICY)


def overlaps(start: date, end: date | None, held: Iterable[Period]) -> bool:
    """Say whether any of the periods, inclusive at both ends, shares a day with start to end."""
    return any(_overlap((start, end), each) for each in held)


def _overlap(one: Period, other: Period) -> bool:
    return one[0] <= (other[1] or date.max) and other[0] <= (one[1] or date.max)


def _order_problems(code: str, start: date, end: date | None, source: str) -> list[Problem]:
    if end is None or end >= start:
        return []
    message = "Sista dagen {last} är före första dagen {first}. Rätta en av dem."
    params = {"first": start.isoformat(), "last": end.isoformat()}
    return [Problem(code, "end_date", message, source, params)]
