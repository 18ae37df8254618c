"""Problems: what rules answer with, all at once and as values."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any, Self
from uuid import UUID

PLAIN = ("code", "field", "message", "source", "overridable")


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where it is, what to do, and which source says so.

    `message` is a Swedish `str.format` template filled from `params`, so that a boundary can
    translate the template before it is filled. `field` is the input's name, "" for the whole.
    `overridable` marks local custom: a person with the right may go on with a written reason.
    """

    code: str
    field: str
    message: str
    source: str = ""
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)
    overridable: bool = False

    @property
    def text(self) -> str:
        """Return the Swedish message with its parameters filled in."""
        return self.message.format(**self.params)

    def facts(self) -> dict[str, object]:
        """Return the problem as plain JSON, for `from_facts`; dates and ids become text."""
        params = {key: _plain(value) for key, value in self.params.items()}
        return {**{name: getattr(self, name) for name in PLAIN}, "params": params}

    @classmethod
    def from_facts(cls, facts: Mapping[str, Any]) -> Self:
        """Return a problem that was kept as JSON, so that it can be read in any language."""
        return cls(**facts)


def _plain(value: object) -> object:
    """Return a parameter as JSON has it."""
    return value if isinstance(value, str | int) else str(value)


class ProblemsFoundError(Exception):
    """Raised by actions, never by rules: the write was refused and nothing was stored."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep every problem, in the order the rules gave them."""
        self.problems = list(problems)
        super().__init__("; ".join(problem.text for problem in self.problems))


def refuse_if(problems: Iterable[Problem]) -> None:
    """Raise `ProblemsFoundError` with every problem when there is at least one."""
    found = list(problems)
    if found:
        raise ProblemsFoundError(found)


class NotFoundError(LookupError):
    """The thing does not exist, or lies outside the actor's scope: the two look the same."""


class NotAllowedError(PermissionError):
    """The actor sees the thing but holds no right to do this to it."""


class NotOpenedError(PermissionError):
    """A document speaks of protected persons whom the actor may see, and has not said why.

    `key` is the document's id, to be opened for a reason.
    """

    def __init__(self, key: UUID) -> None:
        """Keep which document it is."""
        super().__init__(str(key))
        self.key = key


class ConflictError(ProblemsFoundError):
    """Somebody else changed the thing after it was read; the problems say who, when and what."""
