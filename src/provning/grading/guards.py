"""What the database refuses for grades: decisions stay, and so does what they were decided on."""

from provning.audit.guards import Guard, insert_only, no_replace, remember
from provning.exams.rules import GRADE_TYPED
from provning.grading.chain_guards import CHAIN_GUARDS

_DECIDED_PLACEMENT = "EXISTS (SELECT 1 FROM grading_gradedecision d WHERE d.placement_id = OLD.id)"
_DECIDED_GROUP = (
    "EXISTS (SELECT 1 FROM grading_gradedecision d JOIN exams_placement p"
    " ON p.id = d.placement_id WHERE p.group_id = OLD.id)"
)


def _differs(*columns: str) -> str:
    """Return the condition that any of the columns, none of which may be null, changes."""
    return "(" + " OR ".join(f"NEW.{column} <> OLD.{column}" for column in columns) + ")"


GUARDS = remember(
    [
        *insert_only(
            "grading_gradedecision",
            "id = NEW.id",
            "supersedes_id = NEW.supersedes_id",
            "placement_id = NEW.placement_id AND supersedes_id IS NULL"
            " AND NEW.supersedes_id IS NULL",
        ),
        *insert_only(
            "grading_jointdecider",
            "id = NEW.id",
            "decision_id = NEW.decision_id AND person_id = NEW.person_id",
        ),
        Guard(
            "grading_gradedecision_no_outcome",
            "grading_gradedecision",
            "INSERT",
            "exams_placement has an outcome and takes no grade",
            "EXISTS (SELECT 1 FROM exams_placement p WHERE p.id = NEW.placement_id"
            " AND p.outcome <> '')",
        ),
        Guard(
            "exams_placement_no_delete",
            "exams_placement",
            "DELETE",
            "exams_placement is never removed",
        ),
        no_replace(
            "exams_placement",
            "id = NEW.id",
            "supersedes_id = NEW.supersedes_id",
            "group_id = NEW.group_id AND person_id = NEW.person_id AND exam_date = NEW.exam_date"
            " AND outcome <> 'withdrawn' AND NEW.outcome <> 'withdrawn'"
            " AND supersedes_id IS NULL AND NEW.supersedes_id IS NULL",
        ),
        Guard(
            "exams_placement_grade_typed",
            "exams_placement",
            "UPDATE",
            GRADE_TYPED,
            "NEW.outcome <> OLD.outcome AND NEW.outcome NOT IN ('', 'withdrawn') AND EXISTS"
            " (SELECT 1 FROM grading_gradedraft d WHERE d.placement_id = OLD.id AND d.value <> '')",
        ),
        *(
            Guard(
                f"grading_gradedraft_no_outcome_{verb.lower()}",
                "grading_gradedraft",
                verb,
                "exams_placement has an outcome and takes no grade",
                "NEW.value <> '' AND EXISTS (SELECT 1 FROM exams_placement p"
                " WHERE p.id = NEW.placement_id AND p.outcome <> '')",
            )
            for verb in ("INSERT", "UPDATE")
        ),
        # One date (betygsdatum = prövningsdatum): after the decision a wrong one is a rättelse.
        Guard(
            "exams_placement_decided",
            "exams_placement",
            "UPDATE",
            "exams_placement has a grade decision",
            f"{_differs('id', 'group_id', 'person_id', 'exam_date', 'outcome')}"
            f" AND {_DECIDED_PLACEMENT}",
        ),
        Guard(
            "exams_examgroup_decided",
            "exams_examgroup",
            "UPDATE",
            "exams_examgroup has a grade decision",
            f"{_differs('id', 'unit_id', 'course_id', 'year', 'season', 'number', 'name')}"
            f" AND {_DECIDED_GROUP}",
        ),
        *CHAIN_GUARDS,
    ]
)
