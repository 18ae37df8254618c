"""The process that prints one catalogue: content as JSON on stdin, PDF on stdout.

A second line, when there is one, says what a copy of a lost original says.
"""

import sys

from provning.catalogues.content import copy_from_json, from_json
from provning.catalogues.rendering import RenderError, render_in_process


def main() -> int:
    """Print the catalogue, or say why not on stderr and return 1."""
    text, *copy = sys.stdin.buffer.read().decode().split("\n")
    content = from_json(text)
    try:
        document = render_in_process(content, copy_from_json(copy[0]) if copy else None)
    except RenderError as error:
        sys.stderr.write(str(error))
        return 1
    sys.stdout.buffer.write(document)
    return 0


if __name__ == "__main__":
    sys.exit(main())
