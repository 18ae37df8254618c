"""What a reason to open a protected identity must say; pure."""

from provning.kernel.problems import Problem

SECURITY = "Dataskyddsförordningen artikel 32"
POLICY = "Policy"
SHORTEST_REASON = 8
LONGEST_REASON = 300


def reason_problems(reason: str) -> list[Problem]:
    """Refuse a reason that says nothing, and one that cannot be stored whole."""
    length = len(reason.strip())
    if length < SHORTEST_REASON:
        message = "Skriv varför du behöver se identiteten, med några ord."
        return [Problem("access-reason-empty", "reason", message, SECURITY)]
    if length > LONGEST_REASON:
        message = "Skälet är längre än {longest} tecken. Korta det."
        params = {"longest": LONGEST_REASON}
        return [Problem("access-reason-long", "reason", message, POLICY, params)]
    return []
