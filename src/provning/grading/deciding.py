"""What the register of persons asks of grades: when the latest was decided about somebody."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Max

from provning.grading.models import GradeDecision
from provning.people.deciding import when_decided
from provning.people.queries import of_person

SWEDEN = ZoneInfo("Europe/Stockholm")


def latest_decision_day(person_id: UUID) -> date | None:
    """Return the Swedish day of the latest grade decided, merged rows' too; rättelser apart.

    A skrivfel is corrected after a death too, so a rättelse says nothing of the day.
    """
    judged = GradeDecision.objects.filter(of_person(person_id, "placement__")).exclude(
        correction_type=GradeDecision.CorrectionType.CORRECTION
    )
    latest = judged.aggregate(latest=Max("decided_at"))["latest"]
    return latest.astimezone(SWEDEN).date() if latest else None


when_decided("grading", latest_decision_day)
