"""What the database refuses for rättelse and ändring: the chain of decisions never branches.

Of everything that follows from one prövning exactly one decision stands: the first decision of the
first placement begins the chain, and each later one supersedes the one before, on the same
placement or on the one that a rättelse put in its place (Skollagen 3 kap. 19–20 §§).
"""

from provning.audit.guards import Guard

# The columns are uuid on PostgreSQL and text on SQLite, and may be null: compared as text.
_MOVED_AWAY = (
    "COALESCE(CAST(NEW.supersedes_id AS TEXT), '') <> COALESCE(CAST(OLD.supersedes_id AS TEXT), '')"
)
_OLD_DECISION = "SELECT 1 FROM grading_gradedecision d WHERE d.id = NEW.supersedes_id"

CHAIN_GUARDS = (
    Guard(
        "grading_gradedecision_same_attempt",
        "grading_gradedecision",
        "INSERT",
        "grading_gradedecision supersedes a decision of another attempt",
        "NEW.supersedes_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM grading_gradedecision d"
        " JOIN exams_placement p ON p.id = NEW.placement_id WHERE d.id = NEW.supersedes_id"
        " AND (p.id = d.placement_id OR p.supersedes_id = d.placement_id))",
    ),
    Guard(
        "grading_gradedecision_first",
        "grading_gradedecision",
        "INSERT",
        "exams_placement takes the place of a decided one",
        "NEW.supersedes_id IS NULL AND EXISTS (SELECT 1 FROM exams_placement p"
        " JOIN grading_gradedecision d ON d.placement_id = p.supersedes_id"
        " WHERE p.id = NEW.placement_id)",
    ),
    Guard(
        "grading_gradedecision_placement_stands",
        "grading_gradedecision",
        "INSERT",
        "exams_placement is superseded and takes no decision",
        "EXISTS (SELECT 1 FROM exams_placement p WHERE p.supersedes_id = NEW.placement_id)",
    ),
    # In every scale the values stand in the order of their letters, the best first.
    Guard(
        "grading_gradedecision_never_lowered",
        "grading_gradedecision",
        "INSERT",
        "an amendment raises a grade in the scale it was set in",
        f"NEW.correction_type = 'Ändring' AND EXISTS ({_OLD_DECISION}"
        " AND (NEW.value >= d.value OR NEW.scale_id <> d.scale_id"
        " OR NEW.placement_id <> d.placement_id OR NEW.course_code <> d.course_code))",
    ),
    Guard(
        "exams_placement_supersedes_own",
        "exams_placement",
        "INSERT",
        "exams_placement supersedes one of another person",
        "NEW.supersedes_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM exams_placement p"
        " WHERE p.id = NEW.supersedes_id AND p.person_id = NEW.person_id)",
    ),
    Guard(
        "exams_placement_supersedes_for_good",
        "exams_placement",
        "UPDATE",
        "exams_placement keeps what it supersedes",
        _MOVED_AWAY,
    ),
    Guard(
        "exams_placement_stands_once",
        "exams_placement",
        "INSERT",
        "exams_placement stands in the group on the date already",
        "NEW.outcome <> 'withdrawn' AND EXISTS (SELECT 1 FROM exams_placement p"
        " WHERE p.group_id = NEW.group_id AND p.person_id = NEW.person_id"
        " AND p.exam_date = NEW.exam_date AND p.outcome <> 'withdrawn'"
        " AND NOT EXISTS (SELECT 1 FROM exams_placement s WHERE s.supersedes_id = p.id))",
    ),
)
