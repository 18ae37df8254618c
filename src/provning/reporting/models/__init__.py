"""Tables of the reporting room."""

from provning.reporting.models.extracts import (
    AuthorityExtract,
    AuthorityLine,
    ReportCode,
    ReportOrder,
)
from provning.reporting.models.sent import SentDecision, SentExport, SentPerson, SentSelection

__all__ = [
    "AuthorityExtract",
    "AuthorityLine",
    "ReportCode",
    "ReportOrder",
    "SentDecision",
    "SentExport",
    "SentPerson",
    "SentSelection",
]
