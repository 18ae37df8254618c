"""The names of what happens to files that come in, and of lists that go out."""

from provning.audit.registry import register_event

FILE_UPLOADED = register_event(
    "import_uploaded", "Filen {file} laddades upp för inläsning: {kind}."
)
MAPPING_SAVED = register_event("column_mapping_saved", "Kolumnerna för {purpose} kopplades.")
ROWS_CHOSEN = register_event("import_rows_chosen", "{count} rader i inläsningen fick ett svar.")
IMPORT_ASKED = register_event("import_asked", "Inläsningen av {file} beställdes.")
IMPORT_COMMITTED = register_event(
    "import_committed", "{file} lästes in: {created} nya, {changed} ändrade."
)
IMPORT_RETURNED = register_event(
    "import_returned", "{file} lästes inte in: något hade ändrats sedan granskningen."
)
IMPORT_UNDONE = register_event(
    "import_undone", "Inläsningen av {file} togs tillbaka: {taken_back} rader, {kept} står kvar."
)
IMPORT_DROPPED = register_event("import_dropped", "Inläsningen av {file} avbröts.")
LIST_EXPORTED = register_event(
    "list_exported", "Listan {list} hämtades som {format}: {rows} rader."
)
