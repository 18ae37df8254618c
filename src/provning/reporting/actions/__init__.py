"""Everything that writes exports."""

from provning.reporting.actions.codes import set_report_code
from provning.reporting.actions.handing import mark_sent, read_authority_extract
from provning.reporting.actions.making import make_authority_extract
from provning.reporting.actions.orders import (
    order_authority_extract,
    resume_report_order,
    run_report_order,
)
from provning.reporting.actions.sending import (
    keep_grades_out,
    keep_persons_out,
    record_sent_export,
)

__all__ = [
    "keep_grades_out",
    "keep_persons_out",
    "make_authority_extract",
    "mark_sent",
    "order_authority_extract",
    "read_authority_extract",
    "record_sent_export",
    "resume_report_order",
    "run_report_order",
    "set_report_code",
]
