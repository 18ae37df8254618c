"""Reading exports, within what the actor may see."""

from provning.reporting.queries.sent import sent_export_for, sent_exports

__all__ = ["sent_export_for", "sent_exports"]
