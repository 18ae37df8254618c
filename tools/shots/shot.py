"""What one picture is of, and the people who open the screens."""

from dataclasses import dataclass

from tools.shots.steps import Open

ADMIN, TEACHER, PRINCIPAL = "admin.vux", "larare", "rektor"
CENTRE, SYSTEM, SECOND_STEP = "vuxcentrum", "system", "larare.amir"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its name, the address's name, the account ("" is nobody) and the way there."""

    name: str
    screen: str
    account: str
    open: Open
