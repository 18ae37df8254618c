"""Identity numbers: personnummer, samordningsnummer and temporary numbers, in one normal form."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from provning.kernel.problems import Problem, ProblemsFoundError
from provning.kernel.swedish import DASHES

FIELD = "identity_number"
POPULATION_ACT = "Folkbokföringslagen (1991:481) 18 §"
CENTURY = 100
EARLIEST_YEAR = 1800
COORDINATION = 60
LONG_BIRTH = 8

SHAPE = re.compile(r"([0-9]{8}|[0-9]{6})([-+]?)([0-9]{4})|([0-9]{8})-?(TF[0-9]{2}|T[0-9]{3})")
EXCEL = re.compile(r"[0-9]([.,][0-9]*)?E\+?[0-9]+|[0-9]{9,12}[.,]0+")
FOREIGN = re.compile(r"[^0-9TF+-]")
TO_HYPHEN = str.maketrans(dict.fromkeys(DASHES, "-"))
DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")


class NumberKind(StrEnum):
    """Which kind of number identifies a person."""

    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"
    TEMPORARY = "temporary"


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A number that has passed every check; `normal` is the twelve characters that are stored.

    `birth_date` is None when a samordningsnummer leaves the month (00) or the day (60) unknown.
    """

    normal: str
    kind: NumberKind
    birth_date: date | None

    @property
    def display(self) -> str:
        """Return the form people read: ÅÅÅÅMMDD-NNNN."""
        return f"{self.normal[:LONG_BIRTH]}-{self.normal[LONG_BIRTH:]}"


def parse_identity_number(text: str, *, today: date) -> IdentityNumber:
    """Read a number as people write and paste it, or raise everything that is wrong with it.

    Ten or twelve digits with or without - or +; temporary numbers as ÅÅÅÅMMDD and TF10 or T123.
    """
    found = _read(text, today)
    if isinstance(found, IdentityNumber):
        return found
    raise ProblemsFoundError(found)


def identity_problems(text: str, *, today: date) -> list[Problem]:
    """Say everything that is wrong with a number, or nothing when it can be stored."""
    found = _read(text, today)
    return [] if isinstance(found, IdentityNumber) else found


def checksum_holds(last_ten: str) -> bool:
    """Say whether the last digit agrees with the nine before it (Luhn's formula)."""
    codes = last_ten.encode("ascii")
    # Ten character codes hold 48 ten times over the digits' own sum, which no remainder by 10 sees.
    return sum(codes[::2].translate(DOUBLED) + codes[1::2]) % 10 == 0


def _read(text: str, today: date) -> IdentityNumber | list[Problem]:
    """Return the number, or its problems."""
    compact = _compact(text)
    match = SHAPE.fullmatch(compact)
    if match is None:
        return [_misshapen(text, compact)]
    birth, sign, serial, temporary_birth, temporary_serial = match.groups()
    if temporary_serial:
        return _dated(temporary_birth + temporary_serial, NumberKind.TEMPORARY, [], today)
    if len(birth) < LONG_BIRTH:
        birth = _with_century(birth, sign, today)
        problems = []
    else:
        problems = _sign_problems(birth, sign, today)
    if not checksum_holds(birth[2:] + serial):
        problems.append(_wrong_checksum())
    coordination = int(birth[6:]) >= COORDINATION
    kind = NumberKind.SAMORDNINGSNUMMER if coordination else NumberKind.PERSONNUMMER
    return _dated(birth + serial, kind, problems, today)


def _compact(text: str) -> str:
    """Drop what copying brings along: spaces, invisible signs and other dashes than the hyphen."""
    if not text.isascii():
        text = "".join(each for each in text if unicodedata.category(each) != "Cf")
    return "".join(text.split()).translate(TO_HYPHEN).upper()


def _with_century(birth: str, sign: str, today: date) -> str:
    """Return the birth digits with the century: the plus sign comes the year someone turns 100."""
    newest = today.year - CENTURY if sign == "+" else today.year
    year = newest - (newest - int(birth[:2])) % CENTURY
    return f"{year:04d}{birth[2:]}"


