"""Everything that writes exports."""

from provning.reporting.actions.sending import record_sent_export

__all__ = ["record_sent_export"]
