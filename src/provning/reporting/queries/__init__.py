"""Reading exports, within what the actor may see."""

from provning.reporting.queries.carried import carried, exports_with_person
from provning.reporting.queries.control import (
    control_index,
    control_list,
    control_rows,
    findings_now,
)
from provning.reporting.queries.extracts import (
    authority_extract_for,
    authority_extracts,
    changed_columns,
    report_codes,
    report_order_for,
)
from provning.reporting.queries.sent import outdated_exports, sent_export_for, sent_exports
from provning.reporting.queries.statistics import term_statistics

__all__ = [
    "authority_extract_for",
    "authority_extracts",
    "carried",
    "changed_columns",
    "control_index",
    "control_list",
    "control_rows",
    "exports_with_person",
    "findings_now",
    "outdated_exports",
    "report_codes",
    "report_order_for",
    "sent_export_for",
    "sent_exports",
    "term_statistics",
]
