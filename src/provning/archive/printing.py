"""Print a delivery's list as PDF/A-2a: two copies, one to come back when it has been checked."""

import json
from pathlib import Path

from provning.archive.list_content import ListContent
from provning.catalogues.press import Press

TEMPLATE = Path(__file__).parent / "templates_typst" / "delivery_list.typ"
TIMEOUT_SECONDS = 120.0


def print_list(content: ListContent) -> bytes:
    """Return the document with both copies; raises `RenderError`."""
    with Press(TEMPLATE, timeout=TIMEOUT_SECONDS) as press:
        return press.print(json.dumps({"content": json.loads(content.to_json())}))
