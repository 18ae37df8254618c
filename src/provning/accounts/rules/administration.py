"""What must hold before an account is closed or its holder invited; pure."""

from uuid import UUID

from provning.accounts.rules.passwords import POLICY
from provning.kernel.problems import Problem


def own_account_problems(actor_id: str, user_id: UUID) -> list[Problem]:
    """Refuse to let anybody close their own account, so that somebody is always left."""
    if actor_id != str(user_id):
        return []
    message = "Du kan inte stänga ditt eget konto. Be en annan administratör att göra det."
    return [Problem("account-own", "", message, POLICY)]


def invitation_problems(email: str, *, is_active: bool) -> list[Problem]:
    """Refuse to mail a closed account, or nobody."""
    problems = []
    if not email:
        message = "Kontot har ingen e-postadress. Skapa ett konto som har en."
        problems.append(Problem("invitation-address", "email", message, POLICY))
    if not is_active:
        message = "Kontot är stängt. Öppna det innan du bjuder in."
        problems.append(Problem("invitation-closed", "", message, POLICY))
    return problems
