"""The names of what happens between this program and others."""

from provning.audit.registry import register_event

FEED_TAKEN_OUT = register_event(
    "feed_taken_out", "Filen {what} för {start}–{end} togs ut till ett annat system."
)
EXTERNAL_GRADES_READ = register_event(
    "external_grades_read",
    "Betyg från {source_system} lästes in: {grades} betyg för {students} personer.",
)
EXTERNAL_GRADES_WITHDRAWN = register_event(
    "external_grades_withdrawn", "Inläsningen av betyg från {source_system} togs tillbaka."
)
