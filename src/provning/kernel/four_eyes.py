"""Four eyes: what one person has proposed, another one approves."""

from provning.kernel.problems import Problem

POLICY = "Policy"


def four_eyes_problems(proposed_by: str, decided_by: str) -> list[Problem]:
    """Refuse that the account which proposed something also approves it; the ids are `Actor.id`."""
    if proposed_by != decided_by:
        return []
    message = "Du har själv föreslagit det här. Någon annan med behörighet ska godkänna det."
    return [Problem("four-eyes", "", message, POLICY)]
