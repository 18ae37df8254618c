"""The process that prints one catalogue: content as JSON on stdin, PDF on stdout."""

import sys

from provning.catalogues.content import from_json
from provning.catalogues.rendering import RenderError, render_in_process


def main() -> int:
    """Print the catalogue, or say why not on stderr and return 1."""
    content = from_json(sys.stdin.buffer.read().decode())
    try:
        document = render_in_process(content)
    except RenderError as error:
        sys.stderr.write(str(error))
        return 1
    sys.stdout.buffer.write(document)
    return 0


if __name__ == "__main__":
    sys.exit(main())
