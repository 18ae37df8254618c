"""The names of what happens to the installation as a whole."""

from provning.audit.registry import register_event

BACKUP_TAKEN = register_event(
    "backup_taken", "Säkerhetskopian {file} togs. Innehållets kontrollsumma är {content}."
)
BACKUP_RESTORED = register_event(
    "backup_restored",
    "Databasen återlästes ur säkerhetskopian {file} från {made_at}. "
    "Innehållets kontrollsumma är {content}.",
)
JOB_RUN_AGAIN = register_event("job_run_again", "Ett jobb ({kind}) kördes igen.")
JOB_TAKEN_OVER = register_event(
    "job_taken_over", "Ett jobb ({kind}) som hade stannat mitt i ställdes i kö igen."
)
JOB_LOST = register_event("job_lost", "Ett jobb ({kind}) stannade mitt i och avslutades.")
JOB_CANCELLED = register_event("job_cancelled", "Ett jobb ({kind}) avbröts.")
