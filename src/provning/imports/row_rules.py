"""What stands against single rows, whatever the kind; pure."""

from provning.kernel.problems import Problem

POLICY = "Policy"
PERSON = "identity_number"


def other_name(known: str, written: str) -> Problem:
    """Ask whether a number is the right person's: the names have nothing in common."""
    message = "Numret hör till {known} i registret, men filen säger {written}. Är det samma person?"
    params = {"known": known, "written": written}
    return Problem("import-other-name", PERSON, message, POLICY, params)


def alike(written: str) -> Problem:
    """Ask whether a person is new: somebody has the name and the day of birth already."""
    message = (
        "Numret är nytt, men {written} finns redan i registret med samma födelsedag. Är det samma"
        " person med ett nytt nummer, eller en annan?"
    )
    return Problem("import-alike", PERSON, message, POLICY, {"written": written})


def former_number(count: int) -> Problem:
    """Ask whose number it was: it is in use by nobody, and several have had it."""
    message = "Numret har tillhört {count} personer och används inte längre. Vem gäller raden?"
    return Problem("import-former-number", PERSON, message, POLICY, {"count": count})


def masked_person() -> Problem:
    """Refuse to change whom one may not see."""
    message = "Personen har skyddad identitet. Uppgifterna ändras för hand av den som får se dem."
    return Problem("import-masked", PERSON, message, "SS 12000 securityMarking")


def unknown_case_number() -> Problem:
    """Say that nobody within reach has the case number."""
    message = "Ingen person hos er har ärendenumret. Kontrollera det mot registret."
    return Problem("import-case-number-unknown", PERSON, message, POLICY)


def person_gone() -> Problem:
    """Say that a person is no longer in the register."""
    return Problem("import-person-gone", PERSON, "Personen finns inte längre i registret.", POLICY)


def external_unknown(key: str) -> Problem:
    """Say that nobody within reach is called so by the other system."""
    message = (
        "Ingen av era personer har id ”{key}”. Läs först in en IMS-fil med personerna från samma"
        " system."
    )
    return Problem("external-unknown", "student", message, POLICY, {"key": key[:100]})


def external_incomplete(count: str, faults: str) -> Problem:
    """Refuse a list that was not read whole: what it lacks would look removed."""
    message = (
        "{count} av elevens betyg går inte att läsa, så listan är inte fullständig. {faults} Rätta"
        " filen och läs in den igen."
    )
    params = {"count": count, "faults": faults}
    return Problem("external-incomplete", "grades", message, POLICY, params)
