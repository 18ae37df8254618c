"""The only writes of imports: a file taken through its steps, one at a time."""

from provning.imports.actions.asking import (
    ask_to_commit,
    ask_to_undo,
    drop_import,
    put_back_import,
    resume_import,
)
from provning.imports.actions.choosing import answer_rows
from provning.imports.actions.committing import commit_import
from provning.imports.actions.exporting import note_export
from provning.imports.actions.matching import match_columns, save_mapping
from provning.imports.actions.running import run_import
from provning.imports.actions.staging import stage_import
from provning.imports.actions.undoing import undo_import
from provning.imports.actions.uploading import upload_file

__all__ = [
    "answer_rows",
    "ask_to_commit",
    "ask_to_undo",
    "commit_import",
    "drop_import",
    "match_columns",
    "note_export",
    "put_back_import",
    "resume_import",
    "run_import",
    "save_mapping",
    "stage_import",
    "undo_import",
    "upload_file",
]
