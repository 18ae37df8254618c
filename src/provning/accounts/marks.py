"""What a screen says of itself: who may open it; read by the boundary and by the matrix."""

from dataclasses import dataclass
from typing import Final

from provning.accounts.policies import may_everywhere
from provning.kernel.actors import Actor, Permission

SCREEN_MARK: Final = "screen_rule"
PAGE_METHODS: Final = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class ScreenRule:
    """Who may open a view: everybody, everybody signed in, or holders of one of the permissions.

    `asked_by_oneself` is for what nobody sees but who asked for it, whatever their reach;
    `whole_place` for what is reached only by a right over a whole provider, `everywhere` for what
    belongs to the installation and is opened only by a right over all of it.
    """

    permissions: tuple[Permission, ...] = ()
    public: bool = False
    methods: tuple[str, ...] = PAGE_METHODS
    asked_by_oneself: bool = False
    whole_place: bool = False
    everywhere: bool = False

    def allows(self, actor: Actor | None) -> bool:
        """Say whether the actor may open the view in some scope; the query narrows the scope."""
        if self.public or actor is None:
            return self.public
        may = may_everywhere if self.everywhere else Actor.may
        return not self.permissions or any(may(actor, each) for each in self.permissions)


def screen_rule_of(view: object) -> ScreenRule | None:
    """Return what a view is marked with, None when it has been forgotten."""
    rule: ScreenRule | None = getattr(view, SCREEN_MARK, None)
    return rule
