"""What stands against an export, and what an authority would refuse in it: pure."""

from provning.reporting.rules.control import Judged, View, judge
from provning.reporting.rules.findings import Finding, Place, Severity
from provning.reporting.rules.making import (
    CODE_LABELS,
    code_problems,
    code_unknown,
    is_stalled,
    not_to_send,
    not_whole,
    nothing_to_report,
    protected_right,
    trials_left_out,
)
from provning.reporting.rules.sending import form_used, sending_problems

__all__ = [
    "CODE_LABELS",
    "Finding",
    "Judged",
    "Place",
    "Severity",
    "View",
    "code_problems",
    "code_unknown",
    "form_used",
    "is_stalled",
    "judge",
    "not_to_send",
    "not_whole",
    "nothing_to_report",
    "protected_right",
    "sending_problems",
    "trials_left_out",
]
