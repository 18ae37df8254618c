"""Providers and units as every other room meets them."""

from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any
from uuid import UUID

from provning.organisation.models import Provider, SchoolUnit
from provning.organisation.rules import has_grading_right

UNIT_COLUMNS = (
    "id",
    "name",
    "code",
    "provider__id",
    "provider__name",
    "provider__kind",
    "provider__organiser__id",
    "provider__organiser__name",
    "provider__organiser__municipality_code",
    "provider__organiser__municipality_name",
    "principal_name",
    "provider__grading_right_from",
    "provider__grading_right_to",
    "last_day",
    "provider__last_day",
)
"""What a `UnitRow` is made from, in the order of its fields."""
READ_UNIT = attrgetter(*(each.replace("__", ".") for each in UNIT_COLUMNS))


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """Utbildningsanordnare; the days of its betygsrätt are inclusive, None where there is none."""

    id: UUID
    name: str
    kind: str
    organisation_number: str
    organiser_id: UUID
    organiser_name: str
    grading_right_from: date | None
    grading_right_to: date | None
    last_day: date | None = None

    def grading_right_on(self, day: date) -> bool:
        """Say whether the provider's own principal may answer for grades on the day."""
        return has_grading_right(self.kind, self.grading_right_from, self.grading_right_to, day)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """Skolenhet with the provider and organiser it belongs to; `code` is skolenhetskod.

    `last_day` is the first of the unit's own and its provider's.
    """

    id: UUID
    name: str
    code: str
    provider_id: UUID
    provider_name: str
    provider_kind: str
    organiser_id: UUID
    organiser_name: str
    municipality_code: str
    municipality_name: str
    principal_name: str
    grading_right_from: date | None
    grading_right_to: date | None
    last_day: date | None = None

    def grading_right_on(self, day: date) -> bool:
        """Say whether the provider's own principal may answer for grades on the day."""
        return has_grading_right(
            self.provider_kind, self.grading_right_from, self.grading_right_to, day
        )


@dataclass(frozen=True, slots=True)
class TermDates:
    """First and last day of a provider's term; `own` says that the provider has set them."""

    first_day: date
    last_day: date
    own: bool


def provider_row(provider: Provider) -> ProviderRow:
    """Return the row of a provider fetched with its organiser."""
    return ProviderRow(
        provider.pk,
        provider.name,
        provider.kind,
        provider.organisation_number,
        provider.organiser_id,
        provider.organiser.name,
        provider.grading_right_from,
        provider.grading_right_to,
        provider.last_day,
    )


def unit_row(unit: SchoolUnit) -> UnitRow:
    """Return the row of a unit fetched with its provider and organiser."""
    return unit_row_of(READ_UNIT(unit))


def unit_row_of(columns: tuple[Any, ...]) -> UnitRow:
    """Return the row of a unit from its columns (`UNIT_COLUMNS`)."""
    shown = (*columns[:-2], earliest(*columns[-2:]))
    return UnitRow(*shown)


def earliest(*days: date | None) -> date | None:
    """Return the first of the days that there are."""
    return min((each for each in days if each), default=None)
