"""What an endpoint for machines says of itself, so that others can let it be, and count it."""

from dataclasses import dataclass
from typing import Final

MACHINE_MARK: Final = "machine_rule"


@dataclass(frozen=True, slots=True)
class MachineRule:
    """Who may call an endpoint: holders of a class of data, any client, or (public) anybody."""

    data_class: str
    methods: tuple[str, ...]
    public: bool = False


def machine_rule_of(view: object) -> MachineRule | None:
    """Return what a view says of itself, None when it is not for machines."""
    rule: MachineRule | None = getattr(view, MACHINE_MARK, None)
    return rule
