"""The names of what happens to extracts."""

from provning.audit.registry import register_event

EXTRACT_ISSUED = register_event(
    "extract_issued", "Utdrag {document_id} ur betygskatalogen utfärdades."
)
EXTRACT_REISSUED = register_event(
    "extract_reissued", "Utdrag {document_id} utfärdades och ersatte {replaces}."
)
EXTRACT_COPIED = register_event("extract_copied", "Kopia {document_id} skrevs av {copy_of}.")
EXTRACTS_ORDERED = register_event(
    "extracts_ordered", "Utdrag för {count} personer beställdes: {what}."
)
EXTRACT_ORDER_FINISHED = register_event(
    "extract_order_finished", "Beställningen av utdrag är klar: {issued} av {count} utfärdades."
)
PERSON_COMPILED = register_event(
    "person_compiled", "Allt om en person sammanställdes till en fil ({format})."
)
