"""The only writes of comparisons."""

from provning.comparisons.actions.asking import (
    Upload,
    ask_comparison,
    put_back_comparison,
    resume_comparison,
)
from provning.comparisons.actions.disposal import remove_expired
from provning.comparisons.actions.matching import match_comparison
from provning.comparisons.actions.removing import note_fetched, remove_comparison
from provning.comparisons.actions.running import run_comparison

__all__ = [
    "Upload",
    "ask_comparison",
    "match_comparison",
    "note_fetched",
    "put_back_comparison",
    "remove_comparison",
    "remove_expired",
    "resume_comparison",
    "run_comparison",
]
