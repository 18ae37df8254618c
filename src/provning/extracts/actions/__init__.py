"""The only writes of extracts: issuing them, one or many, and handing out a compilation."""

from provning.extracts.actions.compiling import hand_out_compilation
from provning.extracts.actions.issuing import copy_extract, issue_extract, reissue_extract
from provning.extracts.actions.orders import (
    Wanted,
    order_extracts,
    put_back_order,
    resume_order,
)
from provning.extracts.actions.running import run_extract_order

__all__ = [
    "Wanted",
    "copy_extract",
    "hand_out_compilation",
    "issue_extract",
    "order_extracts",
    "put_back_order",
    "reissue_extract",
    "resume_order",
    "run_extract_order",
]
