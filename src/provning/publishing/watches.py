"""What the triggers watch: which changes move the stamps of which things, and what is buried."""

from dataclasses import dataclass
from typing import Final

INSERT, UPDATE, DELETE = "INSERT", "UPDATE", "DELETE"
MARK, BURY = "mark", "bury"
OF_PERSON = (
    "SELECT d.id AS id FROM grading_gradedecision d"
    " JOIN exams_placement p ON p.id = d.placement_id WHERE p.person_id = NEW.id"
)
GROUPS_OF_PERSON = (
    "SELECT DISTINCT p.group_id AS id FROM exams_placement p WHERE p.person_id = NEW.id"
)
TAUGHT = (
    "SELECT g.id AS id FROM exams_examgroup g WHERE g.unit_id = NEW.unit_id"
    " AND NEW.person_id IN (g.grading_teacher_id, g.co_grading_teacher_id)"
)
KEPT = (
    "SELECT k.id AS id FROM people_person k WHERE k.id IN (NEW.merged_into_id, OLD.merged_into_id)"
)
WHERE_MERGED = (
    "SELECT OLD.merged_into_id AS id, e.provider_id, e.unit_id FROM people_enrolment e"
    " WHERE e.person_id = NEW.id"
    " UNION SELECT OLD.merged_into_id, u.provider_id, u.id FROM exams_placement p"
    " JOIN exams_examgroup g ON g.id = p.group_id"
    " JOIN organisation_schoolunit u ON u.id = g.unit_id WHERE p.person_id = NEW.id"
)
"""Where the kept person was to be seen by what the other row has alone."""
TAUGHT_BY_PERSON = (
    "SELECT g.id AS id FROM exams_examgroup g"
    " WHERE NEW.id IN (g.grading_teacher_id, g.co_grading_teacher_id)"
)
OWN_DUTIES = "SELECT y.id AS id FROM people_duty y WHERE y.person_id = NEW.id"
LEFT = "SELECT p.group_id AS id FROM exams_placement p WHERE p.id = NEW.supersedes_id"
OF_COURSE = "SELECT g.id AS id FROM exams_examgroup g WHERE g.course_id = NEW.id"
PROTECTED = "NEW.protection <> OLD.protection AND 'Ingen' IN (NEW.protection, OLD.protection)"
MERGES = "(NEW.merged_into_id IS NULL) <> (OLD.merged_into_id IS NULL)"
NOWHERE = ("CAST(NULL AS uuid)", "CAST(NULL AS uuid)")


@dataclass(frozen=True, slots=True)
class Watch:
    """One table and verb, when it matters, and which things of which resources it concerns.

    `columns` are what is published of the row (an UPDATE of others changes nothing); `concerns` are
    pairs of resource and SQL that gives the ids, over NEW and OLD. `place` is SQL for the provider
    and the unit where a buried thing was to be seen, over the ids (`found`) too.
    """

    table: str
    verb: str
    concerns: tuple[tuple[str, str], ...]
    columns: tuple[str, ...] = ()
    condition: str = ""
    act: str = MARK
    place: tuple[str, str] = NOWHERE


def _row(column: str) -> str:
    return f"SELECT {column} AS id"


def _whose(row: str) -> str:
    """Return whose row it is; of a merged person the kept one's, who shows it."""
    return (
        "SELECT COALESCE(w.merged_into_id, w.id) AS id FROM people_person w"
        f" WHERE w.id = {row}.person_id"
    )


