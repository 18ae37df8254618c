"""The process behind a press: data in, a document or the reason there is none out, in turns.

The data stands in a main file of two lines that calls the template. Typst then sees the template,
and whatever part of a document does not hang on the data, as what it has set before: an input of
the system would make all of it new each time, at three times the cost.
"""

import os
import sys

import typst

from provning.catalogues.typesetting import (
    DONE,
    FAILED,
    STANDARDS,
    only,
    read_frame,
    write_frame,
)


def main() -> int:
    """Print until the other end is gone."""
    template, root, fonts = sys.argv[1:]
    compiler = typst.Compiler(root=root, font_paths=only(fonts))
    while True:
        try:
            _status, data = read_frame(sys.stdin.buffer)
        except EOFError:
            return 0
        write_frame(
            sys.stdout.buffer, *_printed(compiler, main_file(template, root, data.decode()))
        )


def main_file(template: str, root: str, data: str) -> bytes:
    """Return the file that calls the template's `printed` with the data, which is JSON.

    Nothing in the data ends the text it stands in: in Typst only a quote does, and only a backslash
    gives the next character another meaning.
    """
    path = os.path.relpath(template, root)
    said = data.replace("\\", "\\\\").replace('"', '\\"')
    return f'#import "/{path}": printed\n#printed(json(bytes("{said}")))'.encode()


def _printed(compiler: typst.Compiler, main: bytes) -> tuple[int, bytes]:
    """Return how it went and the document, or why there is none."""
    try:
        document, warnings = compiler.compile_with_warnings(
            main, format="pdf", pdf_standards=STANDARDS
        )
    except typst.TypstError as error:
        return FAILED, error.diagnostic.encode()
    # A warning is a font or a feature that is missing: the paper would differ from what was meant.
    if warnings or not isinstance(document, bytes):
        return FAILED, "; ".join(warning.message for warning in warnings).encode()
    return DONE, document


if __name__ == "__main__":
    sys.exit(main())
