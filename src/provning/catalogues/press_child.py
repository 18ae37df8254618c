"""The process behind a press: data in, a document or the reason there is none out, in turns."""

import sys

import typst

from provning.catalogues.font_files import FONTS
from provning.catalogues.press import DONE, FAILED, read_frame, write_frame
from provning.catalogues.rendering import STANDARDS


def main() -> int:
    """Print until the other end is gone."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    compiler = typst.Compiler(input=sys.argv[1], root=sys.argv[2], font_paths=fonts)
    while True:
        try:
            _status, data = read_frame(sys.stdin.buffer)
        except EOFError:
            return 0
        write_frame(sys.stdout.buffer, *_printed(compiler, data.decode()))


def _printed(compiler: typst.Compiler, data: str) -> tuple[int, bytes]:
    """Return how it went and the document, or why there is none."""
    try:
        document, warnings = compiler.compile_with_warnings(
            format="pdf", sys_inputs={"data": data}, pdf_standards=STANDARDS
        )
    except typst.TypstError as error:
        return FAILED, error.diagnostic.encode()
    # A warning is a font or a feature that is missing: the paper would differ from what was meant.
    if warnings or not isinstance(document, bytes):
        return FAILED, "; ".join(warning.message for warning in warnings).encode()
    return DONE, document


if __name__ == "__main__":
    sys.exit(main())
