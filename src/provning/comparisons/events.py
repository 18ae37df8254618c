"""The names of what happens to comparisons."""

from provning.audit.registry import register_event

COMPARISON_ASKED = register_event("comparison_asked", "En avstämning beställdes: {files}.")
COMPARISON_FETCHED = register_event(
    "comparison_fetched", "Svaret på en avstämning hämtades som {format}: {rows} rader."
)
COMPARISON_REMOVED = register_event("comparison_removed", "En avstämning togs bort.")
