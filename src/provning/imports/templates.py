"""What a template to fill in holds: the headers that are recognised, and a row that explains."""

from provning.imports.kind import ImportKind

EXAMPLE = "Exempel"


def template_rows(kind: ImportKind) -> tuple[list[str], list[list[str]]]:
    """Return the headers and the rows: an example, which is never taken in.

    The headers are in Swedish whatever the reader's language: they are what is recognised.
    """
    heads = [each.label for each in kind.fields]
    example = [each.example for each in kind.fields]
    example[0] = f"{EXAMPLE}: {example[0]}"
    return heads, [example]
