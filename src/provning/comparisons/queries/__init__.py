"""Reading comparisons: only whoever asked for one sees it."""

from provning.comparisons.policies import Place, places_for
from provning.comparisons.queries.comparisons import (
    Rows,
    comparison_for,
    comparisons_for,
    whole_report,
)
from provning.comparisons.queries.placements import stored_placements

__all__ = [
    "Place",
    "Rows",
    "comparison_for",
    "comparisons_for",
    "places_for",
    "stored_placements",
    "whole_report",
]
