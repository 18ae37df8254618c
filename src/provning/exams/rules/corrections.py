"""Where a rättelse of a grade may put the placement: the right date, in the right group."""

from datetime import date

from provning.kernel.problems import Problem

SL_19 = "Skollagen 3 kap. 19 §"


def other_provider(group_name: str) -> Problem:
    """Say that a rättelse stays with the provider whose prövning it was."""
    message = (
        "{group} hör till en annan anordnare. Välj en grupp hos den anordnare där prövningen"
        " gjordes."
    )
    return Problem("correction-other-provider", "group", message, SL_19, {"group": group_name})


def place_taken(group_name: str, exam_date: date) -> Problem:
    """Say that the person stands in the right group on the right date already."""
    message = (
        "Personen har redan en egen placering i {group} med prövningsdatum {date}. Är den lagd av"
        " misstag ska den tas tillbaka först."
    )
    params = {"group": group_name, "date": exam_date}
    return Problem("correction-place-taken", "exam_date", message, SL_19, params)


def not_yet(exam_date: date) -> Problem:
    """Say that nobody has been examined on a day to come."""
    message = "{date} har inte varit än. Skriv den dag då prövningen gjordes."
    return Problem("correction-date-ahead", "exam_date", message, SL_19, {"date": exam_date})
