"""Reading extracts, within what the actor may see."""

from provning.extracts.queries.choices import extract_choices
from provning.extracts.queries.compilation import compile_person
from provning.extracts.queries.issued import (
    extract_document,
    extract_for,
    issued_to,
    outdated_extracts,
)
from provning.extracts.queries.orders import (
    order_documents,
    order_for,
    order_lines,
    orders_for,
)
from provning.extracts.queries.previews import preview_extract

__all__ = [
    "compile_person",
    "extract_choices",
    "extract_document",
    "extract_for",
    "issued_to",
    "order_documents",
    "order_for",
    "order_lines",
    "orders_for",
    "outdated_extracts",
    "preview_extract",
]
