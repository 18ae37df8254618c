"""What is to be said of a thing that somebody has seen to; pure."""

from provning.kernel.problems import Problem

SECRECY = "Offentlighets- och sekretesslagen (2009:400) 22 kap. 1 §"
ACCESS = "Dataskyddsförordningen artikel 12.6 och 15"
LONGEST_NOTE = 300


def note_problems(note: str) -> list[Problem]:
    """Ask for what was done, in words that can be stored whole."""
    if not note.strip():
        message = "Skriv vad du har gjort med det som du markerade."
        return [Problem("carrier-note-empty", "note", message, SECRECY)]
    if len(note.strip()) > LONGEST_NOTE:
        message = "Texten är längre än {longest} tecken. Korta den."
        params = {"longest": LONGEST_NOTE}
        return [Problem("carrier-note-long", "note", message, SECRECY, params)]
    return []


def nothing_marked() -> Problem:
    """Say that no line was marked."""
    message = "Markera det som du har åtgärdat."
    return Problem("carrier-none", "carrier", message, SECRECY)


def checked_problems(checked: str) -> list[Problem]:
    """Ask how somebody has shown who they are before their extract is handed over."""
    if checked.strip():
        return []
    message = "Skriv hur personen har visat vem hen är, till exempel med körkort."
    return [Problem("own-extract-unchecked", "checked", message, ACCESS)]
