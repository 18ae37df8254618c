"""The names of what happens to exports."""

from provning.audit.registry import register_event

EXPORT_SENT = register_event(
    "export_sent", "{document_id} lämnades till {receiver} {sent_on}, {decisions} betyg."
)
AUTHORITY_EXTRACT_ORDERED = register_event(
    "authority_extract_ordered", "Underlag beställdes: {kind}, {term}."
)
AUTHORITY_EXTRACT_MADE = register_event(
    "authority_extract_made", "Underlag {document_id} gjordes, {rows} rader."
)
AUTHORITY_EXTRACT_READ = register_event(
    "authority_extract_read", "Underlag {document_id} hämtades som fil."
)
REPORT_CODE_SET = register_event("report_code_set", "Kod hos {kind}: {what} är {code}.")
