"""Tables of the reporting room."""

from provning.reporting.models.sent import SentDecision, SentExport

__all__ = ["SentDecision", "SentExport"]
