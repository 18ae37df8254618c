"""When a request may be sent, and what may be done with it where it stands: pure, no queries."""

from provning.kernel.problems import Problem

MANUAL = "Manual s. 2"
POLICY = "Policy"


def name_problems(given_name: str) -> list[Problem]:
    """Ask for the name that Vuxenutbildningscentrum compares with the folkbokföring."""
    if given_name.strip():
        return []
    message = "Förnamn saknas. Skriv personens namn som i folkbokföringen."
    return [Problem("request-name-missing", "given_name", message, MANUAL)]


def sending_problems(*, enrolled: bool, asked: bool, group_name: str) -> list[Problem]:
    """Refuse a request that is not needed, or that has been sent already."""
    if enrolled:
        message = (
            "Personen är eller har varit inskriven hos er. Placera personen direkt i {group}, ingen"
            " begäran behövs."
        )
        code, params = "request-person-enrolled", {"group": group_name}
        return [Problem(code, "identity_number", message, MANUAL, params)]
    if asked:
        message = (
            "En begäran för personen till {group} är redan skickad och väntar på svar. Se den under"
            " Begäran."
        )
        params = {"group": group_name}
        return [Problem("request-sent-already", "identity_number", message, MANUAL, params)]
    return []


def other_name() -> Problem:
    """Say that the number is somebody's with another name, and nothing of who they are."""
    message = (
        "Numret hör till någon med ett annat namn. Jämför namn och nummer med folkbokföringen, och"
        " fråga anordnaren om något är fel skrivet."
    )
    return Problem("request-other-name", "", message, POLICY)


def closed(status_label: str) -> Problem:
    """Say that nothing more can be done with the request."""
    message = "Begäran är {status} och kan inte ändras. Skicka en ny om den behövs."
    return Problem("request-closed", "", message, MANUAL, {"status": status_label})


def text_problems(text: str, field: str) -> list[Problem]:
    """Ask for the words that the other side is to read; `field` is a key of `MISSING`."""
    if text.strip():
        return []
    return [Problem(f"request-{field}-missing", field, MISSING[field], MANUAL)]


MISSING = {
    "question": "Frågan saknas. Skriv vad anordnaren behöver svara på.",
    "answer": "Svaret saknas. Skriv ett svar till Vuxenutbildningscentrum.",
    "refusal": "Skälet saknas. Skriv varför begäran avslås, så att anordnaren kan göra rätt.",
}


def nothing_asked() -> Problem:
    """Say that there is no question to answer."""
    message = "Vuxenutbildningscentrum har ingen fråga som väntar på svar."
    return Problem("request-nothing-asked", "answer", message, MANUAL)


def submission_used(group_name: str) -> Problem:
    """Refuse a second request from a form that has already sent one."""
    message = (
        "Formuläret har redan skickat en begäran till {group}. Öppna ett nytt för att skicka en"
        " till."
    )
    return Problem("request-submission-used", "", message, "Policy", {"group": group_name})
