"""The process that prints one catalogue: what is printed as JSON on stdin, PDF on stdout.

Its words are the template, its root and the folder of the fonts.
"""

import sys

from provning.catalogues.typesetting import TypesettingError, compiled


def main() -> int:
    """Print the catalogue, or say why not on stderr and return 1."""
    template, root, fonts = sys.argv[1:]
    try:
        document = compiled(template, root, fonts, sys.stdin.buffer.read().decode())
    except TypesettingError as error:
        sys.stderr.write(str(error))
        return 1
    sys.stdout.buffer.write(document)
    return 0


if __name__ == "__main__":
    sys.exit(main())