PLACED = (
    ("groups", _row("NEW.group_id")),
    ("studyplans", _row("NEW.person_id")),
    ("persons", _whose("NEW")),
)
ABOUT_PERSON = (
    ("grades", OF_PERSON),
    ("studyplans", _row("NEW.id")),
    ("duties", OWN_DUTIES),
    ("groups", GROUPS_OF_PERSON),
    ("activities", TAUGHT_BY_PERSON),
)
MERGED = (
    ("persons", f"{_row('NEW.id')} UNION {KEPT}"),
    ("grades", OF_PERSON),
    ("studyplans", _row("NEW.id")),
    ("groups", GROUPS_OF_PERSON),
)
OF_GROUP = (
    ("groups", _row("NEW.id")),
    ("activities", _row("NEW.id")),
    ("offerings", _row("NEW.unit_id")),
)
GROUP_COLUMNS = (
    "name",
    "start_date",
    "end_date",
    "course_id",
    "unit_id",
    "grading_teacher_id",
    "co_grading_teacher_id",
)
PLACEMENT_COLUMNS = ("group_id", "person_id", "exam_date", "outcome", "supersedes_id")
ORGANISATIONS = {
    "organisation_organiser": ("name", "municipality_code", "organisation_number"),
    "organisation_provider": ("organiser_id", "name", "kind", "organisation_number"),
    "organisation_schoolunit": ("provider_id", "name", "code"),
}
PERSON_COLUMNS = ("given_name", "family_name", "email", "protection", "status")
ENROLMENT_COLUMNS = ("provider_id", "unit_id", "start_date", "end_date")
DUTY_COLUMNS = ("person_id", "unit_id", "role", "start_date", "end_date")
COURSE_COLUMNS = ("code", "name", "subject_code", "subject_name", "points", "curriculum")
ENROLLED_AT = ("OLD.provider_id", "OLD.unit_id")
ON_DUTY_AT = (
    "(SELECT u.provider_id FROM organisation_schoolunit u WHERE u.id = OLD.unit_id)",
    "OLD.unit_id",
)
WATCHES: Final = (
    *(
        watch
        for table, columns in ORGANISATIONS.items()
        for watch in (
            Watch(table, INSERT, (("organisations", _row("NEW.id")),)),
            Watch(table, UPDATE, (("organisations", _row("NEW.id")),), columns),
        )
    ),
    Watch("people_person", INSERT, (("persons", _row("NEW.id")),)),
    Watch("people_person", UPDATE, (("persons", _row("NEW.id")),), PERSON_COLUMNS),
    Watch("people_person", UPDATE, ABOUT_PERSON, condition=PROTECTED),
    Watch(
        "people_person",
        UPDATE,
        (("persons", _row("NEW.id")), *ABOUT_PERSON[:3]),
        condition="NEW.protection <> 'Ingen' AND OLD.protection = 'Ingen'",
        act=BURY,
    ),
    Watch("people_person", UPDATE, MERGED, condition=MERGES),
    Watch(
        "people_person",
        UPDATE,
        (("persons", _row("NEW.id")),),
        condition="NEW.merged_into_id IS NOT NULL AND OLD.merged_into_id IS NULL",
        act=BURY,
    ),
    Watch(
        "people_person",
        UPDATE,
        (("persons", WHERE_MERGED),),
        condition="NEW.merged_into_id IS NULL AND OLD.merged_into_id IS NOT NULL",
        act=BURY,
        place=("found.provider_id", "found.unit_id"),
    ),
    Watch("people_personnumber", INSERT, (("persons", _whose("NEW")),)),
    Watch("people_personnumber", UPDATE, (("persons", _whose("NEW")),)),
    Watch("people_personnumber", DELETE, (("persons", _whose("OLD")),)),
    Watch("people_person", DELETE, (("persons", _row("OLD.id")),), act=BURY),
    Watch("people_enrolment", DELETE, (("persons", _whose("OLD")),)),
    Watch(
        "people_enrolment",
        DELETE,
        (("persons", _whose("OLD")),),
        act=BURY,
        place=ENROLLED_AT,
    ),
    Watch(
        "people_enrolment",
        UPDATE,
        (("persons", _whose("OLD")),),
        ("provider_id", "unit_id"),
        act=BURY,
        place=ENROLLED_AT,
    ),
    Watch("people_duty", DELETE, (("activities", TAUGHT.replace("NEW.", "OLD.")),)),
    Watch(
        "people_duty",
        DELETE,
        (("duties", _row("OLD.id")), ("persons", _whose("OLD"))),
        act=BURY,
        place=ON_DUTY_AT,
    ),
    Watch("people_enrolment", INSERT, (("persons", _whose("NEW")),)),
    Watch("people_enrolment", UPDATE, (("persons", _whose("NEW")),), ENROLMENT_COLUMNS),
    Watch(
        "people_duty",
        INSERT,
        (("duties", _row("NEW.id")), ("persons", _whose("NEW")), ("activities", TAUGHT)),
    ),
    Watch(
        "people_duty",
        UPDATE,
        (("duties", _row("NEW.id")), ("activities", TAUGHT)),
        DUTY_COLUMNS,
    ),
    Watch("exams_examgroup", INSERT, OF_GROUP),
    Watch("exams_examgroup", UPDATE, OF_GROUP, GROUP_COLUMNS),
    Watch("exams_placement", INSERT, PLACED),
    Watch(
        "exams_placement", INSERT, (("groups", LEFT),), condition="NEW.supersedes_id IS NOT NULL"
    ),
    Watch("exams_placement", UPDATE, PLACED[:2], PLACEMENT_COLUMNS),
    Watch(
        "exams_placement",
        INSERT,
        (("studyplans", _row("NEW.person_id")),),
        condition="NEW.supersedes_id IS NOT NULL",
        act=BURY,
    ),
    Watch(
        "exams_placement",
        UPDATE,
        (("studyplans", _row("NEW.person_id")),),
        PLACEMENT_COLUMNS,
        act=BURY,
    ),
    Watch("grading_gradedecision", INSERT, (("grades", _row("NEW.id")),)),
    Watch(
        "grading_gradedecision",
        INSERT,
        (("grades", _row("NEW.supersedes_id")),),
        condition="NEW.supersedes_id IS NOT NULL",
        act=BURY,
    ),
    Watch("courses_course", INSERT, (("syllabuses", _row("NEW.id")),)),
    Watch("courses_course", UPDATE, (("syllabuses", _row("NEW.id")),), COURSE_COLUMNS),
    Watch("courses_course", UPDATE, (("groups", OF_COURSE),), ("curriculum",)),
)
# What there is to stamp where no trigger has been: before the first, or after a restore.
EXISTING: Final = {
    "organisations": tuple(f"SELECT id FROM {table}" for table in ORGANISATIONS),
    "persons": ("SELECT id FROM people_person",),
    "duties": ("SELECT id FROM people_duty",),
    "groups": ("SELECT id FROM exams_examgroup",),
    "activities": ("SELECT id FROM exams_examgroup",),
    "offerings": ("SELECT DISTINCT unit_id AS id FROM exams_examgroup",),
    "studyplans": ("SELECT DISTINCT person_id AS id FROM exams_placement",),
    "grades": ("SELECT id FROM grading_gradedecision",),
    "syllabuses": ("SELECT id FROM courses_course",),
}