def _dated(
    normal: str, kind: NumberKind, problems: list[Problem], today: date
) -> IdentityNumber | list[Problem]:
    """Return the number when its date holds too, else all problems, the date's first."""
    year, month, day = int(normal[:4]), int(normal[4:6]), int(normal[6:8])
    partial = False
    if kind is NumberKind.SAMORDNINGSNUMMER:
        day -= COORDINATION
        partial = month == 0 or day == 0
    # An unknown month or day is checked as January or the first: the rest must still be a date.
    born = _date(year, month or 1, day or 1) if partial else _date(year, month, day)
    date_problems = _date_problems(f"{year:04d}-{month:02d}-{day:02d}", born, today)
    if date_problems or problems or born is None:
        return date_problems + problems
    return IdentityNumber(normal, kind, None if partial else born)


def _date(year: int, month: int, day: int) -> date | None:
    """Return the date, if there is one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _date_problems(written: str, born: date | None, today: date) -> list[Problem]:
    """Say what is wrong with the birth date: not a date, too early or in the future."""
    if born is None:
        code, message = (
            "identity-date",
            "{date} är inget datum. Kontrollera födelsedatumet.",
        )
    elif born.year < EARLIEST_YEAR:
        code, message = (
            "identity-century",
            "Årtalet i {date} är för tidigt. Kontrollera seklet.",
        )
    elif born > today:
        code = "identity-future"
        message = "{date} har inte varit än. Kontrollera årtalet och skriv numret med tolv siffror."
    else:
        return []
    return [Problem(code, FIELD, message, POPULATION_ACT, {"date": written})]


def _sign_problems(birth: str, sign: str, today: date) -> list[Problem]:
    """Refuse a plus sign that the written century contradicts: one of the two is wrong."""
    if sign != "+" or today.year - int(birth[:4]) >= CENTURY:
        return []
    message = (
        "Plustecknet säger att personen fyller minst 100 år i år, men årtalet är {year}."
        " Rätta årtalet eller skriv bindestreck."
    )
    return [Problem("identity-sign", FIELD, message, POPULATION_ACT, {"year": birth[:4]})]


def _wrong_checksum() -> Problem:
    """Say what a wrong check digit means."""
    return Problem(
        "identity-checksum",
        FIELD,
        "Kontrollsiffran stämmer inte: en siffra är fel eller två har bytt plats."
        " Jämför med personens id-handling.",
        POPULATION_ACT,
    )


def _misshapen(text: str, compact: str) -> Problem:
    """Say why the text does not look like any number."""
    if not compact:
        return Problem("identity-empty", FIELD, "Numret saknas. Skriv till exempel ÅÅÅÅMMDD-NNNN.")
    if EXCEL.fullmatch(compact):
        message = (
            "Excel har gjort om numret till ”{text}”. Sätt kolumnen till text och hämta numret"
            " på nytt från källan."
        )
        return Problem("identity-excel", FIELD, message, params={"text": text.strip()})
    foreign = "".join(dict.fromkeys(FOREIGN.findall(compact)))
    if foreign:
        message = "”{characters}” kan inte stå i numret. Skriv bara siffror och bindestreck."
        return Problem("identity-characters", FIELD, message, params={"characters": foreign})
    return _misplaced(compact)


def _misplaced(compact: str) -> Problem:
    """Say which of the allowed characters stands wrong, or is one too many or too few."""
    if "T" in compact or "F" in compact:
        message = (
            "Ett tillfälligt nummer är födelsedatumet med åtta siffror och sedan TF och två"
            " siffror eller T och tre siffror, som ÅÅÅÅMMDDTF10."
        )
        return Problem("identity-temporary", FIELD, message)
    digits = sum(each.isdigit() for each in compact)
    if digits in {10, 12}:
        message = "Skriv ett enda bindestreck eller plustecken, före de fyra sista siffrorna."
        return Problem("identity-separator", FIELD, message)
    message = (
        "Numret har {count} siffror men ska ha tio eller tolv. I Excel kan nollor i början ha"
        " försvunnit: hämta då numret på nytt från källan."
    )
    return Problem("identity-length", FIELD, message, params={"count": digits})
