"""The names of what happens to exports."""

from provning.audit.registry import register_event

EXPORT_SENT = register_event(
    "export_sent", "{document_id} lämnades till {receiver} {sent_on}, {decisions} betyg."
)
