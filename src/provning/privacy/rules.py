"""What is to be said of a thing that somebody has seen to; pure."""

from provning.kernel.problems import Problem

RESPONSIBILITY = "Dataskyddsförordningen artikel 5.2"
ACCESS = "Dataskyddsförordningen artikel 12.6 och 15"
POPULATION_ACT = "Folkbokföringslagen (1991:481) 18 §"
POLICY = "Policy"
LONGEST_NOTE = 300


def note_problems(note: str) -> list[Problem]:
    """Ask for what was done, in words that can be stored whole."""
    if not note.strip():
        message = "Skriv vad du har gjort med det som du markerade."
        return [Problem("carrier-note-empty", "note", message, RESPONSIBILITY)]
    if len(note.strip()) > LONGEST_NOTE:
        message = "Texten är längre än {longest} tecken. Korta den."
        params = {"longest": LONGEST_NOTE}
        return [Problem("carrier-note-long", "note", message, POLICY, params)]
    return []


def nothing_marked() -> Problem:
    """Say that no line was marked."""
    message = "Markera det som du har åtgärdat."
    return Problem("carrier-none", "carrier", message, POLICY)


def checked_problems(checked: str) -> list[Problem]:
    """Ask how somebody has shown who they are before their extract is handed over."""
    if checked.strip():
        return []
    message = "Skriv hur personen har visat vem hen är, till exempel med körkort."
    return [Problem("own-extract-unchecked", "checked", message, ACCESS)]


def reason_problems(reason: str) -> list[Problem]:
    """Ask why an identity changes, in words that can be stored whole."""
    if not reason.strip():
        message = "Skriv varför, till exempel: Skatteverket har tilldelat personnummer."
        return [Problem("identity-reason-empty", "reason", message, RESPONSIBILITY)]
    if len(reason.strip()) > LONGEST_NOTE:
        message = "Skälet är längre än {longest} tecken. Korta det."
        params = {"longest": LONGEST_NOTE}
        return [Problem("identity-reason-long", "reason", message, POLICY, params)]
    return []


def nobody_else() -> Problem:
    """Say that nobody in scope has the number."""
    message = "Ingen annan i registret har det numret. Kontrollera det."
    return Problem("identity-nobody", "identity_number", message, POLICY)


def same_row() -> Problem:
    """Say that the number is the person's own."""
    message = "Det är personens eget nummer. Skriv numret på den andra posten."
    return Problem("identity-same-row", "identity_number", message, POLICY)


def taken(display: str) -> Problem:
    """Say that somebody else has the new number: two rows of one person, or a mistake."""
    message = (
        "{number} finns redan i registret. Är det samma person, föreslå att posterna förs samman."
    )
    params = {"number": display}
    return Problem("identity-number-taken", "identity_number", message, POPULATION_ACT, params)


def unseen() -> Problem:
    """Say that who approves has to see whom it is about."""
    message = "Personen har skyddad identitet. Öppna personen med ett skäl innan du godkänner."
    return Problem("identity-unseen", "", message, POLICY)


def case_open() -> Problem:
    """Say that the person has a proposal that nobody has decided."""
    message = "Det finns redan ett förslag om personen. Det ska godkännas eller avslås först."
    return Problem("identity-case-open", "", message, POLICY)


def too_late() -> Problem:
    """Say that a paper rests on the merge."""
    message = (
        "Ett utdrag har utfärdats efter att posterna fördes samman. Det går inte att ångra;"
        " kontakta rektor om utdraget är fel."
    )
    return Problem("identity-undo-late", "", message, POLICY)


def differences(one: dict[str, str], other: dict[str, str]) -> list[tuple[str, str, str]]:
    """Return what differs between two rows of one person: what it is, and both values."""
    return [(key, one[key], other[key]) for key in one if one[key] != other[key]]
