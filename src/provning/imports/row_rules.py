"""What stands against single rows, whatever the kind; pure."""

from collections.abc import Sequence

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


def unknown_person() -> Problem:
    """Say that nobody within reach has the number."""
    message = (
        "Ingen elev hos er har numret. Kontrollera numret, eller begär att personen registreras"
        " och skrivs in."
    )
    return Problem("import-person-unknown", PERSON, message, "Manual s. 3")


def not_a_value(field: str, text: str, choices: str) -> Problem:
    """Refuse a text that is none of a few."""
    message = "”{text}” känns inte igen. Skriv {choices}."
    return Problem("import-value", field, message, POLICY, {"text": text, "choices": choices})


def missing(field: str) -> Problem:
    """Ask for a cell that cannot be done without."""
    return Problem("import-cell-empty", field, "Cellen är tom. Fyll i den.", POLICY)


def unknown_group(text: str) -> Problem:
    """Say that no group within reach has the name."""
    message = "Ni har ingen prövningsgrupp som heter {group}. Kontrollera namnet i grupplistan."
    return Problem("import-group-unknown", "group", message, "Manual s. 1", {"group": text})


def other_group_name(written: str, built: str) -> Problem:
    """Say that a group would not have the name that another system gives it."""
    message = (
        "Gruppen heter {written} i filen, men skulle få namnet {built} här. Rätta namnet i det"
        " andra systemet eller skolinitialerna, eller lägg upp gruppen för hand."
    )
    params = {"written": written, "built": built}
    return Problem("import-group-other-name", "group", message, "Manual s. 1", params)


def teacher_twice(teacher: str) -> Problem:
    """Say that the file has two new groups of one course for one teacher."""
    message = (
        "Filen har redan en ny grupp i kursen för {teacher}. Varje betygsättande lärare har en"
        " grupp i kursen: hoppa över en av raderna, eller rätta läraren i det andra systemet."
    )
    return Problem("import-teacher-twice", "teacher", message, "Manual s. 2", {"teacher": teacher})


def unit_untold() -> Problem:
    """Say that a snapshot does not tell which unit a group belongs to."""
    message = (
        "Filen säger inte vilken skolenhet gruppen hör till. Ta med enheten och gruppens"
        " medlemskap i den, eller lägg upp gruppen för hand."
    )
    return Problem("import-unit-untold", "unit", message, POLICY)


def course_untold(codes: Sequence[str]) -> Problem:
    """Say that neither a group's members nor its name tell of one course."""
    message = (
        "Filen säger inte vilken kurs gruppen är i ({codes}). Ta med en enda kurskod på"
        " medlemmarna, eller lägg upp gruppen för hand."
    )
    params = {"codes": ", ".join(codes) or "–"}
    return Problem("import-course-untold", "course", message, "Manual s. 1", params)


def several_groups(text: str) -> Problem:
    """Say that the name is not enough."""
    message = "Flera grupper heter {group}. Skriv skolenheten i en egen kolumn."
    return Problem("import-group-several", "group", message, "Manual s. 1", {"group": text})


def two_dates(first: str, last: str) -> Problem:
    """Refuse a prövning of several days: it has one date."""
    message = "Fr.o.m. är {first} men t.o.m. är {last}. En prövning har ett datum: skriv samma dag."
    params = {"first": first, "last": last}
    return Problem("import-two-dates", "until", message, "Manual s. 3", params)


def several_placements() -> Problem:
    """Say that the person stands in the group on several days, and that none is named."""
    message = (
        "Personen är placerad i gruppen flera gånger. Skriv prövningsdatum, eller ändra för hand."
    )
    return Problem("import-placement-several", "exam_date", message, POLICY)


def not_placed() -> Problem:
    """Say that there is no placement to set a result on."""
    message = "Personen är inte placerad i gruppen. Placera personen först."
    return Problem("import-not-placed", PERSON, message, "Manual s. 3")


def grade_and_outcome() -> Problem:
    """Refuse a grade together with why there is none."""
    message = "Raden har både betyg och utfall. Ta bort det ena: ett utfall är aldrig ett betyg."
    return Problem("import-grade-and-outcome", "outcome", message, "Skollagen 20 kap. 40 §")


def unknown_place(field: str, text: str) -> Problem:
    """Say that no unit or provider within reach has the name."""
    message = "”{text}” är ingen anordnare eller enhet som du når. Skriv namnet som i programmet."
    return Problem("import-place-unknown", field, message, POLICY, {"text": text})


def unknown_course(text: str) -> Problem:
    """Say that the register has no such course."""
    message = "Kurskoden {code} finns inte i kursregistret. Kontrollera koden."
    return Problem("import-course-unknown", "course", message, "Manual s. 1", {"code": text})


def unknown_teacher(text: str) -> Problem:
    """Say that no teacher, or more than one, on duty at the unit has the name."""
    message = (
        "Ingen ensam lärare vid enheten heter {name}. Skriv för- och efternamn som i programmet,"
        " eller koppla läraren för hand."
    )
    return Problem("import-teacher-unknown", "teacher", message, "Manual s. 3", {"name": text})


def unknown_staff() -> Problem:
    """Say that the register has nobody with the number."""
    message = "Ingen i registret har numret. Lägg upp personen först."
    return Problem("import-staff-unknown", PERSON, message, POLICY)


def unknown_account(username: str) -> Problem:
    """Say that no account within reach has the username."""
    message = "Inget konto som du sköter heter {username}. Skapa det först, eller lämna cellen tom."
    params = {"username": username}
    return Problem("import-account-unknown", "username", message, POLICY, params)


def enrolment_used() -> Problem:
    """Say that a placement rests on an enrolment."""
    message = "Personen är placerad hos anordnaren och inskrivningen står kvar."
    return Problem("import-enrolment-used", "", message, "Manual s. 3")


def duty_used() -> Problem:
    """Say that a group rests on a duty, or that the change cannot be taken back."""
    message = "Läraren har grupper vid enheten, eller tjänsten har avslutats. Den står kvar."
    return Problem("import-duty-used", "", message, POLICY)


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
