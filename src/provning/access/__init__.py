"""Who has opened which person: the access log, a record of reading apart from the audit trail."""
