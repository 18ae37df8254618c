"""The columns of each file, with the headings that registers and grading systems give them."""

from typing import Final

from provning.tables import Column

NUMBER: Final = Column(
    "person_number",
    "Personnummer",
    (
        "pnr", "person nr", "personnr", "personid", "elevens personnummer", "identitetsnummer",
        "personnummer elev", "elev personnummer", "civic no", "födelsenummer", "persnr",
        "identity number", "person- eller samordningsnummer", "personnummer/samordningsnummer",
    ),
)  # fmt: skip
PERSON_ID: Final = Column(
    "person_id",
    "Elev-id",
    (
        "elevid", "elev guid", "guid", "sourcedid", "sourced id", "elevens id", "användar-id",
        "externt id", "external id", "student id", "elev sourcedid",
    ),
)  # fmt: skip
NAME: Final = Column(
    "name", "Namn", ("elev", "elevens namn", "elevnamn", "kursdeltagare", "deltagare", "studerande")
)
GIVEN_NAME: Final = Column("given_name", "Förnamn", ("tilltalsnamn", "elev förnamn", "fornamn"))
FAMILY_NAME: Final = Column("family_name", "Efternamn", ("elev efternamn",))
COURSE: Final = Column(
    "course",
    "Kurskod",
    (
        "kurs", "nivåkod", "kurskod/nivåkod", "kod", "ämneskod/kurskod", "kurs kod", "kurskod/nivå",
        "course code", "kurs/nivå", "ämnesnivå", "nivå i ämnet",
    ),
    required=True,
)  # fmt: skip
GROUP: Final = Column(
    "group",
    "Grupp",
    (
        "gruppnamn", "prövningsgrupp", "undervisningsgrupp", "elevgrupp", "betygsgrupp",
        "grupp namn", "kursgrupp", "gruppbenämning", "group name",
    ),
)  # fmt: skip
TEACHER: Final = Column(
    "teacher",
    "Lärare",
    (
        "betygsättande lärare", "betygssättande lärare", "betygsättare", "lärarens namn",
        "beslutsfattare", "satt av", "beslutad av", "betygsatt av", "examinator", "betyg satt av",
        "decided by", "grading teacher",
    ),
)  # fmt: skip

PLACEMENT_COLUMNS: Final = (
    NUMBER,
    PERSON_ID,
    NAME,
    GIVEN_NAME,
    FAMILY_NAME,
    COURSE,
    Column(
        "first_day",
        "Fr.o.m.",
        (
            "från", "från och med", "from datum", "fr.o.m. datum", "startdatum", "kursstart",
            "start", "datum fr.o.m.", "kursdeltagare fr.o.m.", "start date", "börjar",
        ),
    ),
    Column(
        "last_day",
        "T.o.m.",
        (
            "till", "till och med", "tom datum", "t.o.m. datum", "slutdatum", "kursslut", "slut",
            "datum t.o.m.", "kursdeltagare t.o.m.", "end date", "slutar",
        ),
    ),
    Column(
        "exam_date", "Prövningsdatum", ("provdatum", "datum för prövning", "prövningsdag", "datum")
    ),
    GROUP,
    Column("group_id", "Grupp-id", ("gruppid", "group sourcedid", "gruppens id", "grupp guid")),
    Column(
        "group_first_day",
        "Gruppens fr.o.m.",
        (
            "grupp fr.o.m.", "gruppens startdatum", "grupp startdatum", "gruppstart",
            "gruppens från och med", "grupp från och med",
        ),
    ),
    Column(
        "group_last_day",
        "Gruppens t.o.m.",
        (
            "grupp t.o.m.", "gruppens slutdatum", "grupp slutdatum", "gruppslut",
            "gruppens till och med", "grupp till och med",
        ),
    ),
    TEACHER,
    Column("teacher_id", "Lärar-id", ("lärarid", "lärare sourcedid", "lärarens id", "lärare guid")),
    Column("status", "Status", ("kursstatus", "deltagarstatus", "kursdeltagarstatus", "läge")),
    Column("measure", "Utbildningsåtgärd", ("åtgärd", "utb åtgärd", "utbildningsåtgärdskod")),
)  # fmt: skip

GRADE_COLUMNS: Final = (
    NUMBER,
    PERSON_ID,
    NAME,
    GIVEN_NAME,
    FAMILY_NAME,
    COURSE,
    Column(
        "value",
        "Betyg",
        ("betygsvärde", "betyget", "grade", "grade value", "vitsord"),
        required=True,
    ),
    Column(
        "date",
        "Betygsdatum",
        (
            "datum", "grade date", "beslutsdatum", "satt datum", "datum för betyg", "betyg satt",
            "betygets datum",
        ),
        required=True,
    ),
    Column(
        "trial",
        "Prövning",
        (
            "prövningsbetyg", "är prövning", "markering", "prövning ja/nej", "trial", "betygstyp",
            "typ av betyg", "prövn/korr",
        ),
    ),
    GROUP,
    TEACHER,
)  # fmt: skip

PERSON_COLUMNS: Final = (
    Column(NUMBER.name, NUMBER.label, NUMBER.headings, required=True),
    Column(PERSON_ID.name, PERSON_ID.label, PERSON_ID.headings, required=True),
)
