"""Tables of the project's own documents."""

from tools.python_source import ROOT


def rows_of(document: str, first_column: str) -> list[dict[str, str]]:
    """Return the rows of every table in the document whose first column has the name."""
    columns: list[str] = []
    rows = []
    for line in (ROOT / document).read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            columns = []
        elif not columns:
            columns = cells
        elif columns[0] == first_column and set(line) - set("|-: "):
            rows.append(dict(zip(columns, cells, strict=True)))
    return rows
